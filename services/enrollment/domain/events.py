"""What has happened in enrollment. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from services.enrollment.domain.consent_events import ConsentEvent
from services.enrollment.domain.placement_events import (
    ApplicationLapsed,
    PlacementEvent,
    StudentTransferredOut,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRegistered:
    district_id: str
    name: str
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersionActivated:
    district_id: str
    profile: str
    version: int
    effective_from: date
    parameters: dict[str, Any]
    unset: tuple[str, ...]
    changed: tuple[str, ...]
    reason_code: str


PolicyEvent: TypeAlias = DistrictRegistered | PolicyVersionActivated


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRegistered:
    school_id: str
    district_id: str
    name: str
    profile: str
    stage: str
    area: str
    school_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOpened:
    class_id: str
    school_id: str
    grade: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOpened:
    term_id: str
    school_id: str
    name: str
    first_day: date
    last_day: date


SchoolEvent: TypeAlias = SchoolRegistered | ClassOpened | TermOpened


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRegistered:
    staff_id: str
    school_id: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRegistered:
    student_id: str
    school_id: str
    class_id: str
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentMoved:
    student_id: str
    class_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentDetailsChanged:
    student_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRegistered:
    guardian_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianLinked:
    guardian_id: str
    student_id: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianBlocked:
    student_id: str
    guardian_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianUnblocked:
    student_id: str
    guardian_id: str


StudentEvent: TypeAlias = (
    GuardianBlocked
    | GuardianUnblocked
    | StudentRegistered
    | StudentMoved
    | StudentDetailsChanged
    | GuardianLinked
    | StudentTransferredOut
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported:
    import_id: str
    file_kind: str
    created: int
    updated: int
    unchanged: int
    refused: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted:
    application_id: str
    school_id: str
    student_id: str
    term_id: str
    guardian_id: str
    service_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationDeclined:
    school_id: str
    student_id: str
    term_id: str
    guardian_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAccepted:
    application_id: str
    student_id: str
    term_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRejected:
    application_id: str
    student_id: str
    term_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSigned:
    application_id: str
    student_id: str
    term_id: str
    guardian_id: str
    agreement_version: str
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentEnrolled:
    application_id: str
    school_id: str
    student_id: str
    class_id: str
    term_id: str
    service_kinds: tuple[str, ...]
    starts_on: date
    ends_on: date
    plan_version: int | None


ApplicationEvent: TypeAlias = (
    ApplicationSubmitted
    | ParticipationDeclined
    | ApplicationAccepted
    | ApplicationRejected
    | AgreementSigned
    | StudentEnrolled
    | PlacementEvent
    | ApplicationLapsed
    | ConsentEvent
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedListPublished:
    publicity_id: str
    school_id: str
    term_id: str
    application_ids: tuple[str, ...]
    published_on: date
    closes_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListConfirmed:
    publicity_id: str
    school_id: str
    term_id: str
    application_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised:
    publicity_id: str
    objection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionResolved:
    publicity_id: str
    objection_id: str
    upheld: bool


PublicityEvent: TypeAlias = (
    AcceptedListPublished | ListConfirmed | ObjectionRaised | ObjectionResolved
)
