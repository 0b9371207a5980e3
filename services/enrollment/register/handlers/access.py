"""Who may reach what. Every handler finds its school, pupil or application through here.

A guardian reaches the own children and their schools, a teacher the pupils of the own classes, a
school's account the own school, a bureau the own district. What lies outside does not exist.
"""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Connection

from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import SCHOOL_ROLES, Call
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.errors import TermUnknown
from services.enrollment.register.tables import people, schools

STAFF = frozenset({"teacher", "gate_guard", "school_office", "school_finance"})
EVERYBODY = STAFF | {"guardian", "bureau", "operator"}
OFFICE = frozenset({"school_office"})
GUARDIAN = frozenset({"guardian"})
OPERATOR = frozenset({"operator"})
BUREAU = frozenset({"bureau"})
REVIEWERS = frozenset({"school_office", "school_finance", "bureau"})
"""Who reads all applications of a school."""


class OnStudent(Protocol):
    """A request that names a pupil."""

    @property
    def student_id(self) -> str: ...


def here(work: UnitOfWork) -> dict[str, Any]:
    """Return the school in whose partition a command runs."""
    found = schools.school(work.connection, work.partition)
    assert found is not None, "a command's partition was found through its school"
    return found


def of_student(connection: Connection, request: OnStudent, call: Call) -> str:
    """Return the partition of a command on a pupil whom the caller may know of."""
    return str(student(connection, request.student_id, call)["school_id"])


def school(connection: Connection, school_id: str, call: Call) -> dict[str, Any]:
    """Return a school that the caller may reach."""
    found = schools.school(connection, school_id)
    if found is None or not reaches_school(connection, school_id, call):
        raise errors.SchoolUnknown("not-yours")
    return found


def reaches_school(connection: Connection, school_id: str, call: Call) -> bool:
    """Tell whether the caller may read what a school shows its own."""
    who = call.principal
    if who.role in SCHOOL_ROLES:
        return who.school_id == school_id
    if who.role == "bureau":
        found = schools.school(connection, school_id)
        return found is not None and found["district_id"] == who.district_id
    if who.role == "guardian":
        children = people.students_by_id(connection, own_children(connection, call))
        return any(child["school_id"] == school_id for child in children.values())
    return True


def student(connection: Connection, student_id: str, call: Call) -> dict[str, Any]:
    """Return a pupil whom the caller may know of."""
    found = people.student(connection, student_id)
    if found is None or not sees(connection, found, call):
        raise errors.StudentUnknown("not-yours")
    return found


def sees(connection: Connection, found: dict[str, Any], call: Call) -> bool:
    """Tell whether the caller may know of a pupil."""
    who = call.principal
    match who.role:
        case "guardian":
            return people.is_guardian(connection, who.person_id, found["student_id"])
        case "teacher":
            return who.school_id == found["school_id"] and found["class_id"] in who.class_ids
        case "gate_guard" | "school_office" | "school_finance":
            return bool(who.school_id == found["school_id"])
        case "bureau":
            return reaches_school(connection, found["school_id"], call)
        case _:
            return who.role == "system"


def term(connection: Connection, term_id: str, school_id: str) -> dict[str, Any]:
    """Return a term of a school."""
    found = schools.term(connection, term_id)
    if found is None or found["school_id"] != school_id:
        raise errors.TermUnknown()
    return found


def own_children(connection: Connection, call: Call) -> list[str]:
    """Return the pupils that the calling guardian answers for."""
    guardian_id = call.principal.person_id
    return people.children_of(connection, guardian_id) if guardian_id else []


class OfTerm(Protocol):
    """A request that names a term."""

    @property
    def term_id(self) -> str: ...


def of_term(connection: Connection, request: OfTerm, call: Call) -> str:
    """Return the partition of a command on a term of a school that the caller may reach."""
    found = schools.term(connection, request.term_id)
    if found is None or not reaches_school(connection, found["school_id"], call):
        raise TermUnknown("not-yours")
    return str(found["school_id"])
