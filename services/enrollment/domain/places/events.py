"""What has happened to choices, priorities and places. Stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGranted:
    student_id: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingsChosen:
    student_id: str
    term_id: str
    offering_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesAllocated:
    allocation_id: str
    term_id: str
    seed: str
    rule: str
    input_sha256: str
    pupils: int
    placed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesFilled:
    offering_id: str
    allocation_id: str
    capacity: int
    student_ids: tuple[str, ...]
    waiting_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTaken:
    offering_id: str
    student_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilWaitlisted:
    offering_id: str
    student_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffered:
    offering_id: str
    student_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceExpired:
    offering_id: str
    student_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGivenUp:
    offering_id: str
    student_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityChanged:
    offering_id: str
    capacity: int


PlacesEvent: TypeAlias = (
    PlacesFilled
    | PlaceTaken
    | PupilWaitlisted
    | PlaceOffered
    | PlaceExpired
    | PlaceGivenUp
    | CapacityChanged
)
