"""Student: a pupil on a school's register, the class, and the guardians. Being on it enrols nobody.

Rules:
    1. A pupil is registered once; a roster that says the same again changes nothing.
    2. Another class moves the pupil; other details are named, never told, in the event.
    3. Guardians are only added here, or their relation corrected; a roster never removes one.
    4. The school blocks a guardian from a pupil, with proof: from then on that person neither sees
       nor decides anything about the pupil. A roster never lifts it; the school does.
    5. Who moves to another school is off the register from a day on, today or later; the first word
       stands. Nothing is removed: a later roster that names the pupil registers the same one again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentDetailsChanged,
    StudentMoved,
    StudentRegistered,
)
from contracts.enrollment.placement import StudentTransferredOut
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.events import StudentEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStudent:
    """What a roster says: ``changed`` names details, ``guardians`` are (id, relation).

    ``returns``: the pupil's last day at the school was over when the roster came.
    """

    student_id: str
    school_id: str
    class_id: str
    grade: int
    changed: tuple[str, ...] = ()
    guardians: tuple[tuple[str, str], ...] = ()
    returns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockGuardian:
    """``blocked`` False lifts it."""

    student_id: str
    guardian_id: str
    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStudent:
    """``to_school_id`` is None for a school that is not on this platform."""

    student_id: str
    school_id: str
    to_school_id: str | None
    effective_on: date
    today: date


Command: TypeAlias = RecordStudent | TransferStudent | BlockGuardian


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not on the register."""


@dataclass(frozen=True, slots=True)
class OnRegister:
    """On the register, in a class, with the guardians' relations by their ids.

    From ``left_on`` only nominally: another school's pupil, known here.
    """

    class_id: str
    guardians: Mapping[str, str] = field(default_factory=dict)
    left_on: date | None = None
    blocked: frozenset[str] = frozenset()


Student: TypeAlias = Unknown | OnRegister


def decide(state: Student, command: Command) -> list[StudentEvent]:
    """Return the events ``command`` causes: none when the register says so already.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case RecordStudent():
            return _record(state, command)
        case TransferStudent():
            return _transfer(state, command)
        case BlockGuardian():
            return _block(state, command)
        case _:
            assert_never(command)


def evolve(state: Student, event: StudentEvent) -> Student:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case StudentRegistered() if isinstance(state, OnRegister):
            return replace(state, class_id=event.class_id, left_on=None)
        case StudentRegistered():
            return OnRegister(event.class_id)
        case StudentTransferredOut() if isinstance(state, OnRegister):
            return replace(state, left_on=event.effective_on)
        case StudentMoved() if isinstance(state, OnRegister):
            return replace(state, class_id=event.class_id)
        case GuardianLinked() if isinstance(state, OnRegister):
            return replace(state, guardians={**state.guardians, event.guardian_id: event.relation})
        case GuardianBlocked(guardian_id=who) if isinstance(state, OnRegister):
            return replace(state, blocked=state.blocked | {who})
        case GuardianUnblocked(guardian_id=who) if isinstance(state, OnRegister):
            return replace(state, blocked=state.blocked - {who})
        case _:
            return state


STUDENT: Decider[Student, Command, StudentEvent] = Decider(Unknown(), decide, evolve)


def _record(state: Student, command: RecordStudent) -> list[StudentEvent]:
    events: list[StudentEvent]
    match state:
        case Unknown():
            known: Mapping[str, str] = {}
            blocked: frozenset[str] = frozenset()
            events = [_registered(command)]
        case OnRegister():
            known, blocked = state.guardians, state.blocked
            events = _corrections(state, command)
        case _:
            assert_never(state)
    events += [
        GuardianLinked(guardian_id=guardian, student_id=command.student_id, relation=relation)
        for guardian, relation in command.guardians
        if known.get(guardian) != relation and guardian not in blocked
    ]
    return events


def _registered(command: RecordStudent) -> StudentRegistered:
    return StudentRegistered(
        student_id=command.student_id,
        school_id=command.school_id,
        class_id=command.class_id,
        grade=command.grade,
    )


def _corrections(state: OnRegister, command: RecordStudent) -> list[StudentEvent]:
    who = command.student_id
    events: list[StudentEvent] = []
    if command.returns and state.left_on is not None:
        events.append(_registered(command))
    elif command.class_id != state.class_id:
        events.append(StudentMoved(student_id=who, class_id=command.class_id))
    if command.changed:
        events.append(StudentDetailsChanged(student_id=who, fields=command.changed))
    return events


def _transfer(state: Student, command: TransferStudent) -> list[StudentEvent]:
    match state:
        case Unknown():
            raise errors.StudentUnknown()
        case OnRegister(left_on=None):
            _check_transfer(command)
            return [
                StudentTransferredOut(
                    student_id=command.student_id,
                    to_school_id=command.to_school_id,
                    effective_on=command.effective_on,
                )
            ]
        case OnRegister():
            return []
        case _:
            assert_never(state)


def _block(state: Student, command: BlockGuardian) -> list[StudentEvent]:
    if isinstance(state, Unknown) or command.guardian_id not in state.guardians:
        raise errors.GuardianUnknown()
    if command.blocked == (command.guardian_id in state.blocked):
        return []
    whose = {"student_id": command.student_id, "guardian_id": command.guardian_id}
    return [GuardianBlocked(**whose) if command.blocked else GuardianUnblocked(**whose)]


def _check_transfer(command: TransferStudent) -> None:
    if command.effective_on < command.today:
        raise errors.TransferDateWrong(today=command.today)
    if command.to_school_id == command.school_id:
        raise errors.TransferToItself()
