"""The school-term plan and the bureau's reviews."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from contracts.enrollment.vocabulary import Word
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Pattern,
    Sha256,
    command,
    event,
    reply,
    request,
)

ACTIVITIES = ("staff_meeting", "parents_meeting", "leading_group_check")
DECLARATIONS = ("curriculum_complete",)
Item: TypeAlias = Annotated[
    str, Pattern(r"(duty:)?[a-z][a-z0-9_]{0,39}\Z", "An item of the checklist, or duty:<duty>.")
]


@event
class ServicePlanDrafted:
    """The survey stage of a term begins."""

    term_id: Id
    school_id: Id


@event
class LeadingGroupEstablished:
    """One per school and term; a later one replaces it."""

    term_id: Id
    head_id: Id
    member_ids: tuple[str, ...]


@event
class ManagementTeamSet:
    """``posts``: post → the member of staff who holds it."""

    term_id: Id
    posts: dict[str, str]


@event
class DutyAssigned:
    """Exactly one named person answers for a duty."""

    term_id: Id
    duty: str
    staff_id: Id


@event
class StageActivityRecorded:
    """The minutes are in the vault, under ``record_id``."""

    term_id: Id
    record_id: Id
    kind: str
    held_on: date


@event
class PlanDeclarationMade:
    """The school declares something that its plan needs."""

    term_id: Id
    declaration: str


@event
class ServiceDisclosed:
    """Mode, content and safety measures as the public reads them; the texts are in the vault."""

    term_id: Id
    disclosure: int
    text_sha256: Sha256


@event
class OmissionExplained:
    """An item of the checklist is left out; the reason is in the vault."""

    term_id: Id
    item: str


@event
class PreparationBegun:
    """The survey is done; the school prepares the term."""

    term_id: Id


@event
class ServicePlanSubmitted:
    """``documents``: rule → the version that the plan stands on."""

    term_id: Id
    version: int
    documents: dict[str, int]


@event
class ServicePlanReturned:
    """``items`` of the checklist that the reason is about; the reason is in the vault."""

    term_id: Id
    version: int
    items: tuple[str, ...]


@event
class ServicePlanApproved:
    """From here on this version is in force."""

    term_id: Id
    version: int


@event
class ServicePlanRevised:
    """A next version is being prepared; the one before stays in force until it is approved."""

    term_id: Id
    version: int


@event
class ServiceStarted:
    """The service of the term begins under this version of the plan."""

    term_id: Id
    version: int


@event
class ServicePlanClosed:
    """The term is over, and its plan with it."""

    term_id: Id


@request
class OnPlan:
    """The plan of a term."""

    term_id: Id


@request(component="enrollment.EstablishLeadingGroup")
class EstablishLeadingGroup:
    """Members of staff; the head is one person."""

    term_id: Id
    head_id: Id
    member_ids: Annotated[tuple[Id, ...], Length(0, 40)]


@request(component="enrollment.SetManagementTeam")
class SetManagementTeam:
    """``posts``: post → the member of staff who holds it."""

    term_id: Id
    posts: Annotated[dict[Word, Id], Length(1, 40)]


@request(component="enrollment.AssignDuty")
class AssignDuty:
    term_id: Id
    duty: Word
    staff_id: Id


@request(component="enrollment.RecordStageActivity")
class RecordStageActivity:
    """``minutes`` is the record of what was said and decided, or where it is kept."""

    term_id: Id
    kind: Annotated[str, OneOf(ACTIVITIES)]
    held_on: date
    minutes: Annotated[str, Length(1, 20000)]


@request(component="enrollment.MakeDeclaration")
class MakeDeclaration:
    term_id: Id
    declaration: Annotated[str, OneOf(DECLARATIONS)]


@request(component="enrollment.DiscloseService")
class DiscloseService:
    """What the public page shows (P2-048)."""

    term_id: Id
    mode: Annotated[str, Length(1, 4000)]
    content: Annotated[str, Length(1, 4000)]
    safety_measures: Annotated[str, Length(1, 4000)]


@request(component="enrollment.ExplainOmission")
class ExplainOmission:
    term_id: Id
    item: Word
    reason: Annotated[str, Length(1, 1000)]


@request(component="enrollment.ReturnPlan")
class ReturnPlan:
    """``items`` of the checklist that the reason is about."""

    term_id: Id
    reason: Annotated[str, Length(1, 2000)]
    items: tuple[Item, ...] = ()


@reply
class PlanState:
    """``in_force`` is the approved version, null before the first approval."""

    term_id: str
    school_id: str
    standing: str
    version: int
    in_force: int | None


DRAFT_PLAN = command(
    "draft_plan",
    "/terms/{term_id}/plan/draft",
    "Begin a term's plan: the survey stage",
    OnPlan,
    PlanState,
    roles=("school_office",),
)
ESTABLISH_LEADING_GROUP = command(
    "establish_leading_group",
    "/terms/{term_id}/plan/leading-group",
    "Establish the leading group",
    EstablishLeadingGroup,
    PlanState,
    roles=("school_office",),
)
SET_MANAGEMENT_TEAM = command(
    "set_management_team",
    "/terms/{term_id}/plan/management-team",
    "Set the management team, one person a post",
    SetManagementTeam,
    PlanState,
    roles=("school_office",),
)
ASSIGN_DUTY = command(
    "assign_duty",
    "/terms/{term_id}/plan/duties",
    "Name the person who answers for a duty",
    AssignDuty,
    PlanState,
    roles=("school_office",),
)
RECORD_STAGE_ACTIVITY = command(
    "record_stage_activity",
    "/terms/{term_id}/plan/activities",
    "Record a meeting with its minutes",
    RecordStageActivity,
    PlanState,
    roles=("school_office",),
)
MAKE_DECLARATION = command(
    "make_declaration",
    "/terms/{term_id}/plan/declarations",
    "Make a declaration that the plan needs",
    MakeDeclaration,
    PlanState,
    roles=("school_office",),
)
DISCLOSE_SERVICE = command(
    "disclose_service",
    "/terms/{term_id}/plan/disclosure",
    "Disclose mode, content and safety measures to the public",
    DiscloseService,
    PlanState,
    roles=("school_office",),
)
EXPLAIN_OMISSION = command(
    "explain_omission",
    "/terms/{term_id}/plan/omissions",
    "Leave an item of the checklist out, with a reason",
    ExplainOmission,
    PlanState,
    roles=("school_office",),
)
BEGIN_PREPARATION = command(
    "begin_preparation",
    "/terms/{term_id}/plan/begin-preparation",
    "Go on from the survey to the preparation stage",
    OnPlan,
    PlanState,
    roles=("school_office",),
)
SUBMIT_PLAN = command(
    "submit_plan",
    "/terms/{term_id}/plan/submit",
    "Submit the plan to the bureau for review",
    OnPlan,
    PlanState,
    roles=("school_office",),
)
RETURN_PLAN = command(
    "return_plan",
    "/terms/{term_id}/plan/return",
    "Return a plan to the school with reasons",
    ReturnPlan,
    PlanState,
    roles=("bureau",),
)
APPROVE_PLAN = command(
    "approve_plan",
    "/terms/{term_id}/plan/approve",
    "Approve a plan",
    OnPlan,
    PlanState,
    roles=("bureau",),
)
REVISE_PLAN = command(
    "revise_plan",
    "/terms/{term_id}/plan/revise",
    "Begin a next version; the one in force stays in force",
    OnPlan,
    PlanState,
    roles=("school_office",),
)
START_SERVICE = command(
    "start_service",
    "/terms/{term_id}/plan/start",
    "Start the service of the term",
    OnPlan,
    PlanState,
    roles=("school_office",),
)
CLOSE_PLAN = command(
    "close_plan",
    "/terms/{term_id}/plan/close",
    "Close the plan after the term",
    OnPlan,
    PlanState,
    roles=("school_office",),
)
