"""`/office/terms/<id>`: a term's cockpit: where its plan stands, what is missing, what next."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, done, only_for, tell
from gateway.pages.language import said
from gateway.pages.terms import NOW_AT, STAGES_BEFORE, STEPS, nothing_here, plan_of, term_of
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("term_plan", __name__, url_prefix="/office/terms/<id:term_id>")
only_for(bp, "school_office")

SAID = {
    "draft_plan": "plan-drafted",
    "begin_preparation": "plan-prepares",
    "submit_plan": "plan-submitted",
    "start_service": "service-started",
    "revise_plan": "plan-revised",
    "close_plan": "plan-closed",
}
"""What the office can do with a whole plan."""

WHERE: dict[str, tuple[str, dict[str, Any]]] = {
    "leading_group": ("term_people.leading_group", {}),
    "management_team": ("term_people.management_team", {}),
    "staff_meeting": ("term_records.meetings", {"kind": "staff_meeting"}),
    "parents_meeting": ("term_records.meetings", {"kind": "parents_meeting"}),
    "parents_informed": ("office_notices.page", {"kind": "service"}),
    "content_announced": ("office_notices.page", {"kind": "service_content"}),
    "notice_letter": ("office_notices.page", {"kind": "notice_letter"}),
    "info_prompt": ("office_notices.page", {"kind": "info_prompt"}),
    "demand_survey": ("office_surveys.page", {"purpose": "demand"}),
    "implementation_plan": ("term_records.rule", {"document": "implementation_plan"}),
    "safety_plan": ("term_records.rule", {"document": "safety_plan"}),
    "management_rules": ("term_records.rules", {}),
    "offerings_planned": ("term_offerings.page", {}),
    "day_template": ("term_offerings.page", {}),
    "daily_load": ("term_offerings.page", {}),
    "pipa_club": ("term_offerings.page", {}),
    "custody_offered": ("term_offerings.page", {}),
    "curriculum_complete": ("term_records.declarations", {}),
    "service_disclosed": ("term_records.disclosure", {}),
    "family_papers": ("office.page", {}),
}
"""An item of the checklist → the page where it is done. What the bureau does has none."""

STAGES = ("survey", "preparation", "opening")
BY_THE_BUREAU = frozenset({"custody_end_set"})


@bp.get("")
def page(term_id: str) -> str:
    """Show where the term's plan stands and what is missing."""
    return _page(term_id, None)


@bp.post("/plan/<id:step>")
def go_on(term_id: str, step: str) -> tuple[str, int] | Response:
    """Take the plan one step on, or back to be revised."""
    if step not in SAID:
        raise nothing_here()
    try:
        tell("enrollment", step, {"term_id": term_id})
    except Refused as refused:
        return _page(term_id, Trouble.of("step", refused)), refused.status
    return done(SAID[step], "term_plan.page", term_id=term_id)


def place_of(item: str, term_id: str) -> str | None:
    """Return the page where an item of the checklist is done, or None."""
    if item.startswith("duty:"):
        return url_for("term_people.duties", term_id=term_id)
    if item not in WHERE:
        return None
    endpoint, values = WHERE[item]
    return url_for(endpoint, term_id=term_id, **values)


def _page(term_id: str, trouble: Trouble | None) -> str:
    term, plan = term_of(term_id), plan_of(term_id)
    lines: dict[str, list[dict[str, Any]]] = {"missing": [], "explained": [], "done": []}
    for each in sorted(plan["checklist"], key=lambda each: STAGES.index(each["stage"])):
        place = place_of(each["item"], term_id)
        lines[each["state"]].append({**each, "words": _words(each), "place": place})
    before = STAGES_BEFORE.get(plan["next"], ())
    over = term["last_day"] < gateway().clock.now().date().isoformat()
    return render_template(
        "office/term/plan.html",
        term=term,
        plan=plan,
        steps=STEPS,
        behind=NOW_AT[plan["standing"]],
        lines=lines,
        names={each["item"]: _words(each) for each in plan["checklist"]},
        blocking=sum(each["stage"] in before for each in lines["missing"]),
        next_step=_next_step(plan, over),
        by_the_bureau=BY_THE_BUREAU,
        form=Form("step", trouble),
        trouble=trouble,
    )


def _words(line: dict[str, Any]) -> str:
    words = said(line["name"])
    return words[:1].upper() + words[1:]


def _next_step(plan: dict[str, Any], over: bool) -> str | None:
    if plan["next"] in SAID:
        return str(plan["next"])
    if plan["standing"] != "running":
        return None
    return "close_plan" if over else "revise_plan"
