"""What has happened in attendance. Past tense; stored for ever, never refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from services.attendance.domain.values import Absence, DayKind, RollException


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYearDeclared:
    district_id: str
    year: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayDeclared:
    district_id: str
    date: dt.date
    kind: DayKind
    name: str
    follows_weekday: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened:
    session_id: str
    school_id: str
    date: dt.date
    service_kind: str
    class_id: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    responsible_id: str
    offering_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollTaken:
    session_id: str
    school_id: str
    class_id: str
    date: dt.date
    present: tuple[str, ...]
    exceptions: tuple[RollException, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilCheckedIn:
    student_id: str
    session_id: str
    class_id: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilMarkedAbsent:
    student_id: str
    session_id: str
    class_id: str
    date: dt.date
    status: Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupAuthorised:
    authorisation_id: str
    student_id: str
    receiver_id: str
    relation: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupRevoked:
    authorisation_id: str
    student_id: str
    receiver_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupCodeIssued:
    code_id: str
    student_id: str
    receiver_id: str
    code_hash: str
    date: dt.date
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupRefused:
    student_id: str
    receiver_id: str | None
    date: dt.date
    reason: str
    guard_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildHandedOver:
    student_id: str
    school_id: str
    class_id: str
    session_id: str
    receiver_id: str
    relation: str
    proof: tuple[str, ...]
    guard_id: str
    code_id: str
    place: str
    date: dt.date


CalendarEvent: TypeAlias = CalendarYearDeclared | CalendarDayDeclared
SessionEvent: TypeAlias = SessionOpened | RollTaken
PickupListEvent: TypeAlias = PickupAuthorised | PickupRevoked
CustodyEvent: TypeAlias = (
    PupilCheckedIn | PupilMarkedAbsent | PickupCodeIssued | PickupRefused | ChildHandedOver
)
