"""The school-term plan: the school's steps and the bureau's answers."""

from __future__ import annotations

import hashlib
from datetime import date

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import plans as said
from services.enrollment.listening.handlers.notices import tell_of_the_changed_plan
from services.enrollment.plan.domain import commands
from services.enrollment.plan.domain.plan import PLAN
from services.enrollment.plan.handlers.scope import check_staff
from services.enrollment.plan.tables import plans
from services.enrollment.policy.domain.checklist import Item
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access
from services.enrollment.term.handlers import proofs
from services.enrollment.term.tables import filings


def draft_plan(work: UnitOfWork, request: said.OnPlan, _call: Call) -> Reply[said.PlanState]:
    command = commands.DraftPlan(term_id=request.term_id, school_id=work.partition)
    return _execute(work, request, command, created=True)


def establish_leading_group(
    work: UnitOfWork, request: said.EstablishLeadingGroup, _call: Call
) -> Reply[said.PlanState]:
    members = tuple(dict.fromkeys(request.member_ids))
    check_staff(work, [request.head_id, *members])
    command = commands.EstablishLeadingGroup(head_id=request.head_id, member_ids=members)
    return _execute(work, request, command)


def set_management_team(
    work: UnitOfWork, request: said.SetManagementTeam, _call: Call
) -> Reply[said.PlanState]:
    check_staff(work, request.posts.values())
    return _execute(work, request, commands.SetManagementTeam(posts=request.posts))


def assign_duty(work: UnitOfWork, request: said.AssignDuty, _call: Call) -> Reply[said.PlanState]:
    check_staff(work, [request.staff_id])
    command = commands.AssignDuty(
        duty=request.duty, staff_id=request.staff_id, duties=_duties(work)
    )
    return _execute(work, request, command)


def record_stage_activity(
    work: UnitOfWork, request: said.RecordStageActivity, call: Call
) -> Reply[said.PlanState]:
    record_id = new_id()
    command = commands.RecordStageActivity(
        record_id=record_id, kind=request.kind, held_on=request.held_on, today=call.today
    )
    reply = _execute(work, request, command)
    work.vault.put(record_id, minutes=request.minutes)
    return reply


def make_declaration(
    work: UnitOfWork, request: said.MakeDeclaration, _call: Call
) -> Reply[said.PlanState]:
    command = commands.MakeDeclaration(declaration=request.declaration)
    return _execute(work, request, command)


def disclose_service(
    work: UnitOfWork, request: said.DiscloseService, _call: Call
) -> Reply[said.PlanState]:
    parts = {
        "mode": request.mode,
        "content": request.content,
        "safety_measures": request.safety_measures,
    }
    digest = hashlib.sha256("\n".join(parts.values()).encode()).hexdigest()
    reply = _execute(work, request, commands.DiscloseService(text_sha256=digest))
    work.vault.put(subject(request.term_id), **parts, sha256=digest)
    return reply


def explain_omission(
    work: UnitOfWork, request: said.ExplainOmission, _call: Call
) -> Reply[said.PlanState]:
    items = policy_values.checklist(work.connection, access.here(work))
    told, field = subject(request.term_id), f"omission-{request.item}"
    command = commands.ExplainOmission(
        item=request.item,
        items=items,
        reworded=work.vault.get(told, field) != request.reason,
    )
    reply = _execute(work, request, command)
    work.vault.put(told, **{field: request.reason})
    return reply


def begin_preparation(work: UnitOfWork, request: said.OnPlan, _call: Call) -> Reply[said.PlanState]:
    items, proved = _checklist(work, request)
    return _execute(work, request, commands.BeginPreparation(items=items, proved=proved))


def submit_plan(work: UnitOfWork, request: said.OnPlan, _call: Call) -> Reply[said.PlanState]:
    items, proved = _checklist(work, request)
    library = filings.library(work.connection, work.partition)
    command = commands.SubmitPlan(
        items=items,
        proved=proved,
        duties=_duties(work),
        documents={name: rule.version for name, rule in sorted(library.items())},
    )
    return _execute(work, request, command)


def return_plan(work: UnitOfWork, request: said.ReturnPlan, _call: Call) -> Reply[said.PlanState]:
    command = commands.ReturnPlan(items=tuple(request.items))
    before = len(work.rows)
    reply = _execute(work, request, command)
    if len(work.rows) > before:
        field = f"review-{reply.body.version}"
        work.vault.put(subject(request.term_id), **{field: request.reason})
    return reply


def approve_plan(work: UnitOfWork, request: said.OnPlan, _call: Call) -> Reply[said.PlanState]:
    before = plans.in_force(work.connection, request.term_id)
    reply = _execute(work, request, commands.ApprovePlan())
    now = reply.body.in_force
    if before is not None and now is not None and now != before:
        tell_of_the_changed_plan(work, request.term_id, now)
    return reply


def revise_plan(work: UnitOfWork, request: said.OnPlan, _call: Call) -> Reply[said.PlanState]:
    return _execute(work, request, commands.RevisePlan())


def start_service(work: UnitOfWork, request: said.OnPlan, call: Call) -> Reply[said.PlanState]:
    items, proved = _checklist(work, request)
    first_day, _ = _days(work, request)
    command = commands.StartService(
        items=items, proved=proved, first_day=first_day, today=call.today
    )
    return _execute(work, request, command)


def close_plan(work: UnitOfWork, request: said.OnPlan, call: Call) -> Reply[said.PlanState]:
    _, last_day = _days(work, request)
    return _execute(work, request, commands.ClosePlan(last_day=last_day, today=call.today))


def subject(term_id: str) -> str:
    """Return the vault's subject of a plan's texts: disclosure, omissions, reviews."""
    return f"plan-{term_id}"


def _days(work: UnitOfWork, request: access.OfTerm) -> tuple[date, date]:
    term = access.term(work.connection, request.term_id, work.partition)
    return date.fromisoformat(term["first_day"]), date.fromisoformat(term["last_day"])


def _duties(work: UnitOfWork) -> tuple[str, ...]:
    return tuple(policy_values.value(work.connection, access.here(work), "required_duties"))


def _checklist(work: UnitOfWork, request: access.OfTerm) -> tuple[tuple[Item, ...], frozenset[str]]:
    school = access.here(work)
    items = policy_values.checklist(work.connection, school)
    term = access.term(work.connection, request.term_id, work.partition)
    return items, proofs.of_term(work.connection, school, term)


def _execute(
    work: UnitOfWork,
    request: access.OfTerm,
    command: commands.PlanCommand,
    *,
    created: bool = False,
) -> Reply[said.PlanState]:
    term_id = request.term_id
    decision = work.execute(PLAN, f"plan-{term_id}", command)
    found = plans.plan(work.connection, term_id)
    assert found is not None
    body = said.PlanState(
        term_id=found["term_id"],
        school_id=found["school_id"],
        standing=found["standing"],
        version=found["version"],
        in_force=found["in_force"],
    )
    return Reply(body, decision.version, created=created and bool(decision.events))


_OFFICE = access.OFFICE


HANDLES: Handles = {
    said.DRAFT_PLAN: CommandHandler(draft_plan, access.of_term),
    said.ESTABLISH_LEADING_GROUP: CommandHandler(establish_leading_group, access.of_term),
    said.SET_MANAGEMENT_TEAM: CommandHandler(set_management_team, access.of_term),
    said.ASSIGN_DUTY: CommandHandler(assign_duty, access.of_term),
    said.RECORD_STAGE_ACTIVITY: CommandHandler(record_stage_activity, access.of_term),
    said.MAKE_DECLARATION: CommandHandler(make_declaration, access.of_term),
    said.DISCLOSE_SERVICE: CommandHandler(disclose_service, access.of_term),
    said.EXPLAIN_OMISSION: CommandHandler(explain_omission, access.of_term),
    said.BEGIN_PREPARATION: CommandHandler(begin_preparation, access.of_term),
    said.SUBMIT_PLAN: CommandHandler(submit_plan, access.of_term),
    said.RETURN_PLAN: CommandHandler(return_plan, access.of_term),
    said.APPROVE_PLAN: CommandHandler(approve_plan, access.of_term),
    said.REVISE_PLAN: CommandHandler(revise_plan, access.of_term),
    said.START_SERVICE: CommandHandler(start_service, access.of_term),
    said.CLOSE_PLAN: CommandHandler(close_plan, access.of_term),
}
