"""Plan: a school's own plan for one term, in stages that follow one another.

Rules:
    1. The stages are survey, preparation, review by the bureau, running, closed; none is skipped
       (P1-029). A stage is left when what its checklist asks for is there; what is missing is
       named (P1-019 to P1-023, P2-047, P2-056, P2-057).
    2. A school has one leading group and one management team per term, and every duty one named
       person (P1-066, P1-074, P1-076); naming others replaces them, the same changes nothing.
    3. A plan is submitted with the versions of the rules it stands on; while the bureau reviews
       it, it does not change. The bureau approves or returns it with reasons (P1-024).
    4. Without an approved plan nothing runs (P1-007). A revision goes the same way; until it is
       approved the version before stays in force (P1-065).
    5. An item may be left out with a reason only where the checklist says so (P1-035, P2-033).
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from chassis.kernel.decider import Decider
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
from services.enrollment.plan.domain import commands, steps
from services.enrollment.plan.domain.events import PlanEvent
from services.enrollment.plan.domain.state import Drafted, Plan, Standing, Undrafted
from services.enrollment.policy.domain.checklist import explained


def decide(state: Plan, command: commands.PlanCommand) -> list[PlanEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case commands.DraftPlan():
            return steps.draft(state, command)
        case commands.EstablishLeadingGroup():
            return steps.establish(steps.open_to_change(state), command)
        case commands.SetManagementTeam():
            return steps.set_team(steps.open_to_change(state), command)
        case commands.AssignDuty():
            return steps.assign(steps.open_to_change(state), command)
        case commands.RecordStageActivity():
            return steps.record(steps.drafted(state), command)
        case commands.MakeDeclaration():
            return steps.declare(steps.open_to_change(state), command)
        case commands.DiscloseService():
            return steps.disclose(steps.drafted(state), command)
        case commands.ExplainOmission():
            return steps.explain(steps.open_to_change(state), command)
        case commands.BeginPreparation():
            return steps.prepare(steps.drafted(state), command)
        case commands.SubmitPlan():
            return steps.submit(steps.drafted(state), command)
        case commands.ReturnPlan():
            return steps.send_back(steps.drafted(state), command)
        case commands.ApprovePlan():
            return steps.approve(steps.drafted(state))
        case commands.RevisePlan():
            return steps.revise(steps.drafted(state))
        case commands.StartService():
            return steps.start(steps.drafted(state), command)
        case commands.ClosePlan():
            return steps.close(steps.drafted(state), command)
        case _:
            assert_never(command)


def evolve(state: Plan, event: PlanEvent) -> Plan:
    """Return the state after ``event``. Applies facts; never refuses one."""
    if isinstance(event, ServicePlanDrafted):
        return Drafted(term_id=event.term_id, school_id=event.school_id)
    return state if isinstance(state, Undrafted) else _after(state, event)


PLAN: Decider[Plan, commands.PlanCommand, PlanEvent] = Decider(Undrafted(), decide, evolve)


def _after(state: Drafted, event: PlanEvent) -> Drafted:
    match event:
        case LeadingGroupEstablished(head_id=head, member_ids=members):
            return _proved(replace(state, group=(head, members)), "body:leading_group")
        case ManagementTeamSet(posts=posts):
            return _proved(replace(state, posts=dict(posts)), "body:management_team")
        case DutyAssigned(duty=duty, staff_id=staff_id):
            return replace(state, duties={**state.duties, duty: staff_id})
        case StageActivityRecorded(kind=kind):
            return _proved(state, f"activity:{kind}")
        case PlanDeclarationMade(declaration=declaration):
            return _proved(state, f"declaration:{declaration}")
        case ServiceDisclosed(disclosure=number, text_sha256=digest):
            return _proved(replace(state, disclosure=(number, digest)), "disclosure")
        case OmissionExplained(item=item):
            return _proved(state, explained(item))
        case PreparationBegun():
            return replace(state, standing="preparation")
        case ServicePlanSubmitted(version=version, documents=documents):
            return replace(state, standing="submitted", version=version, documents=dict(documents))
        case ServicePlanReturned():
            return replace(state, standing="returned")
        case ServicePlanApproved(version=version):
            standing: Standing = "running" if state.started else "approved"
            return replace(state, standing=standing, in_force=version)
        case ServicePlanRevised(version=version):
            return replace(state, standing="preparation", version=version)
        case ServiceStarted():
            return replace(state, standing="running", started=True)
        case ServicePlanClosed():
            return replace(state, standing="closed")
        case ServicePlanDrafted():
            return state
        case _:
            assert_never(event)


def _proved(state: Drafted, proof: str) -> Drafted:
    return replace(state, proofs=state.proofs | {proof})
