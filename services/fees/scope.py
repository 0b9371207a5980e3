"""Whose pupil it is: the partition of a command, and who may read what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from registers import guardians, pupils, schools
from registers.schools import School
from services.fees import errors


def school_of_student(connection: Connection, request: Any, call: Call) -> str:
    """Return the pupil's school, if it is the caller's own."""
    school_id = pupils.school_of(connection, request.student_id, errors.StudentUnknown)
    call.require_school(school_id)
    return school_id


def school(connection: Connection, school_id: str) -> School:
    """Return what is known of a school."""
    found = schools.find(connection, school_id)
    if found is None:
        raise errors.SchoolUnknown()
    return found


def check_reader_of_school(connection: Connection, school_id: str, call: Call) -> None:
    """Raise NotFound unless the caller's school or district it is."""
    schools.check_reader(connection, school_id, call, errors.SchoolUnknown)


def check_reader_of_student(connection: Connection, request: Any, call: Call) -> None:
    """Raise NotFound unless the caller's own child, school or district it is."""
    if call.principal.role != "guardian":
        check_reader_of_school(connection, school_of_student(connection, request, call), call)
    elif not guardians.is_guardian(connection, call.principal.person_id, request.student_id):
        raise errors.StudentUnknown("not-yours")
