"""Whose guardian somebody is; who is blocked is none until the school lifts the block."""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from contracts.enrollment.people import GuardianBlocked, GuardianLinked, GuardianUnblocked
from registers.keeping import Register
from registers.pupils import Pupil

_guardianships = FactTable(
    MetaData(),
    "guardianships",
    key=["student_id", "guardian_id"],
    columns=[
        Column("student_id", String(64), primary_key=True),
        Column("guardian_id", String(64), primary_key=True),
    ],
)

_BLOCKED = Statement(
    "DELETE FROM guardianships WHERE student_id = :student_id AND guardian_id = :guardian_id"
)
_OF_STUDENT = Statement("SELECT guardian_id FROM guardianships WHERE student_id = :student_id")
_CHILD = Statement(
    "SELECT s.student_id, s.school_id, s.class_id FROM guardianships g "
    "JOIN students s ON s.student_id = g.student_id "
    "WHERE g.guardian_id = :guardian_id AND g.student_id = :student_id"
)
_CHILD_AT = Statement(
    "SELECT s.student_id FROM guardianships g JOIN students s ON s.student_id = g.student_id "
    "WHERE g.guardian_id = :guardian_id AND s.school_id = :school_id LIMIT 1"
)


def _block(connection: Connection, event: Event) -> None:
    _BLOCKED.run(connection, **event["data"])


GUARDIANS = Register(
    (_guardianships,),
    {
        GuardianLinked: [_guardianships.project],
        GuardianBlocked: [_block],
        GuardianUnblocked: [_guardianships.project],
    },
)


def is_guardian(connection: Connection, guardian_id: str | None, student_id: str) -> bool:
    """Tell whether somebody is a pupil's guardian."""
    return guardian_id is not None and (
        _guardianships.get(connection, student_id, guardian_id) is not None
    )


def child(connection: Connection, guardian_id: str | None, student_id: str) -> Pupil | None:
    """Return a pupil of ``WITH_CLASS`` of whom somebody is a guardian, or None."""
    found = _CHILD.first(connection, guardian_id=guardian_id, student_id=student_id)
    return Pupil(**found) if found else None


def of_student(connection: Connection, student_id: str) -> set[str]:
    """Return a pupil's guardians."""
    return {row["guardian_id"] for row in _OF_STUDENT.all(connection, student_id=student_id)}


def has_child_at(connection: Connection, guardian_id: str | None, school_id: str) -> bool:
    """Tell whether somebody is a guardian of a pupil of a school."""
    found = _CHILD_AT.first(connection, guardian_id=guardian_id, school_id=school_id)
    return found is not None
