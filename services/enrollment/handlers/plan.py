"""The school-term plan: the school's steps and the bureau's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.application import CommandRoute, Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import plans as requests
from services.enrollment.domain.errors import TermUnknown
from services.enrollment.domain.plan import commands, errors
from services.enrollment.domain.plan.plan import PLAN
from services.enrollment.handlers import access, policy_values, proofs
from services.enrollment.handlers.notices import tell_of_the_changed_plan
from services.enrollment.projections import filings, plans, schools
from services.enrollment.projections.bulk import rows_of


def draft_plan(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    command = commands.DraftPlan(term_id=request["term_id"], school_id=work.partition)
    return _execute(work, request, command, created=True)


def establish_leading_group(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    members = tuple(dict.fromkeys(request["member_ids"]))
    check_staff(work, [request["head_id"], *members])
    command = commands.EstablishLeadingGroup(head_id=request["head_id"], member_ids=members)
    return _execute(work, request, command)


def set_management_team(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    check_staff(work, request["posts"].values())
    return _execute(work, request, commands.SetManagementTeam(posts=request["posts"]))


def assign_duty(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    check_staff(work, [request["staff_id"]])
    command = commands.AssignDuty(
        duty=request["duty"], staff_id=request["staff_id"], duties=_duties(work)
    )
    return _execute(work, request, command)


def record_stage_activity(work: UnitOfWork, request: Request, call: Call) -> Reply:
    record_id = new_id()
    command = commands.RecordStageActivity(
        record_id=record_id, kind=request["kind"], held_on=request["held_on"], today=call.today
    )
    reply = _execute(work, request, command)
    work.vault.put(record_id, minutes=request["minutes"])
    return reply


def make_declaration(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    command = commands.MakeDeclaration(declaration=request["declaration"])
    return _execute(work, request, command)


def disclose_service(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    parts = {name: request[name] for name in ("mode", "content", "safety_measures")}
    digest = hashlib.sha256("\n".join(parts.values()).encode()).hexdigest()
    reply = _execute(work, request, commands.DiscloseService(text_sha256=digest))
    work.vault.put(subject(request["term_id"]), **parts, sha256=digest)
    return reply


def explain_omission(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    items = policy_values.checklist(work.connection, access.here(work))
    told, field = subject(request["term_id"]), f"omission-{request['item']}"
    command = commands.ExplainOmission(
        item=request["item"],
        items=items,
        reworded=work.vault.get(told, field) != request["reason"],
    )
    reply = _execute(work, request, command)
    work.vault.put(told, **{field: request["reason"]})
    return reply


def begin_preparation(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    items, proved = _checklist(work, request)
    return _execute(work, request, commands.BeginPreparation(items=items, proved=proved))


def submit_plan(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    items, proved = _checklist(work, request)
    library = filings.library(work.connection, work.partition)
    command = commands.SubmitPlan(
        items=items,
        proved=proved,
        duties=_duties(work),
        documents={name: rule["version"] for name, rule in sorted(library.items())},
    )
    return _execute(work, request, command)


def return_plan(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    command = commands.ReturnPlan(items=tuple(request["items"]))
    before = len(work.rows)
    reply = _execute(work, request, command)
    if len(work.rows) > before:
        field = f"review-{reply.body['version']}"
        work.vault.put(subject(request["term_id"]), **{field: request["reason"]})
    return reply


def approve_plan(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    before = plans.in_force(work.connection, request["term_id"])
    reply = _execute(work, request, commands.ApprovePlan())
    if before is not None and reply.body["in_force"] != before:
        tell_of_the_changed_plan(work, request["term_id"], reply.body["in_force"])
    return reply


def revise_plan(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    return _execute(work, request, commands.RevisePlan())


def start_service(work: UnitOfWork, request: Request, call: Call) -> Reply:
    items, proved = _checklist(work, request)
    term = _term(work, request)
    command = commands.StartService(
        items=items,
        proved=proved,
        first_day=date.fromisoformat(term["first_day"]),
        today=call.today,
    )
    return _execute(work, request, command)


def close_plan(work: UnitOfWork, request: Request, call: Call) -> Reply:
    last_day = date.fromisoformat(_term(work, request)["last_day"])
    return _execute(work, request, commands.ClosePlan(last_day=last_day, today=call.today))


def check_staff(work: UnitOfWork, staff_ids: Iterable[str]) -> None:
    """Check that all of these are registered members of staff of the school.

    Raises:
        StaffUnknown: one is not; the refusal names it.
    """
    wanted = list(dict.fromkeys(staff_ids))
    found = rows_of(work.connection, schools.staff, schools.staff.c.staff_id, wanted)
    here = {row["staff_id"] for row in found if row["school_id"] == work.partition}
    unknown = [staff_id for staff_id in wanted if staff_id not in here]
    if unknown:
        raise errors.StaffUnknown(
            f"本校没有登记这些人员：{'、'.join(unknown)}。请先登记。",
            f"Not registered in this school: {', '.join(unknown)}. Register them first.",
        )


def subject(term_id: str) -> str:
    """Return the vault's subject of a plan's texts: disclosure, omissions, reviews."""
    return f"plan-{term_id}"


def of_term(connection: Connection, request: Request, call: Call) -> str:
    """Return the partition of a command on a term of a school that the caller may reach."""
    found = schools.term(connection, request["term_id"])
    if found is None or not access.reaches_school(connection, found["school_id"], call):
        raise TermUnknown("没有这个学期，或不在您的范围内。", "No such term in your scope.")
    return str(found["school_id"])


def _term(work: UnitOfWork, request: Request) -> dict[str, Any]:
    return access.term(work.connection, request["term_id"], work.partition)


def _duties(work: UnitOfWork) -> tuple[str, ...]:
    return tuple(policy_values.value(work.connection, access.here(work), "required_duties"))


def _checklist(work: UnitOfWork, request: Request) -> tuple[Any, frozenset[str]]:
    school = access.here(work)
    items = policy_values.checklist(work.connection, school)
    return items, proofs.of_term(work.connection, school, _term(work, request))


def _execute(
    work: UnitOfWork, request: Request, command: commands.PlanCommand, *, created: bool = False
) -> Reply:
    term_id = request["term_id"]
    decision = work.execute(PLAN, f"plan-{term_id}", command)
    found = plans.plan(work.connection, term_id)
    assert found is not None
    named = ("term_id", "school_id", "standing", "version", "in_force")
    body = {name: found[name] for name in named}
    return Reply(body, decision.version, created=created and bool(decision.events))


_OFFICE = access.OFFICE
COMMANDS = {
    "draft_plan": CommandRoute(draft_plan, _OFFICE, of_term),
    "establish_leading_group": CommandRoute(
        establish_leading_group, _OFFICE, of_term, requests.EstablishLeadingGroup()
    ),
    "set_management_team": CommandRoute(
        set_management_team, _OFFICE, of_term, requests.SetManagementTeam()
    ),
    "assign_duty": CommandRoute(assign_duty, _OFFICE, of_term, requests.AssignDuty()),
    "record_stage_activity": CommandRoute(
        record_stage_activity, _OFFICE, of_term, requests.RecordStageActivity()
    ),
    "make_declaration": CommandRoute(
        make_declaration, _OFFICE, of_term, requests.MakeDeclaration()
    ),
    "disclose_service": CommandRoute(
        disclose_service, _OFFICE, of_term, requests.DiscloseService()
    ),
    "explain_omission": CommandRoute(
        explain_omission, _OFFICE, of_term, requests.ExplainOmission()
    ),
    "begin_preparation": CommandRoute(begin_preparation, _OFFICE, of_term),
    "submit_plan": CommandRoute(submit_plan, _OFFICE, of_term),
    "return_plan": CommandRoute(return_plan, access.BUREAU, of_term, requests.ReturnPlan()),
    "approve_plan": CommandRoute(approve_plan, access.BUREAU, of_term),
    "revise_plan": CommandRoute(revise_plan, _OFFICE, of_term),
    "start_service": CommandRoute(start_service, _OFFICE, of_term),
    "close_plan": CommandRoute(close_plan, _OFFICE, of_term),
}
