"""`/bureau/reviews`: what waits for the bureau; a plan to review, a semester pack to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.parameters import SHAPES
from gateway.pages.bureau_policy import in_force, national
from gateway.pages.frame import Form, Trouble, ask, done, names_of, only_for, tell, viewer
from gateway.pages.policy_words import plainly, side_by_side
from gateway.pages.terms import STAGES_BEFORE
from gateway.problems import Refused, refusal
from gateway.refusals import NoDocument

bp = Blueprint("bureau_reviews", __name__, url_prefix="/bureau")
only_for(bp, "bureau")

STAGES = ("survey", "preparation", "opening")
MAINLY_BP = 5000
"""Sport, art and clubs are mainly what feature activities are: more than half (P1-034)."""
EXCERPT = 600
"""So many characters of a written rule on the plan's page; the whole text has its own."""
ASKING = ("overdue", "filed", "changed", "missing")
"""The standings of a filing that ask for something, the most urgent first."""


@bp.get("/reviews")
def page() -> str:
    """Show the plans that wait, the longest first, and the filings that ask for something."""
    found = ask("enrollment", "list_district_plans", {"district_id": viewer().district_id or ""})
    filings = sorted(
        (each for each in found["filings"] if each["state"] in ASKING),
        key=lambda each: (ASKING.index(each["state"]), -each["days_overdue"]),
    )
    return render_template(
        "bureau/reviews.html",
        reviews=found["reviews"],
        filings=filings,
        acknowledged=[each for each in found["filings"] if each["state"] not in ASKING],
    )


@bp.get("/terms/<id:term_id>")
def plan(term_id: str) -> str:
    """Show one plan as the school sees it, with all that it stands on."""
    return _plan(term_id, None)


@bp.get("/terms/<id:term_id>/documents/<id:document>")
def document(term_id: str, document: str) -> str:
    """Show the whole text of a written rule."""
    found = ask("enrollment", "get_term_plan", {"term_id": term_id})
    rules = ask("enrollment", "list_rules", {"school_id": found["school_id"]})["items"]
    rule = next((each for each in rules if each["document"] == document), None)
    if rule is None:
        raise refusal(NoDocument())
    return render_template("bureau/document.html", rule=rule, term_id=term_id)


@bp.post("/terms/<id:term_id>/approve")
def approve(term_id: str) -> tuple[str, int] | Response:
    """Approve the plan that was submitted."""
    try:
        tell("enrollment", "approve_plan", {"term_id": term_id})
    except Refused as refused:
        return _plan(term_id, Trouble.of("approve", refused)), refused.status
    return done("plan-approved", "bureau_reviews.page")


@bp.post("/terms/<id:term_id>/return")
def send_back(term_id: str) -> tuple[str, int] | Response:
    """Return the plan with a reason and the items that it is about."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _plan(term_id, Trouble.with_field("return", "reason")), 422
    body = {"reason": reason, "items": request.form.getlist("items")}
    try:
        tell("enrollment", "return_plan", {"term_id": term_id}, body)
    except Refused as refused:
        return _plan(term_id, Trouble.of("return", refused)), refused.status
    return done("plan-returned", "bureau_reviews.page")


@bp.post("/terms/<id:term_id>/offerings/<id:offering_id>/return")
def return_offering(term_id: str, offering_id: str) -> tuple[str, int] | Response:
    """Return one offering with a reason; until it is amended families cannot choose it."""
    form = f"offering-{offering_id}"
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _plan(term_id, Trouble.with_field(form, "reason")), 422
    try:
        tell("enrollment", "return_offering", {"offering_id": offering_id}, {"reason": reason})
    except Refused as refused:
        return _plan(term_id, Trouble.of(form, refused)), refused.status
    return done("offering-returned", "bureau_reviews.plan", "offerings", term_id=term_id)


@bp.get("/terms/<id:term_id>/filing")
def filing(term_id: str) -> str:
    """Show the semester pack in its five parts, names masked."""
    return _filing(term_id, None)


@bp.post("/terms/<id:term_id>/filing/acknowledge")
def acknowledge(term_id: str) -> tuple[str, int] | Response:
    """Acknowledge the pack that was filed."""
    try:
        tell("enrollment", "acknowledge_filing", {"term_id": term_id})
    except Refused as refused:
        return _filing(term_id, Trouble.of("acknowledge", refused)), refused.status
    return done("filing-acknowledged", "bureau_reviews.page", "filings")


def _plan(term_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "get_term_plan", {"term_id": term_id})
    here = {"school_id": found["school_id"]}
    school = ask("enrollment", "get_school", here)
    policy = in_force(school["profile"], school["district_id"])
    share = found["feature_share_bp"]
    due = STAGES if found["applications_open"] else STAGES_BEFORE["submit_plan"]
    return render_template(
        "bureau/plan.html",
        plan=found,
        school=school,
        term_name=_term_name(here, term_id),
        stages=[
            (stage, [each for each in found["checklist"] if each["stage"] == stage])
            for stage in STAGES
        ],
        due=due,
        missing=sum(e["state"] == "missing" and e["stage"] in due for e in found["checklist"]),
        rules=ask("enrollment", "list_rules", here),
        offerings=ask("enrollment", "list_offerings", {"term_id": term_id})["items"],
        narrow=share is not None and share <= MAINLY_BP,
        conflicts=side_by_side(policy, national()),
        plainly=plainly,
        excerpt=EXCERPT,
        chosen=request.form.getlist("items") if trouble else (),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _filing(term_id: str, trouble: Trouble | None) -> str:
    pack = ask("enrollment", "get_pack", {"term_id": term_id})
    parts = pack["parts"]
    staff = {each["staff_id"] for each in parts["staffing"]}
    for each in parts["management"]:
        staff |= set(_people(each.get("value")))
    names = names_of(set(staff))
    classes: dict[str, list[str]] = {}
    for pupil in parts["roster"]:
        classes.setdefault(pupil["class_name"], []).append(pupil["name"])
    return render_template(
        "bureau/filing.html",
        pack=pack,
        classes=sorted(classes.items(), key=lambda each: (len(each[0]), each[0])),
        charges=[
            (each["parameter"], plainly(each["value"], SHAPES.get(each["parameter"], "")))
            for each in parts["charges"]
        ],
        bodies=[
            (each["proof"].partition(":")[2], [_name(names, who) for who in _people(each["value"])])
            for each in parts["management"]
            if "proof" in each
        ],
        documents=[each for each in parts["management"] if "document" in each],
        name_of=lambda who: _name(names, who),
        form=Form("acknowledge", trouble),
        trouble=trouble,
    )


def _term_name(here: Mapping[str, Any], term_id: str) -> str:
    terms = ask("enrollment", "list_terms", here)["items"]
    return next((str(each["name"]) for each in terms if each["term_id"] == term_id), "")


def _people(value: Any) -> list[str]:
    """Return the members of staff that an entry of the plan names, each once."""
    match value:
        case str():
            return [value]
        case list():
            return [who for each in value for who in _people(each)]
        case dict():
            return list(dict.fromkeys(who for each in value.values() for who in _people(each)))
        case _:
            return []


def _name(names: Mapping[str, Mapping[str, str]], who: str) -> str:
    return names.get(who, {}).get("name") or who
