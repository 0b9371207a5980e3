"""What has happened to a school-term plan. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanDrafted:
    term_id: str
    school_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingGroupEstablished:
    term_id: str
    head_id: str
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementTeamSet:
    term_id: str
    posts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAssigned:
    term_id: str
    duty: str
    staff_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageActivityRecorded:
    term_id: str
    record_id: str
    kind: str
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeclarationMade:
    term_id: str
    declaration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDisclosed:
    term_id: str
    disclosure: int
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionExplained:
    term_id: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationBegun:
    term_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanSubmitted:
    term_id: str
    version: int
    documents: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanReturned:
    term_id: str
    version: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanApproved:
    term_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanRevised:
    term_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStarted:
    term_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanClosed:
    term_id: str


PlanEvent: TypeAlias = (
    ServicePlanDrafted
    | LeadingGroupEstablished
    | ManagementTeamSet
    | DutyAssigned
    | StageActivityRecorded
    | PlanDeclarationMade
    | ServiceDisclosed
    | OmissionExplained
    | PreparationBegun
    | ServicePlanSubmitted
    | ServicePlanReturned
    | ServicePlanApproved
    | ServicePlanRevised
    | ServiceStarted
    | ServicePlanClosed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersionPublished:
    school_id: str
    document: str
    version: int
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterPackFiled:
    term_id: str
    filing: int
    parts: dict[str, str]
    pack_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterPackAcknowledged:
    term_id: str
    filing: int


FilingEvent: TypeAlias = SemesterPackFiled | SemesterPackAcknowledged
