"""What callers may ask of an application. Imperative mood; may be refused."""

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
    ``disclosed``: the school has told the public what it offers, where the plan asks for it.
    ``pupil_assents`` is what the pupil says, None where nobody asked.
    """

    form: Form
    offered: Collection[str]
    term_ends: date
    today: date
    leaves_on: date | None = None
    plan_in_force: bool = True
    disclosed: bool = True
    pupil_assents: bool | None = None
    assent_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineParticipation:
    school_id: str
    student_id: str
    term_id: str
    guardian_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptApplication:
    """``review_needed``: the policy asks for the class teacher's review first."""

    application_id: str
    review_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewApplication:
    """The class teacher's view; it decides nothing."""

    application_id: str
    recommended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPupilAssent:
    """What the pupil says, at any time: the own will counts beside the guardian's."""

    application_id: str
    assents: bool
    today: date


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
    letter_version: str
    letter_sha256: str
    plan_version: int | None
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
    | ReviewApplication
    | RecordPupilAssent
)
