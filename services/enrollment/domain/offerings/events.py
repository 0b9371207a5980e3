"""What has happened to venues, offerings and their sessions. Stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRegistered:
    venue_id: str
    school_id: str
    name: str
    kind: str
    capacity: int
    equipment: tuple[str, ...]
    accountable_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingProposed:
    offering_id: str
    school_id: str
    term_id: str
    title: str
    service_kind: str
    content_kind: str
    subject: str | None
    teacher_id: str
    venue_id: str
    capacity: int
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: str
    ends: str
    provider_of_record: str
    taught_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingAmended:
    offering_id: str
    title: str
    content_kind: str
    subject: str | None
    teacher_id: str
    venue_id: str
    capacity: int
    grades: tuple[int, ...]
    weekdays: tuple[int, ...]
    starts: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingReturned:
    offering_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingOpened:
    offering_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingClosed:
    offering_id: str


OfferingEvent: TypeAlias = (
    OfferingProposed | OfferingAmended | OfferingReturned | OfferingOpened | OfferingClosed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContentSubmitted:
    offering_id: str
    on: date
    content_kind: str
    teacher_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContentApproved:
    offering_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContentReturned:
    offering_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSubstituted:
    offering_id: str
    on: date
    content_kind: str
    teacher_id: str


ContentEvent: TypeAlias = (
    SessionContentSubmitted | SessionContentApproved | SessionContentReturned | SessionSubstituted
)
