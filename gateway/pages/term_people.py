"""Who answers in a term: the leading group, the management team, the duties."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, done, only_for, tell
from gateway.pages.language import t
from gateway.pages.terms import named, plan_of, staff, term_of
from gateway.problems import Refused

bp = Blueprint("term_people", __name__, url_prefix="/office/terms/<id:term_id>")
only_for(bp, "school_office")

POSTS = ("coordinator", "teaching", "safety", "logistics", "finance", "families")
"""The posts that the form offers; those a plan has besides stay."""


@bp.get("/leading-group")
def leading_group(term_id: str) -> str:
    """Show the leading group."""
    return _group(term_id, None)


@bp.post("/leading-group")
def establish(term_id: str) -> tuple[str, int] | Response:
    """Establish the leading group, or change it."""
    head = request.form.get("head_id", "")
    if not head:
        return _group(term_id, Trouble.with_field("group", "head_id")), 422
    body = {"head_id": head, "member_ids": request.form.getlist("member_ids")}
    try:
        tell("enrollment", "establish_leading_group", {"term_id": term_id}, body)
    except Refused as refused:
        return _group(term_id, Trouble.of("group", refused)), refused.status
    return done("saved", "term_plan.page", term_id=term_id)


@bp.get("/management-team")
def management_team(term_id: str) -> str:
    """Show the management team, one person a post."""
    return _team(term_id, None)


@bp.post("/management-team")
def set_team(term_id: str) -> tuple[str, int] | Response:
    """Set the management team."""
    posts = _chosen("post-")
    if not posts:
        return _team(
            term_id, Trouble.with_field("team", f"post-{POSTS[0]}", t("advice.staff_id"))
        ), 422
    try:
        tell("enrollment", "set_management_team", {"term_id": term_id}, {"posts": posts})
    except Refused as refused:
        return _team(term_id, Trouble.of("team", refused)), refused.status
    return done("saved", "term_plan.page", term_id=term_id)


@bp.get("/duties")
def duties(term_id: str) -> str:
    """Show who answers for each duty."""
    return _duties(term_id, None)


@bp.post("/duties")
def assign(term_id: str) -> tuple[str, int] | Response:
    """Name the person for each duty that was chosen; one that stays as it is changes nothing."""
    chosen = _chosen("duty-")
    if not chosen:
        return _duties(term_id, Trouble.with_field("duties", "staff_id")), 422
    try:
        for duty, staff_id in chosen.items():
            body = {"duty": duty, "staff_id": staff_id}
            tell("enrollment", "assign_duty", {"term_id": term_id}, body, part=duty)
    except Refused as refused:
        return _duties(term_id, Trouble.of("duties", refused)), refused.status
    return done("saved", "term_plan.page", term_id=term_id)


def _chosen(prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in request.form.items()
        if name.startswith(prefix) and value
    }


def _holders(plan: dict[str, Any], kind: str) -> dict[str, str]:
    return {each["what"]: each["staff_id"] for each in plan["answerable"] if each["kind"] == kind}


def _group(term_id: str, trouble: Trouble | None) -> str:
    plan = plan_of(term_id)
    members = [each["staff_id"] for each in plan["answerable"] if each["kind"] == "member"]
    return render_template(
        "office/term/group.html",
        term=term_of(term_id),
        staff=named(staff()),
        head=_holders(plan, "head").get("leading_group", ""),
        members=request.form.getlist("member_ids") if trouble else members,
        form=Form("group", trouble),
        trouble=trouble,
    )


def _team(term_id: str, trouble: Trouble | None) -> str:
    held = _holders(plan_of(term_id), "post")
    return render_template(
        "office/term/team.html",
        term=term_of(term_id),
        staff=named(staff()),
        held=held,
        posts=[*POSTS, *(post for post in sorted(held) if post not in POSTS)],
        form=Form("team", trouble),
        trouble=trouble,
    )


def _duties(term_id: str, trouble: Trouble | None) -> str:
    plan = plan_of(term_id)
    wanted = [each["item"] for each in plan["checklist"] if each["item"].startswith("duty:")]
    return render_template(
        "office/term/duties.html",
        term=term_of(term_id),
        staff=named(staff()),
        held=_holders(plan, "duty"),
        duties=[item.removeprefix("duty:") for item in wanted],
        form=Form("duties", trouble),
        trouble=trouble,
    )
