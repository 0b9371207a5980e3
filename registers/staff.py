"""The staff of each school."""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String

from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from contracts.enrollment.schools import StaffRegistered
from registers.errors import StaffUnknown
from registers.keeping import Register


def _staff(*kept: Column[str], by_school: bool) -> Register:
    staff = FactTable(
        MetaData(),
        "staff",
        key=["staff_id"],
        columns=[
            Column("staff_id", String(64), primary_key=True),
            Column("school_id", String(64), nullable=False, index=by_school),
            *kept,
        ],
    )
    return Register((staff,), {StaffRegistered: [staff.project]})


STAFF = _staff(by_school=False)
WITH_KIND = _staff(Column("kind", String(32), nullable=False), by_school=True)

_SCHOOL = Statement("SELECT school_id FROM staff WHERE staff_id = :staff_id")


def school_of(connection: Connection, staff_id: str) -> str | None:
    """Return the school of a member of staff, or None."""
    found = _SCHOOL.first(connection, staff_id=staff_id)
    return found["school_id"] if found else None


def check_at(
    connection: Connection, school_id: str, staff_id: str, unknown: type[StaffUnknown]
) -> None:
    """Raise StaffUnknown unless somebody is on the staff of a school."""
    if school_of(connection, staff_id) != school_id:
        raise unknown()
