"""Facts that enrollment owns and safety needs: which school is in which district, under what."""

from sqlalchemy import Column, Connection, Integer, String

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

_POLICY = Statement(
    "SELECT p.profile, p.version FROM schools s JOIN policies p ON p.district_id = s.district_id "
    "WHERE s.school_id = :school_id"
)


def policy_of(connection: Connection, school_id: str) -> tuple[str, int] | None:
    """Return (profile, version) in force for a school, or None while it is not known here."""
    found = _POLICY.first(connection, school_id=school_id)
    return (found["profile"], found["version"]) if found else None
