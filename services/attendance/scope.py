"""Who may reach what: the partitions of commands, and the checks that the features share."""

from __future__ import annotations

from sqlalchemy import Connection

from chassis.kernel.call import Call
from contracts.attendance.handover import HandOver, RefusePickup
from contracts.attendance.pickup import AuthorisePickup, IssuePickupCode
from contracts.attendance.sessions import OpenSession
from registers import classes, guardians, pupils, schools
from registers.pupils import Pupil
from registers.schools import School
from services.attendance import errors


def own_school(
    connection: Connection, request: HandOver | RefusePickup | OpenSession, call: Call
) -> str:
    """Return the school in the path, if it is the caller's."""
    call.require_school(request.school_id)
    return request.school_id


def own_class(connection: Connection, request: OpenSession, call: Call) -> str:
    """Return the school in the path, if the class is its own and the teacher's."""
    school_id = own_school(connection, request, call)
    held = classes.find(connection, request.class_id)
    if held is None or held.school_id != school_id:
        raise errors.ClassUnknown()
    must_teach(call, request.class_id)
    return school_id


def own_student(
    connection: Connection, request: AuthorisePickup | IssuePickupCode, call: Call
) -> str:
    """Return the school of a pupil, if the caller is their guardian or of their school."""
    return student(connection, request.student_id, call).school_id


def student(connection: Connection, student_id: str, call: Call) -> Pupil:
    """Return a pupil whom the caller may know of."""
    who = call.principal
    if who.role == "guardian":
        found = guardians.child(connection, who.person_id, student_id)
    else:
        found = pupils.find(connection, student_id)
    if found is None:
        raise errors.PupilUnknown()
    call.require_school(found.school_id)
    return found


def school_facts(connection: Connection, school_id: str) -> School:
    """Return a school's district and stage."""
    found = schools.find(connection, school_id)
    if found is None:
        raise errors.NotReady()
    return found


def person_of(call: Call) -> str:
    """Return the id of the person who acts, for the record."""
    return call.principal.person_id or call.principal.account_id


def own_classes(call: Call) -> tuple[str, ...] | None:
    """Return the classes that a teacher's lists are narrowed to; None is all."""
    return call.principal.class_ids if call.principal.role == "teacher" else None


def must_teach(call: Call, class_id: str) -> None:
    """Refuse a teacher another teacher's class.

    Raises:
        ClassUnknown: it is not theirs.
    """
    mine = own_classes(call)
    if mine is not None and class_id not in mine:
        raise errors.ClassUnknown("not-yours")
