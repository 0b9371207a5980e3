"""Who may reach what: the partition of each command, and the checks that queries share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from services.attendance.domain import errors
from services.attendance.projections import facts, pickups, sessions


def own_school(connection: Connection, request: Any, call: Call) -> str:
    """Return the school in the path, if it is the caller's."""
    call.require_school(request.school_id)
    return str(request.school_id)


def own_district(connection: Connection, request: Any, call: Call) -> str:
    """Return the district in the path, if it is the caller's and known."""
    district_id = str(request.district_id)
    call.require_district(district_id)
    if not facts.policies_of(connection, district_id):
        raise errors.DistrictUnknown()
    return district_id


def own_class(connection: Connection, request: Any, call: Call) -> str:
    """Return the school in the path, if the class is its own and the teacher's."""
    school_id = own_school(connection, request, call)
    held = facts.classes.get(connection, request.class_id)
    if held is None or held["school_id"] != school_id:
        raise errors.ClassUnknown()
    _teaches(call, request.class_id)
    return school_id


def own_session(connection: Connection, request: Any, call: Call) -> str:
    """Return the school of a session, if the class is the caller's."""
    return str(session(connection, request.session_id, call)["school_id"])


def session(connection: Connection, session_id: str, call: Call) -> Mapping[str, Any]:
    """Return a session that the caller may see."""
    found = sessions.get(connection, session_id)
    if found is None:
        raise errors.SessionUnknown()
    call.require_school(found["school_id"])
    _teaches(call, found["class_id"])
    return found


def own_student(connection: Connection, request: Any, call: Call) -> str:
    """Return the school of a pupil, if the caller is their guardian or of their school."""
    return str(student(connection, request.student_id, call)["school_id"])


def student(connection: Connection, student_id: str, call: Call) -> Mapping[str, Any]:
    """Return a pupil whom the caller may know of."""
    found = facts.students.get(connection, student_id)
    person = call.principal.person_id
    theirs = call.principal.role != "guardian" or (
        person is not None and facts.guardianships.get(connection, student_id, person) is not None
    )
    if found is None or not theirs:
        raise unknown_pupil()
    call.require_school(found["school_id"])
    return found


def unknown_pupil() -> errors.PupilUnknown:
    """Return the refusal for a pupil who is not there, or not the caller's to know."""
    return errors.PupilUnknown()


def own_authorisation(connection: Connection, request: Any, call: Call) -> str:
    """Return the school of an authorisation, if the pupil is the caller's."""
    found = authorisation(connection, request, call)
    return str(found["school_id"])


def authorisation(connection: Connection, request: Any, call: Call) -> Mapping[str, Any]:
    """Return where an authorisation belongs, if the pupil is the caller's."""
    found = pickups.authorisation(connection, request.authorisation_id)
    if found is None:
        raise errors.AuthorisationUnknown()
    student(connection, found["student_id"], call)
    return found


def school_facts(connection: Connection, school_id: str) -> Mapping[str, Any]:
    """Return a school's district and stage."""
    found = facts.schools.get(connection, school_id)
    if found is None:
        raise not_ready()
    return found


def not_ready() -> errors.NotReady:
    """Return the refusal while enrollment's facts are on their way."""
    return errors.NotReady()


def person_of(call: Call) -> str:
    """Return the id of the person who acts, for the record."""
    return call.principal.person_id or call.principal.account_id


def own_classes(call: Call) -> tuple[str, ...] | None:
    """Return the classes that a teacher's lists are narrowed to; None is all."""
    return call.principal.class_ids if call.principal.role == "teacher" else None


def _teaches(call: Call, class_id: Any) -> None:
    mine = own_classes(call)
    if mine is not None and class_id not in mine:
        raise errors.ClassUnknown("not-yours")
