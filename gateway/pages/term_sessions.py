"""The sessions of one offering: approve what the teacher plans, return it, or substitute."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.language import t
from gateway.pages.term_offerings import assignable, offering_of
from gateway.pages.terms import first_empty, named, policy, staff, term_of, typed
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint(
    "term_sessions",
    __name__,
    url_prefix="/office/terms/<id:term_id>/offerings/<id:offering_id>/sessions",
)
only_for(bp, "school_office")

ORDER = ("submitted", "returned", "approved")


@bp.get("")
def page(term_id: str, offering_id: str) -> str:
    """Show the sessions, those that wait for the school first."""
    return _page(term_id, offering_id, None)


@bp.post("/<id:on>/approve")
def approve(term_id: str, offering_id: str, on: str) -> tuple[str, int] | Response:
    """Approve a session's content, with guidance."""
    body = {"on": on, **typed("guidance")}
    try:
        tell("enrollment", "approve_session_content", {"offering_id": offering_id}, body)
    except Refused as refused:
        trouble = Trouble.of(f"approve-{on}", refused)
        return _page(term_id, offering_id, trouble), refused.status
    return _back("session-approved", term_id, offering_id)


@bp.post("/<id:on>/return")
def send_back(term_id: str, offering_id: str, on: str) -> tuple[str, int] | Response:
    """Return a session's content with a reason that the teacher reads."""
    form, body = f"return-{on}", {"on": on, **typed("reason")}
    if not body["reason"]:
        return _page(term_id, offering_id, Trouble.with_field(form, "reason")), 422
    try:
        tell("enrollment", "return_session_content", {"offering_id": offering_id}, body)
    except Refused as refused:
        return _page(term_id, offering_id, Trouble.of(form, refused)), refused.status
    return _back("session-returned", term_id, offering_id)


@bp.post("/substitute")
def substitute(term_id: str, offering_id: str) -> tuple[str, int] | Response:
    """Give a day to another teacher, or to other content."""
    body = typed("on", "teacher_id", "content_kind", "description")
    missing = first_empty(body)
    if missing:
        trouble = Trouble.with_field("substitute", missing, _advice(missing))
        return _page(term_id, offering_id, trouble), 422
    try:
        tell("enrollment", "substitute_session", {"offering_id": offering_id}, body)
    except Refused as refused:
        return _page(term_id, offering_id, Trouble.of("substitute", refused)), refused.status
    return _back("session-substituted", term_id, offering_id)


def _advice(name: str) -> str:
    # A day is asked for elsewhere too, there as the day on which a child comes back.
    return t("office-sessions.advice-on") if name == "on" else ""


def _back(said: str, term_id: str, offering_id: str) -> Response:
    return done(said, "term_sessions.page", term_id=term_id, offering_id=offering_id)


def _page(term_id: str, offering_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "list_session_contents", {"offering_id": offering_id})["items"]
    offering = offering_of(term_id, offering_id)
    return render_template(
        "office/term/sessions.html",
        term=term_of(term_id),
        offering=offering,
        sessions=sorted(found, key=lambda each: (ORDER.index(each["standing"]), each["on"])),
        names={each["staff_id"]: each["name"] for each in staff()},
        teachers=named(assignable(term_id)),
        contents=policy()["content_kinds"].get(offering["service_kind"], []),
        today=gateway().clock.now().date().isoformat(),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )
