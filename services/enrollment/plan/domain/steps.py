"""The steps of a plan, each as the events it causes."""

from __future__ import annotations

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
from services.enrollment.plan.domain import commands, errors
from services.enrollment.plan.domain.events import PlanEvent
from services.enrollment.plan.domain.state import DRAFTING, Drafted, Plan, Undrafted
from services.enrollment.policy.domain.checklist import explained, missing


def drafted(state: Plan) -> Drafted:
    if isinstance(state, Undrafted):
        raise errors.PlanUnknown()
    return state


def open_to_change(state: Plan) -> Drafted:
    found = drafted(state)
    if found.standing == "submitted":
        raise errors.PlanUnderReview()
    if found.standing == "closed":
        raise errors.PlanClosed()
    return found


def draft(state: Plan, command: commands.DraftPlan) -> list[PlanEvent]:
    if isinstance(state, Drafted):
        return []
    return [ServicePlanDrafted(term_id=command.term_id, school_id=command.school_id)]


def establish(state: Drafted, command: commands.EstablishLeadingGroup) -> list[PlanEvent]:
    if state.group == (command.head_id, command.member_ids):
        return []
    return [
        LeadingGroupEstablished(
            term_id=state.term_id, head_id=command.head_id, member_ids=command.member_ids
        )
    ]


def set_team(state: Drafted, command: commands.SetManagementTeam) -> list[PlanEvent]:
    if state.posts == dict(command.posts):
        return []
    return [ManagementTeamSet(term_id=state.term_id, posts=dict(command.posts))]


def assign(state: Drafted, command: commands.AssignDuty) -> list[PlanEvent]:
    if command.duty not in command.duties:
        raise errors.DutyUnknown(duty=command.duty, duties=command.duties)
    if state.duties.get(command.duty) == command.staff_id:
        return []
    return [DutyAssigned(term_id=state.term_id, duty=command.duty, staff_id=command.staff_id)]


def record(state: Drafted, command: commands.RecordStageActivity) -> list[PlanEvent]:
    if command.held_on > command.today:
        raise errors.HeldInTheFuture()
    return [
        StageActivityRecorded(
            term_id=state.term_id,
            record_id=command.record_id,
            kind=command.kind,
            held_on=command.held_on,
        )
    ]


def declare(state: Drafted, command: commands.MakeDeclaration) -> list[PlanEvent]:
    if f"declaration:{command.declaration}" in state.proofs:
        return []
    return [PlanDeclarationMade(term_id=state.term_id, declaration=command.declaration)]


def disclose(state: Drafted, command: commands.DiscloseService) -> list[PlanEvent]:
    number, digest = state.disclosure
    if digest == command.text_sha256:
        return []
    return [
        ServiceDisclosed(
            term_id=state.term_id, disclosure=number + 1, text_sha256=command.text_sha256
        )
    ]


def explain(state: Drafted, command: commands.ExplainOmission) -> list[PlanEvent]:
    allowed = [each.item for each in command.items if each.explainable]
    if command.item not in allowed:
        raise errors.ItemNotExplainable(allowed=allowed or ["none"])
    if explained(command.item) in state.proofs and not command.reworded:
        return []
    return [OmissionExplained(term_id=state.term_id, item=command.item)]


def prepare(state: Drafted, command: commands.BeginPreparation) -> list[PlanEvent]:
    if state.standing != "survey":
        return []
    lacking = missing(command.items, ("survey",), state.proofs | command.proved)
    if lacking:
        raise errors.StageIncomplete(items=lacking)
    return [PreparationBegun(term_id=state.term_id)]


def submit(state: Drafted, command: commands.SubmitPlan) -> list[PlanEvent]:
    if state.standing == "submitted":
        return []
    if state.standing not in ("preparation", "returned"):
        raise errors.StagesInOrder()
    open_duties = [duty for duty in command.duties if duty not in state.duties]
    if open_duties:
        raise errors.DutiesOpen(open_duties=open_duties)
    lacking = missing(command.items, ("survey", "preparation"), state.proofs | command.proved)
    if lacking:
        raise errors.PlanIncomplete(items=lacking)
    version = state.version + 1 if state.standing == "returned" else state.version
    return [
        ServicePlanSubmitted(
            term_id=state.term_id, version=version, documents=dict(command.documents)
        )
    ]


def send_back(state: Drafted, command: commands.ReturnPlan) -> list[PlanEvent]:
    if state.standing == "returned":
        return []
    if state.standing != "submitted":
        raise _not_under_review()
    return [ServicePlanReturned(term_id=state.term_id, version=state.version, items=command.items)]


def approve(state: Drafted) -> list[PlanEvent]:
    if state.in_force == state.version:
        return []
    if state.standing != "submitted":
        raise _not_under_review()
    return [ServicePlanApproved(term_id=state.term_id, version=state.version)]


def _not_under_review() -> errors.PlanNotUnderReview:
    return errors.PlanNotUnderReview()


def revise(state: Drafted) -> list[PlanEvent]:
    if state.standing in DRAFTING:
        return []
    if state.standing not in ("approved", "running"):
        open_to_change(state)
    return [ServicePlanRevised(term_id=state.term_id, version=state.version + 1)]


def start(state: Drafted, command: commands.StartService) -> list[PlanEvent]:
    if state.started:
        return []
    if state.standing != "approved" or state.in_force is None:
        raise errors.PlanNotApproved()
    if command.today < command.first_day:
        raise errors.TermNotBegun(first_day=command.first_day)
    lacking = missing(command.items, ("opening",), state.proofs | command.proved)
    if lacking:
        raise errors.StageIncomplete(items=lacking)
    return [ServiceStarted(term_id=state.term_id, version=state.in_force)]


def close(state: Drafted, command: commands.ClosePlan) -> list[PlanEvent]:
    if state.standing == "closed":
        return []
    if not state.started:
        raise errors.StagesInOrder("not-started")
    if command.today <= command.last_day:
        raise errors.TermNotOver(last_day=command.last_day)
    return [ServicePlanClosed(term_id=state.term_id)]
