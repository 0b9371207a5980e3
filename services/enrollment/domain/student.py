"""Student: a pupil on a school's register, the class, and the guardians. Being on it enrols nobody.

Rules:
    1. A pupil is registered once; a roster that says the same again changes nothing.
    2. Another class moves the pupil; other details are named, never told, in the event.
    3. Guardians are only added here, or their relation corrected; a roster never removes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from services.enrollment.domain.events import (
    GuardianLinked,
    StudentDetailsChanged,
    StudentEvent,
    StudentMoved,
    StudentRegistered,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStudent:
    """What a roster says: ``changed`` names details, ``guardians`` are (id, relation)."""

    student_id: str
    school_id: str
    class_id: str
    grade: int
    changed: tuple[str, ...] = ()
    guardians: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not on the register."""


@dataclass(frozen=True, slots=True)
class OnRegister:
    """On the register, in a class, with the guardians' relations by their ids."""

    class_id: str
    guardians: Mapping[str, str] = field(default_factory=dict)


Student: TypeAlias = Unknown | OnRegister


def decide(state: Student, command: RecordStudent) -> list[StudentEvent]:
    """Return the events ``command`` causes: none when the register says so already."""
    events: list[StudentEvent]
    match state:
        case Unknown():
            known: Mapping[str, str] = {}
            events = [
                StudentRegistered(
                    student_id=command.student_id,
                    school_id=command.school_id,
                    class_id=command.class_id,
                    grade=command.grade,
                )
            ]
        case OnRegister():
            known = state.guardians
            events = _corrections(state, command)
        case _:
            assert_never(state)
    events += [
        GuardianLinked(guardian_id=guardian, student_id=command.student_id, relation=relation)
        for guardian, relation in command.guardians
        if known.get(guardian) != relation
    ]
    return events


def evolve(state: Student, event: StudentEvent) -> Student:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case StudentRegistered():
            return OnRegister(event.class_id)
        case StudentMoved() if isinstance(state, OnRegister):
            return replace(state, class_id=event.class_id)
        case GuardianLinked() if isinstance(state, OnRegister):
            return replace(state, guardians={**state.guardians, event.guardian_id: event.relation})
        case _:
            return state


STUDENT: Decider[Student, RecordStudent, StudentEvent] = Decider(Unknown(), decide, evolve)


def _corrections(state: OnRegister, command: RecordStudent) -> list[StudentEvent]:
    who = command.student_id
    events: list[StudentEvent] = []
    if command.class_id != state.class_id:
        events.append(StudentMoved(student_id=who, class_id=command.class_id))
    if command.changed:
        events.append(StudentDetailsChanged(student_id=who, fields=command.changed))
    return events
