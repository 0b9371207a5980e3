"""Facts that enrollment owns and safety needs: schools, policies, staff, terms, families."""

from sqlalchemy import Column, Connection, Integer, String, delete

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from services.safety.schema import metadata

schools = FactTable(
    metadata,
    "schools",
    key=["school_id"],
    columns=[
        Column("school_id", String(64), primary_key=True),
        Column("district_id", String(64), nullable=False),
        Column("profile", String(64), nullable=False),
    ],
)

policies = FactTable(
    metadata,
    "policies",
    key=["district_id"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("profile", String(64), nullable=False),
        Column("version", Integer, nullable=False),
    ],
)

staff = FactTable(
    metadata,
    "staff",
    key=["staff_id"],
    columns=[
        Column("staff_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False, index=True),
        Column("kind", String(32), nullable=False),
    ],
)

terms = FactTable(
    metadata,
    "terms",
    key=["term_id"],
    columns=[
        Column("term_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
    ],
)

students = FactTable(
    metadata,
    "students",
    key=["student_id"],
    columns=[
        Column("student_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
    ],
)

guardianships = FactTable(
    metadata,
    "guardianships",
    key=["guardian_id", "student_id"],
    columns=[
        Column("guardian_id", String(64), primary_key=True),
        Column("student_id", String(64), primary_key=True),
    ],
)

_CHILD_AT = Statement(
    "SELECT s.student_id FROM guardianships g JOIN students s ON s.student_id = g.student_id "
    "WHERE g.guardian_id = :guardian_id AND s.school_id = :school_id LIMIT 1"
)
_POLICY = Statement(
    "SELECT p.profile, p.version FROM schools s JOIN policies p ON p.district_id = s.district_id "
    "WHERE s.school_id = :school_id"
)


def policy_of(connection: Connection, school_id: str) -> tuple[str, int] | None:
    """Return (profile, version) in force for a school, or None while it is not known here."""
    found = _POLICY.first(connection, school_id=school_id)
    return (found["profile"], found["version"]) if found else None


def has_child_at(connection: Connection, guardian_id: str | None, school_id: str) -> bool:
    """Tell whether a guardian has a child on a school's register."""
    found = _CHILD_AT.first(connection, guardian_id=guardian_id, school_id=school_id)
    return found is not None


def project_block(connection: Connection, event: Event) -> None:
    """Forget that a blocked guardian is one; remember it again when the block is lifted."""
    data = event["data"]
    if event["type"] == "GuardianUnblocked":
        guardianships.put(connection, data)
        return
    table = guardianships.table
    connection.execute(
        delete(table).where(
            table.c.student_id == data["student_id"], table.c.guardian_id == data["guardian_id"]
        )
    )
