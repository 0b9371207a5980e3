"""What callers may ask of attendance. Imperative mood; may be refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from contracts.attendance.sessions import Absence, RollException
from services.attendance.domain.offering_day import OfferingDay
from services.attendance.domain.service_day import Verdict
from services.attendance.domain.values import DeclaredDay, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareYear:
    """``days`` is None if the source does not know the year."""

    district_id: str
    year: int
    source: str
    days: tuple[DeclaredDay, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareDay:
    district_id: str
    day: DeclaredDay


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisePickup:
    authorisation_id: str
    student_id: str
    receiver_id: str
    relation: str
    valid_from: dt.date
    valid_to: dt.date | None
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseGuardian:
    authorisation_id: str
    student_id: str
    guardian_id: str
    relation: str
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePickup:
    """``guardian_refused``: the receiver is a guardian and the caller may not decide about that."""

    receiver_id: str
    guardian_refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    student_id: str
    session_id: str
    class_id: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAbsent:
    student_id: str
    session_id: str
    class_id: str
    date: dt.date
    status: Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCode:
    code_id: str
    student_id: str
    receiver_id: str
    standing: Standing
    code_hash: str
    date: dt.date
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """``spent``: the code shown was this pupil's on an earlier day."""

    student_id: str
    school_id: str
    receiver_id: str
    standing: Standing
    code_hash: str
    spent: bool
    guard_id: str
    date: dt.date
    now: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusePickup:
    student_id: str
    receiver_id: str | None
    reason: str
    guard_id: str
    date: dt.date


CalendarCommand: TypeAlias = DeclareYear | DeclareDay
SessionCommand: TypeAlias = OpenSession | TakeRoll
PickupListCommand: TypeAlias = AuthorisePickup | AuthoriseGuardian | RevokePickup
CustodyCommand: TypeAlias = CheckIn | MarkAbsent | IssueCode | HandOver | RefusePickup
