"""`/office`: applications to decide, the list to publish and confirm."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, school, tell
from gateway.pages.objections import objections_to
from gateway.pages.terms import open_terms
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("office", __name__, url_prefix="/office")
only_for(bp, "school_office")

STATES = ("submitted", "accepted", "published", "confirmed", "enrolled", "rejected")
ENDED = ("withdrawn", "lapsed")


@bp.get("")
def page() -> str:
    """Show what waits for the office."""
    return _page(None)


@bp.post("/applications/<id:application_id>")
def decide(application_id: str) -> tuple[str, int] | Response:
    """Accept an application, or reject it with a reason that the family reads."""
    form = f"application-{application_id}"
    target = {"application_id": application_id}
    rejects = request.form.get("answer") == "reject"
    reason = request.form.get("reason", "").strip()
    if rejects and not reason:
        return _page(Trouble.with_field(form, "reason")), 422
    try:
        if rejects:
            tell("enrollment", "reject_application", target, {"reason": reason})
        else:
            tell("enrollment", "accept_application", target)
    except Refused as refused:
        return _page(Trouble.of(form, refused)), refused.status
    return done("rejected" if rejects else "accepted", "office.page", "submitted")


@bp.post("/publicities")
def publish() -> tuple[str, int] | Response:
    """Publish the list of accepted applications of a term."""
    body = {"term_id": request.form.get("term_id", "")}
    try:
        tell("enrollment", "publish_list", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("publish", refused)), refused.status
    return done("published", "office.page", "lists")


@bp.post("/publicities/<id:publicity_id>/confirm")
def confirm(publicity_id: str) -> tuple[str, int] | Response:
    """Confirm a list whose time has passed."""
    try:
        tell("enrollment", "confirm_list", {"publicity_id": publicity_id})
    except Refused as refused:
        return _page(Trouble.of(f"confirm-{publicity_id}", refused)), refused.status
    return done("confirmed", "office.page", "lists")


def _page(trouble: Trouble | None) -> str:
    here = {"school_id": school()}
    terms = ask("enrollment", "list_terms", here)["items"]
    applications: dict[str, list[dict[str, Any]]] = {state: [] for state in (*STATES, *ENDED)}
    for each in everything("enrollment", "list_applications", here):
        applications.setdefault(each["state"], []).append(each)
    return render_template(
        "office/office.html",
        terms=terms,
        open_terms=open_terms(terms),
        term_names={term["term_id"]: term["name"] for term in terms},
        applications=applications,
        publicities=_lists(here),
        school=ask("enrollment", "get_school", here),
        today=gateway().clock.now().date().isoformat(),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
        states=STATES,
    )


def _lists(here: dict[str, str]) -> list[dict[str, Any]]:
    """Return the publicised lists, those not confirmed with the number of open objections."""
    found = ask("enrollment", "list_publicities", here)["items"]
    for each in found:
        settled = each["state"] == "confirmed"
        raised = [] if settled else objections_to(each["publicity_id"])
        each["open_objections"] = sum(one["state"] == "open" for one in raised)
    return list(found)
