"""Who may reach what in safety. What lies outside does not exist."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import SCHOOL_ROLES, Call
from services.safety.domain import errors
from services.safety.projections import facts

OFFICE = frozenset({"school_office"})
SUPERVISORS = OFFICE | {"bureau"}
"""Who reads what a school records about its people."""

REPORTERS = SCHOOL_ROLES | {"guardian", "bureau"}
"""Who may report a breach: everybody but the operator."""


def school(connection: Connection, school_id: str, call: Call) -> str:
    """Return the id of a school that the caller may reach."""
    who = call.principal
    call.require_school(school_id)
    known = facts.schools.get(connection, school_id)
    if known is not None:
        call.require_district(known["district_id"])
    elsewhere = who.role == "guardian" and not facts.has_child_at(
        connection, who.person_id, school_id
    )
    if elsewhere or known is None:
        raise errors.SchoolUnknown()
    return school_id


def own_school(connection: Connection, request: Any, call: Call) -> str:
    """Return the partition of a command on the caller's own school, if it is known here."""
    return school(connection, request.school_id, call)


def staff_of(connection: Connection, school_id: str, staff_id: str) -> dict[str, Any]:
    """Return a member of a school's staff."""
    found = facts.staff.get(connection, staff_id)
    if found is None or found["school_id"] != school_id:
        raise errors.StaffUnknown()
    return found


def term_of(connection: Connection, school_id: str, term_id: str) -> dict[str, Any]:
    """Return a term of a school."""
    found = facts.terms.get(connection, term_id)
    if found is None or found["school_id"] != school_id:
        raise errors.TermUnknown()
    return found
