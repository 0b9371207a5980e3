"""What callers may ask of an application. Imperative mood; may be refused.

Facts of the school, the term and the publicised list arrive on the command.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Listing: TypeAlias = Literal["none", "published", "confirmed"]
"""Whether the application is on a publicised list, and whether that list is confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a guardian asks for: one child, one term, some kinds of service."""

    application_id: str
    school_id: str
    student_id: str
    term_id: str
    guardian_id: str
    service_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitApplication:
    """``offered`` are the kinds of service for the school's stage under its plan.

    ``leaves_on`` is the day from which the pupil is not on the school's register, if any.
    """

    form: Form
    offered: Collection[str]
    term_ends: date
    today: date
    leaves_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineParticipation:
    school_id: str
    student_id: str
    term_id: str
    guardian_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptApplication:
    application_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectApplication:
    application_id: str
    listing: Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveSchool:
    """The pupil leaves the school's register: ends what the term's application led to."""

    effective_on: date
    term_ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement:
    """``vacant_from``: an earlier enrolment of the term lasts until the day before."""

    application_id: str
    guardian_id: str
    agreement_version: str
    current_version: str
    text_sha256: str
    listing: Listing
    class_id: str
    term_starts: date
    term_ends: date
    today: date
    vacant_from: date | None = None


Command: TypeAlias = (
    SubmitApplication
    | DeclineParticipation
    | AcceptApplication
    | RejectApplication
    | SignAgreement
    | LeaveSchool
)
