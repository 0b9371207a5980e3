"""`/class/term`: what a teacher does for a term: volunteer, sign, plan sessions, review."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import (
    Form,
    Trouble,
    ask,
    done,
    everything,
    only_for,
    school,
    tell,
    viewer,
)
from gateway.problems import Refused, refusal
from gateway.refusals import NothingThere
from gateway.state import gateway

bp = Blueprint("class_term", __name__, url_prefix="/class/term")
only_for(bp, "teacher")

DAYS_AHEAD = 28
VIEWS = {"recommend": True, "advise-against": False}


@bp.get("")
def now() -> str:
    """Show the term that runs, or comes next."""
    return _page(_current(_terms()), None)


@bp.get("/<id:term_id>")
def page(term_id: str) -> str:
    """Show what there is to do for one term."""
    return _page(_term(term_id), None)


@bp.post("/<id:term_id>/<any(volunteer, withdraw):action>")
def consent(term_id: str, action: str) -> tuple[str, int] | Response:
    """Volunteer, or take the consent back from a day on."""
    here = {"term_id": term_id}
    try:
        if action == "volunteer":
            tell("enrollment", "volunteer_for_duty", here)
        else:
            effective = request.form.get("effective_on", "")
            if not effective:
                trouble = Trouble.with_field(action, "effective_on")
                return _page(_term(term_id), trouble), trouble.status
            tell("enrollment", "withdraw_volunteering", here, {"effective_on": effective})
    except Refused as refused:
        return _page(_term(term_id), Trouble.of(action, refused)), refused.status
    said = "volunteered" if action == "volunteer" else "volunteering-withdrawn"
    return done(said, "class_term.page", term_id=term_id)


@bp.post("/<id:term_id>/applications/<id:application_id>")
def review(term_id: str, application_id: str) -> tuple[str, int] | Response:
    """Give the class teacher's view of an application; the school decides."""
    name = f"review-{application_id}"
    view = request.form.get("view", "")
    if view not in VIEWS:
        trouble = Trouble.with_field(name, "view")
        return _page(_term(term_id), trouble), trouble.status
    body = {"recommended": VIEWS[view], "note": request.form.get("note", "").strip()}
    try:
        tell("enrollment", "review_application", {"application_id": application_id}, body)
    except Refused as refused:
        return _page(_term(term_id), Trouble.of(name, refused)), refused.status
    return done("reviewed", "class_term.page", "reviews", term_id=term_id)


@bp.get("/<id:term_id>/statement")
def statement(term_id: str) -> str:
    """Show the statement of responsibility."""
    return _statement(term_id, None)


@bp.post("/<id:term_id>/statement")
def sign(term_id: str) -> tuple[str, int] | Response:
    """Sign the version of the statement that was shown, for the term."""
    if request.form.get("agreed") != "yes":
        return _statement(term_id, Trouble.with_field("statement", "agreed")), 422
    who = {"school_id": school(), "staff_id": viewer().person_id or ""}
    body = {
        "term_id": term_id,
        "statement_version": request.form.get("statement_version", ""),
    }
    try:
        tell("safety", "sign_responsibility_statement", who, body)
    except Refused as refused:
        return _statement(term_id, Trouble.of("statement", refused)), refused.status
    return done("statement-signed", "class_term.page", term_id=term_id)


@bp.get("/<id:term_id>/offerings/<id:offering_id>")
def sessions(term_id: str, offering_id: str) -> str:
    """Show the planned sessions of one's own offering, and how their review went."""
    return _sessions(term_id, offering_id, None)


@bp.post("/<id:term_id>/offerings/<id:offering_id>")
def submit(term_id: str, offering_id: str) -> tuple[str, int] | Response:
    """Submit what is to be done on one day."""
    body = {
        name: request.form.get(name, "").strip() for name in ("on", "content_kind", "description")
    }
    missing = next((name for name, value in body.items() if not value), None)
    if missing:
        advice = _sessions(term_id, offering_id, Trouble.with_field("session", missing))
        return advice, 422
    try:
        tell("enrollment", "submit_session_content", {"offering_id": offering_id}, body)
    except Refused as refused:
        trouble = Trouble.of("session", refused)
        return _sessions(term_id, offering_id, trouble), refused.status
    return done(
        "session-submitted", "class_term.sessions", term_id=term_id, offering_id=offering_id
    )


def _terms() -> list[dict[str, Any]]:
    """Return the terms that are not over, the nearest first."""
    found = ask("enrollment", "list_terms", {"school_id": school()})["items"]
    today = gateway().clock.now().date().isoformat()
    return sorted(
        (each for each in found if each["last_day"] >= today), key=lambda each: each["first_day"]
    )


def _current(terms: list[dict[str, Any]]) -> dict[str, Any]:
    if terms:
        return terms[0]
    raise refusal(NothingThere("no-term-yet"))


def _term(term_id: str) -> dict[str, Any]:
    for each in _terms():
        if each["term_id"] == term_id:
            return each
    raise refusal(NothingThere("term"))


def _page(term: dict[str, Any], trouble: Trouble | None) -> str:
    duty, why_not = _duty(term["term_id"])
    return render_template(
        "class/term.html",
        term=term,
        terms=_terms(),
        duty=duty,
        why_not=why_not,
        offerings=_own_offerings(term["term_id"]),
        reviews=_reviews(term["term_id"]),
        publicities=_publicities(term["term_id"]),
        today=gateway().clock.now().date().isoformat(),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _duty(term_id: str) -> tuple[dict[str, Any] | None, Any]:
    try:
        return ask("enrollment", "my_duty", {"term_id": term_id}), None
    except Refused as refused:
        # An account without a member of staff behind it; the page says what to do about it.
        return None, refused.reply.get("detail")


def _own_offerings(term_id: str) -> list[dict[str, Any]]:
    found = ask("enrollment", "list_offerings", {"term_id": term_id})["items"]
    mine = viewer().person_id
    return [each for each in found if mine and each["teacher_id"] == mine]


def _reviews(term_id: str) -> list[dict[str, Any]] | None:
    """Return the undecided applications of the own classes; None where no review is asked for."""
    if not _policy().get("class_review_required"):
        return None
    here = {"school_id": school()}
    asked = {"state": "submitted", "term_id": term_id}
    return everything("enrollment", "list_applications", here, **asked)


def _publicities(term_id: str) -> list[dict[str, Any]]:
    """Return the publicised lists of the term."""
    found = ask("enrollment", "list_publicities", {"school_id": school()})["items"]
    return [each for each in found if each["term_id"] == term_id]


def _policy() -> dict[str, Any]:
    here = ask("enrollment", "get_school", {"school_id": school()})
    where = {"profile": here["profile"], "district_id": here["district_id"]}
    return dict(ask("enrollment", "get_policy", where)["parameters"])


def _statement(term_id: str, trouble: Trouble | None) -> str:
    duty, _ = _duty(term_id)
    return render_template(
        "class/statement.html",
        term=_term(term_id),
        statement=ask("safety", "get_responsibility_statement"),
        signed=bool(duty and duty["statement"]),
        form=Form("statement", trouble),
        trouble=trouble,
    )


def _sessions(term_id: str, offering_id: str, trouble: Trouble | None) -> str:
    term = _term(term_id)
    mine = next((o for o in _own_offerings(term_id) if o["offering_id"] == offering_id), None)
    if mine is None:
        raise refusal(NothingThere("offering"))
    planned = ask("enrollment", "list_session_contents", {"offering_id": offering_id})["items"]
    settled = {each["on"] for each in planned if each["standing"] == "approved"}
    pending = {each["on"] for each in planned if each["standing"] == "submitted"}
    days = [each for each in _coming(term, mine["weekdays"]) if each not in settled]
    allowed = (_policy().get("content_kinds") or {}).get(mine["service_kind"])
    return render_template(
        "class/sessions.html",
        term=term,
        offering=mine,
        planned=planned,
        days=days,
        next_day=next((each for each in days if each not in pending), ""),
        kinds=allowed or [mine["content_kind"]],
        form=Form("session", trouble),
        trouble=trouble,
    )


def _coming(term: dict[str, Any], weekdays: list[int]) -> list[str]:
    """Return the days of the next weeks on which an offering runs."""
    first = max(gateway().clock.now().date(), date.fromisoformat(term["first_day"]))
    days = (first + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    return [
        each.isoformat()
        for each in days
        if each.isoweekday() in weekdays and each.isoformat() <= term["last_day"]
    ]
