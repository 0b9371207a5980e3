"""What callers may ask of a school-term plan. Imperative mood; may be refused.

``items`` are those of the checklist that the policy in force asks for; ``proved`` are the proofs
that lie outside the plan: published rules, notices, closed surveys, offerings, signatures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.enrollment.policy.domain.checklist import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    term_id: str
    school_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishLeadingGroup:
    head_id: str
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetManagementTeam:
    """``posts`` maps each post to the one person who holds it."""

    posts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignDuty:
    duty: str
    staff_id: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStageActivity:
    record_id: str
    kind: str
    held_on: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeDeclaration:
    declaration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseService:
    """The three parts of the public page: mode, content, safety measures."""

    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOmission:
    """``reworded``: the reason differs from the one given before."""

    item: str
    items: tuple[Item, ...]
    reworded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPreparation:
    items: tuple[Item, ...]
    proved: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitPlan:
    """``documents`` are the newest versions of the school's rules: what is reviewed is pinned."""

    items: tuple[Item, ...]
    proved: frozenset[str]
    duties: tuple[str, ...]
    documents: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlan:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlan:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisePlan:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StartService:
    items: tuple[Item, ...]
    proved: frozenset[str]
    first_day: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePlan:
    last_day: date
    today: date


PlanCommand: TypeAlias = (
    DraftPlan
    | EstablishLeadingGroup
    | SetManagementTeam
    | AssignDuty
    | RecordStageActivity
    | MakeDeclaration
    | DiscloseService
    | ExplainOmission
    | BeginPreparation
    | SubmitPlan
    | ReturnPlan
    | ApprovePlan
    | RevisePlan
    | StartService
    | ClosePlan
)
