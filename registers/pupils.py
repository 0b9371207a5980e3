"""The pupils of each school."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, MetaData, String

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from contracts.enrollment.people import StudentMoved, StudentRegistered
from registers.errors import StudentUnknown
from registers.keeping import Register


class Pupil(NamedTuple):
    student_id: str
    school_id: str
    class_id: str


def _students(*kept: Column[str]) -> FactTable:
    return FactTable(
        MetaData(),
        "students",
        key=["student_id"],
        columns=[
            Column("student_id", String(64), primary_key=True),
            Column("school_id", String(64), nullable=False),
            *kept,
        ],
    )


_MOVED = Statement("UPDATE students SET class_id = :class_id WHERE student_id = :student_id")
_SCHOOL = Statement("SELECT school_id FROM students WHERE student_id = :student_id")
_CLASS = Statement(
    "SELECT student_id, school_id, class_id FROM students WHERE student_id = :student_id"
)


def _move(connection: Connection, event: Event) -> None:
    _MOVED.run(connection, **event["data"])


_plain = _students()
_in_class = _students(Column("class_id", String(64), nullable=False, index=True))

PUPILS = Register((_plain,), {StudentRegistered: [_plain.project]})
WITH_CLASS = Register((_in_class,), {StudentRegistered: [_in_class.project], StudentMoved: [_move]})


def school_of(connection: Connection, student_id: str, unknown: type[StudentUnknown]) -> str:
    """Return the school of a pupil.

    Raises:
        StudentUnknown: they are not on the register.
    """
    found = _SCHOOL.first(connection, student_id=student_id)
    if found is None:
        raise unknown()
    return str(found["school_id"])


def find(connection: Connection, student_id: str) -> Pupil | None:
    """Return a pupil of ``WITH_CLASS``, or None."""
    found = _CLASS.first(connection, student_id=student_id)
    return Pupil(**found) if found else None
