"""The terms of each school."""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String

from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from contracts.enrollment.schools import TermOpened
from registers.errors import TermUnknown
from registers.keeping import Register


def _terms(*kept: Column[str], by_school: bool) -> Register:
    terms = FactTable(
        MetaData(),
        "terms",
        key=["term_id"],
        columns=[
            Column("term_id", String(64), primary_key=True),
            Column("school_id", String(64), nullable=False, index=by_school),
            *kept,
        ],
    )
    return Register((terms,), {TermOpened: [terms.project]})


TERMS = _terms(by_school=False)
WITH_DAYS = _terms(
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    by_school=True,
)

_SCHOOL = Statement("SELECT school_id FROM terms WHERE term_id = :term_id")
_DAYS = Statement("SELECT first_day, last_day FROM terms WHERE school_id = :school_id")


def check_at(
    connection: Connection, school_id: str, term_id: str, unknown: type[TermUnknown]
) -> None:
    """Raise TermUnknown unless it is a term of a school."""
    found = _SCHOOL.first(connection, term_id=term_id)
    if found is None or found["school_id"] != school_id:
        raise unknown()


def days_of(connection: Connection, school_id: str) -> list[tuple[str, str]]:
    """Return (first day, last day) of a school's terms, of ``WITH_DAYS``."""
    return [
        (row["first_day"], row["last_day"]) for row in _DAYS.all(connection, school_id=school_id)
    ]
