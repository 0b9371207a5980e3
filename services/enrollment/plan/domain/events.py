"""What has happened to a school-term plan. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.filing import (
    SemesterPackAcknowledged,
    SemesterPackFiled,
)
from contracts.enrollment.plans import (
    DutyAssigned,
    LeadingGroupEstablished,
    ManagementTeamSet,
    OmissionExplained,
    PlanDeclarationMade,
    PreparationBegun,
    ServiceDisclosed,
    ServicePlanApproved,
    ServicePlanClosed,
    ServicePlanDrafted,
    ServicePlanReturned,
    ServicePlanRevised,
    ServicePlanSubmitted,
    ServiceStarted,
    StageActivityRecorded,
)

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


FilingEvent: TypeAlias = SemesterPackFiled | SemesterPackAcknowledged
