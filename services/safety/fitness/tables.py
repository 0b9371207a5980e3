"""The newest screening of each member of staff, and the statements they signed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Connection, String

from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from contracts.safety.fitness import StaffFitness
from services.safety.schema import metadata

screenings = FactTable(
    metadata,
    "screenings",
    key=["staff_id"],
    columns=[
        Column("staff_id", String(64), primary_key=True),
        Column("result", String(16), nullable=False),
        Column("checked_on", String(10), nullable=False),
        Column("valid_until", String(10)),
    ],
)

statements = FactTable(
    metadata,
    "responsibility_statements",
    key=["staff_id", "term_id"],
    columns=[
        Column("staff_id", String(64), primary_key=True),
        Column("term_id", String(64), primary_key=True),
        Column("statement_version", String(40), nullable=False),
    ],
)

_OF_SCHOOL = Statement(
    "SELECT p.staff_id, p.kind, c.result, c.checked_on, c.valid_until, r.statement_version "
    "FROM staff p LEFT JOIN screenings c ON c.staff_id = p.staff_id "
    "LEFT JOIN responsibility_statements r ON r.staff_id = p.staff_id AND r.term_id = :term_id "
    "WHERE p.school_id = :school_id ORDER BY p.staff_id"
)


def of_school(
    connection: Connection, school_id: str, term_id: str, today: date
) -> tuple[StaffFitness, ...]:
    """Return every registered member of staff of a school, checked or not."""
    rows = _OF_SCHOOL.all(connection, school_id=school_id, term_id=term_id)
    return tuple(
        StaffFitness(
            **row,
            screened=row["result"] == "clear" and row["valid_until"] >= today.isoformat(),
            statement_signed=row["statement_version"] is not None,
        )
        for row in rows
    )
