"""The schools of each district."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, MetaData, String

from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from chassis.kernel.call import Call
from contracts.enrollment.schools import SchoolRegistered
from registers.errors import SchoolUnknown
from registers.keeping import Register


class School(NamedTuple):
    school_id: str
    district_id: str
    stage: str


def _schools(kept: Column[str]) -> Register:
    schools = FactTable(
        MetaData(),
        "schools",
        key=["school_id"],
        columns=[
            Column("school_id", String(64), primary_key=True),
            Column("district_id", String(64), nullable=False),
            kept,
        ],
    )
    return Register((schools,), {SchoolRegistered: [schools.project]})


WITH_STAGE = _schools(Column("stage", String(16), nullable=False))
WITH_PROFILE = _schools(Column("profile", String(64), nullable=False))

_DISTRICT = Statement("SELECT district_id FROM schools WHERE school_id = :school_id")
_STAGE = Statement("SELECT school_id, district_id, stage FROM schools WHERE school_id = :school_id")


def district_of(connection: Connection, school_id: str) -> str | None:
    """Return the district of a school, or None."""
    found = _DISTRICT.first(connection, school_id=school_id)
    return found["district_id"] if found else None


def find(connection: Connection, school_id: str) -> School | None:
    """Return a school of ``WITH_STAGE``, or None."""
    found = _STAGE.first(connection, school_id=school_id)
    return School(**found) if found else None


def own_school(_connection: Connection, request: Any, call: Call) -> str:
    """Return the school that a command names, if it is the caller's own."""
    call.require_school(request.school_id)
    return str(request.school_id)


def check_reader(
    connection: Connection, school_id: str, call: Call, unknown: type[SchoolUnknown]
) -> None:
    """Raise NotFound unless it is the caller's school, or in the caller's district.

    Raises:
        SchoolUnknown: it is not on the register.
    """
    call.require_school(school_id)
    district_id = district_of(connection, school_id)
    if district_id is None:
        raise unknown()
    call.require_district(district_id)
