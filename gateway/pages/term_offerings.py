"""`/office/terms/<id>/offerings`: propose, amend, open and close what a term offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.term_providers import providers
from gateway.pages.terms import (
    first_empty,
    hour,
    named,
    nothing_here,
    plan_of,
    policy,
    term_of,
    typed,
    whole,
)
from gateway.problems import Refused

bp = Blueprint("term_offerings", __name__, url_prefix="/office/terms/<id:term_id>/offerings")
only_for(bp, "school_office")

NEEDED = ("title", "content", "teacher_id", "venue_id", "capacity", "starts", "ends")
GRADES = {"primary": range(1, 7), "junior": range(7, 10)}
BESIDE = {
    "enrollment.clashes": "starts",
    "enrollment.outside-the-window": "starts",
    "enrollment.overlaps-lessons": "starts",
    "enrollment.venue-too-small": "capacity",
    "enrollment.venue-unknown": "venue_id",
    "enrollment.grades-wrong": "grades",
    "enrollment.no-service-that-day": "weekdays",
    "enrollment.content-not-allowed": "content",
    "enrollment.prohibited-content": "content",
    "enrollment.teaching-extension": "content",
    "enrollment.kind-not-for-stage": "content",
    "enrollment.other-needs-approval": "content",
    "enrollment.staff-unknown": "teacher_id",
    "enrollment.not-volunteered": "teacher_id",
    "enrollment.not-screened": "teacher_id",
    "enrollment.statement-missing": "teacher_id",
    "enrollment.provider-not-admitted": "taught_by",
}
"""A refusal's code → the field that it is about, where the words are shown again."""

SCHOOL = "school"
"""``taught_by`` where the school's own staff teach."""

SAID = {"open": "offering-opened", "close": "offering-closed"}


@bp.get("")
def page(term_id: str) -> str:
    """Show the term's offerings, those that need something first."""
    return render_template(
        "office/term/offerings.html",
        term=term_of(term_id),
        plan=plan_of(term_id),
        offerings=offerings_of(term_id),
        trouble=None,
    )


@bp.get("/new")
def new(term_id: str) -> str:
    """Show the form of a new offering."""
    return _form(term_id, None, None)


@bp.post("/new")
def propose(term_id: str) -> tuple[str, int] | Response:
    """Propose an offering."""
    trouble = _incomplete()
    if trouble:
        return _form(term_id, None, trouble), 422
    kind, _, _ = request.form["content"].partition(":")
    body = {**_terms(), "service_kind": kind, **_taught_by()}
    try:
        made = tell("enrollment", "propose_offering", {"term_id": term_id}, body)
    except Refused as refused:
        return _form(term_id, None, _beside(refused)), refused.status
    return done(
        "offering-proposed",
        "term_offerings.offering",
        term_id=term_id,
        offering_id=made["offering_id"],
    )


@bp.get("/<id:offering_id>")
def offering(term_id: str, offering_id: str) -> str:
    """Show one offering and what can be done with it."""
    return _offering(term_id, offering_id, None)


@bp.get("/<id:offering_id>/amend")
def change(term_id: str, offering_id: str) -> str:
    """Show the form of an offering as it is."""
    return _form(term_id, offering_of(term_id, offering_id), None)


@bp.post("/<id:offering_id>/amend")
def amend(term_id: str, offering_id: str) -> tuple[str, int] | Response:
    """Amend an offering; a returned one is proposed again by it."""
    found = offering_of(term_id, offering_id)
    trouble = _incomplete()
    if trouble:
        return _form(term_id, found, trouble), 422
    try:
        tell("enrollment", "amend_offering", {"offering_id": offering_id}, _terms())
    except Refused as refused:
        return _form(term_id, found, _beside(refused)), refused.status
    where = {"term_id": term_id, "offering_id": offering_id}
    return done("offering-amended", "term_offerings.offering", **where)


@bp.post("/<id:offering_id>/<any(open, close):action>")
def act(term_id: str, offering_id: str, action: str) -> tuple[str, int] | Response:
    """Open an offering to families, or close it."""
    try:
        tell("enrollment", f"{action}_offering", {"offering_id": offering_id})
    except Refused as refused:
        return _offering(term_id, offering_id, Trouble.of("act", refused)), refused.status
    where = {"term_id": term_id, "offering_id": offering_id}
    return done(SAID[action], "term_offerings.offering", **where)


def offerings_of(term_id: str) -> list[dict[str, Any]]:
    """Return a term's offerings: those that were returned first, closed ones last."""
    order = ("returned", "proposed", "open", "closed")
    found = ask("enrollment", "list_offerings", {"term_id": term_id})["items"]
    return sorted(found, key=lambda each: (order.index(each["standing"]), each["title"]))


def offering_of(term_id: str, offering_id: str) -> dict[str, Any]:
    """Return an offering of the term.

    Raises:
        Refused: the term has no such offering.
    """
    for each in offerings_of(term_id):
        if each["offering_id"] == offering_id:
            return each
    raise nothing_here()


def assignable(term_id: str) -> list[dict[str, Any]]:
    """Return who volunteered and may be given a session."""
    found = ask("enrollment", "list_volunteers", {"term_id": term_id})["items"]
    return [each for each in found if each["assignable"]]


def _incomplete() -> Trouble | None:
    missing = first_empty(typed(*NEEDED))
    missing = missing or next((n for n in ("grades", "weekdays") if not request.form.get(n)), None)
    return Trouble.with_field("offering", missing) if missing else None


def _beside(refused: Refused) -> Trouble:
    trouble = Trouble.of("offering", refused)
    name = BESIDE.get(str(refused.reply.get("code")))
    return replace(trouble, fields={name: trouble.summary}) if name else trouble


def _terms() -> dict[str, Any]:
    _, _, content_kind = request.form["content"].partition(":")
    return {
        **typed("title", "teacher_id", "venue_id"),
        **{name: hour(request.form[name]) for name in ("starts", "ends")},
        "content_kind": content_kind,
        "capacity": whole(request.form["capacity"]),
        "subject": request.form.get("subject") or None,
        "grades": [whole(each) for each in request.form.getlist("grades")],
        "weekdays": [whole(each) for each in request.form.getlist("weekdays")],
    }


def _taught_by() -> dict[str, str]:
    return {"taught_by": request.form.get("taught_by") or SCHOOL}


def _provider_name(taught_by: str) -> str | None:
    """Return the name of the outside body that teaches, or None where the school does."""
    if taught_by == SCHOOL:
        return None
    names = {each["provider_id"]: each["name"] for each in providers()}
    return names.get(taught_by) or taught_by


def _offering(term_id: str, offering_id: str, trouble: Trouble | None) -> str:
    found = offering_of(term_id, offering_id)
    return render_template(
        "office/term/offering.html",
        term=term_of(term_id),
        plan=plan_of(term_id),
        offering=found,
        provider=_provider_name(found["taught_by"]),
        form=Form("act", trouble),
        trouble=trouble,
    )


def _form(term_id: str, found: dict[str, Any] | None, trouble: Trouble | None) -> str:
    stage = ask("enrollment", "get_school", {"school_id": school()})["stage"]
    values = policy()
    teachers = assignable(term_id)
    if found and all(each["staff_id"] != found["teacher_id"] for each in teachers):
        teachers.append({"staff_id": found["teacher_id"], "name": found["teacher_name"]})
    chosen = {name: request.form.getlist(name) for name in ("grades", "weekdays")}
    was = {name: [str(each) for each in found[name]] if found else [] for name in chosen}
    return render_template(
        "office/term/offering_form.html",
        term=term_of(term_id),
        offering=found,
        contents=_contents(values, stage, found),
        subjects=values.get("required_subjects", []),
        teachers=named(teachers),
        providers=[] if found else [each for each in providers() if each["standing"] == "admitted"],
        school=SCHOOL,
        venues=ask("enrollment", "list_venues", {"school_id": school()})["items"],
        grades=GRADES.get(stage, range(1, 10)),
        weekdays=range(1, 8),
        chosen=chosen if trouble else was,
        form=Form("offering", trouble),
        trouble=trouble,
    )


def _contents(
    values: dict[str, Any], stage: str, found: dict[str, Any] | None
) -> list[tuple[str, list[str]]]:
    """Return what may be done in each kind of service; an offering keeps its kind."""
    offered = values["service_kinds"].get(stage, [])
    kinds = [found["service_kind"]] if found else offered
    allowed = values["content_kinds"]
    return [(kind, allowed[kind]) for kind in kinds if allowed.get(kind)]
