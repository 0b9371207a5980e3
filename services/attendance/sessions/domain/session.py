"""Session: one class, one day, one kind of service or one offering; opened, its roll taken.

Rules:
    1. A session lies within the window that policy, calendar and term leave (P1-013..016, P2-034,
       P2-037); it is opened once, and not for a day that is over. One of an offering also heeds
       the rules of ``offering_day``.
    2. The roll gives everybody who is expected a status, class by class (P1-039, P2-103): present
       unless listed. Who was handed over before this session has left; who was handed over from
       it was present.
    3. The roll is taken on the day itself. The same roll again changes nothing, another one
       corrects it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chassis.kernel.call import CHINA
from chassis.kernel.decider import Decider
from contracts.attendance.sessions import RollException, RollTaken, SessionOpened
from services.attendance.calendar.domain.service_day import Verdict, within
from services.attendance.sessions import errors
from services.attendance.sessions.domain import offering_day
from services.attendance.sessions.domain.offering_day import OfferingDay


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """``verdict`` is what calendar, term and policy say about the day.

    ``offering``: the day of an offering that the session is of; ``grade`` is the class's.
    """

    session_id: str
    school_id: str
    date: dt.date
    service_kind: str
    class_id: str
    responsible_id: str
    verdict: Verdict
    starts: dt.time | None
    ends: dt.time | None
    today: dt.date
    offering: OfferingDay | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRoll:
    """``expected``: who is enrolled. ``gone``: who was handed over, with the session they left."""

    expected: tuple[str, ...]
    exceptions: tuple[RollException, ...]
    gone: dict[str, str]
    today: dt.date


SessionCommand: TypeAlias = OpenSession | TakeRoll
SessionEvent: TypeAlias = SessionOpened | RollTaken


@dataclass(frozen=True, slots=True)
class Unopened:
    """There is no such session."""


@dataclass(frozen=True, slots=True)
class Open:
    """``roll`` is None until it was taken."""

    opened: SessionOpened
    roll: RollTaken | None = None


Session: TypeAlias = Unopened | Open


def decide(state: Session, command: SessionCommand) -> list[SessionEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case OpenSession():
            return _open(state, command)
        case TakeRoll():
            return _take_roll(state, command)
        case _:
            assert_never(command)


def evolve(state: Session, event: SessionEvent) -> Session:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case SessionOpened():
            return Open(event)
        case RollTaken():
            return replace(state, roll=event) if isinstance(state, Open) else state
        case _:
            assert_never(event)


SESSION: Decider[Session, SessionCommand, SessionEvent] = Decider(Unopened(), decide, evolve)


def stream_of(class_id: str, day: str, service_kind: str, offering_id: str | None) -> str:
    """Return the stream of a class's session: one per kind of service, or per offering."""
    return f"session-{class_id}-{day}-{offering_id or service_kind}"


def _open(state: Session, command: OpenSession) -> list[SessionEvent]:
    if isinstance(state, Open):
        return []
    if command.date < command.today:
        raise errors.DayIsOver("opening", date=command.date)
    starts, ends = _times(command)
    return [
        SessionOpened(
            session_id=command.session_id,
            school_id=command.school_id,
            date=command.date,
            service_kind=command.service_kind,
            class_id=command.class_id,
            starts_at=_at(command.date, starts),
            ends_at=_at(command.date, ends),
            responsible_id=command.responsible_id,
            offering_id=command.offering.offering_id if command.offering else None,
        )
    ]


def _times(command: OpenSession) -> tuple[dt.time | None, dt.time | None]:
    starts, ends, verdict = command.starts, command.ends, command.verdict
    if command.offering is not None:
        offering_day.check(command.offering, verdict, command.grade)
        starts, ends = offering_day.hours(command.offering, verdict, starts, ends)
    return within(verdict, starts, ends)


def _take_roll(state: Session, command: TakeRoll) -> list[SessionEvent]:
    if isinstance(state, Unopened):
        raise errors.SessionUnknown()
    _on_its_day(state.opened.date, command.today)
    if not command.expected:
        raise errors.NobodyExpected()
    roll = _roll(state.opened, command)
    return [] if roll == state.roll else [roll]


def _roll(opened: SessionOpened, command: TakeRoll) -> RollTaken:
    listed = {item.student_id: item for item in command.exceptions}
    for student, session in command.gone.items():
        if session != opened.session_id:
            listed[student] = RollException(student_id=student, status="left")
    away = {student for student, item in listed.items() if item.status != "late"}
    return RollTaken(
        session_id=opened.session_id,
        school_id=opened.school_id,
        class_id=opened.class_id,
        date=opened.date,
        present=tuple(sorted(student for student in command.expected if student not in away)),
        exceptions=tuple(listed[student] for student in sorted(listed)),
    )


def _on_its_day(day: dt.date, today: dt.date) -> None:
    if day < today:
        raise errors.DayIsOver("roll", day=day)
    if day > today:
        raise errors.DayIsAhead(day=day)


def _at(day: dt.date, clock: dt.time | None) -> dt.datetime | None:
    return None if clock is None else dt.datetime.combine(day, clock, CHINA)
