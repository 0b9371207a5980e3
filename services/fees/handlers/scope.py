"""Whose school it is: the partition of a command, and who may read what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from services.fees.domain import errors
from services.fees.projections import facts

FINANCE = frozenset({"school_finance"})
"""Who records money: a school's finance office and nobody else (P2-068)."""

LEDGER_READERS = FINANCE | {"school_office", "bureau"}
EVERYBODY = LEDGER_READERS | {"guardian", "teacher", "gate_guard", "operator"}


def own_school(_connection: Connection, request: Any, call: Call) -> str:
    """Return the school that a command names, if it is the caller's own."""
    call.require_school(request.school_id)
    return str(request.school_id)


def school_of_student(connection: Connection, request: Any, call: Call) -> str:
    """Return the pupil's school, if it is the caller's own."""
    pupil = facts.students.get(connection, request.student_id)
    if pupil is None:
        raise errors.StudentUnknown()
    call.require_school(pupil["school_id"])
    return str(pupil["school_id"])


def school(connection: Connection, school_id: str) -> dict[str, Any]:
    """Return what is known of a school."""
    found = facts.schools.get(connection, school_id)
    if found is None:
        raise errors.SchoolUnknown()
    return found


def check_reader_of_school(connection: Connection, school_id: str, call: Call) -> None:
    """Raise NotFound unless the caller's school or district it is."""
    call.require_school(school_id)
    call.require_district(school(connection, school_id)["district_id"])


def check_reader_of_student(connection: Connection, request: Any, call: Call) -> None:
    """Raise NotFound unless the caller's own child, school or district it is."""
    if call.principal.role != "guardian":
        check_reader_of_school(connection, school_of_student(connection, request, call), call)
        return
    guardian = call.principal.person_id or ""
    if facts.guardianships.get(connection, guardian, request.student_id) is None:
        raise errors.StudentUnknown("not-yours")
