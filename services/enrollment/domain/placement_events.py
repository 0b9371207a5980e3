"""What has happened to a placement, and to a pupil's place at the school. Stored for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

By: TypeAlias = Literal["guardian", "school"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentWithdrawn:
    application_id: str
    school_id: str
    student_id: str
    term_id: str
    effective_on: date
    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentSuspended:
    application_id: str
    school_id: str
    student_id: str
    term_id: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentResumed:
    application_id: str
    school_id: str
    student_id: str
    term_id: str
    on: date


PlacementEvent: TypeAlias = StudentWithdrawn | EnrolmentSuspended | EnrolmentResumed


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLapsed:
    application_id: str
    school_id: str
    student_id: str
    term_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentTransferredOut:
    student_id: str
    to_school_id: str | None
    effective_on: date
