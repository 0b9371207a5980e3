"""Facts that safety owns and enrollment needs: who of the staff may be put in charge of pupils."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Connection, String

from chassis.eventsourcing.facts import FactTable
from services.enrollment.schema import metadata

screenings = FactTable(
    metadata,
    "staff_screenings",
    key=["staff_id"],
    columns=[
        Column("staff_id", String(64), primary_key=True),
        Column("result", String(16), nullable=False),
        Column("valid_until", String(10)),
    ],
)

statements = FactTable(
    metadata,
    "staff_statements",
    key=["staff_id", "term_id"],
    columns=[
        Column("staff_id", String(64), primary_key=True),
        Column("term_id", String(64), primary_key=True),
        Column("statement_version", String(40), nullable=False),
    ],
)


def fitness(connection: Connection, staff_id: str, term_id: str, today: date) -> tuple[bool, bool]:
    """Return whether a member of staff is screened today, and has signed for the term."""
    screening = screenings.get(connection, staff_id)
    screened = (
        screening is not None
        and screening["result"] == "clear"
        and screening["valid_until"] >= today.isoformat()
    )
    return screened, statements.get(connection, staff_id, term_id) is not None
