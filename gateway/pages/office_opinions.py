"""`/office/opinions`: what waits for a reply or an improvement, and for how many days."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.opinions import SOURCES
from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, school, tell
from gateway.problems import Refused

bp = Blueprint("office_opinions", __name__, url_prefix="/office/opinions")
only_for(bp, "school_office")


@bp.get("")
def page() -> str:
    """Show open opinions, the longest waiting first."""
    return _page(None)


@bp.post("")
def take_down() -> tuple[str, int] | Response:
    """Take down what somebody said."""
    text = request.form.get("text", "").strip()
    if not text:
        return _page(Trouble.with_field("opinion", "text")), 422
    contact = request.form.get("contact", "").strip() or None
    body = {"source": request.form.get("source", ""), "text": text, "contact": contact}
    try:
        tell("enrollment", "give_opinion", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("opinion", refused)), refused.status
    return done("opinion-given", "office_opinions.page", "open")


@bp.post("/<id:opinion_id>/answer")
def answer(opinion_id: str) -> tuple[str, int] | Response:
    """Reply to an opinion; the reply may name an improvement."""
    form = f"reply-{opinion_id}"
    reply = request.form.get("reply", "").strip()
    if not reply:
        return _page(Trouble.with_field(form, "reply")), 422
    body = {"reply": reply, "improvement_id": request.form.get("improvement_id") or None}
    try:
        tell("enrollment", "answer_opinion", {"opinion_id": opinion_id}, body)
    except Refused as refused:
        return _page(Trouble.of(form, refused)), refused.status
    return done("opinion-answered", "office_opinions.page", "open")


@bp.post("/improvements")
def improve() -> tuple[str, int] | Response:
    """Publish an improvement that answers some opinions."""
    body = {name: request.form.get(name, "").strip() for name in ("title", "text")}
    missing = next((name for name, value in body.items() if not value), None)
    if missing:
        return _page(Trouble.with_field("improvement", missing)), 422
    linked = {"opinion_ids": request.form.getlist("opinion_ids")}
    try:
        tell("enrollment", "publish_improvement", {"school_id": school()}, {**body, **linked})
    except Refused as refused:
        return _page(Trouble.of("improvement", refused)), refused.status
    return done("improvement-published", "office_opinions.page", "improvements")


def _page(trouble: Trouble | None) -> str:
    here = {"school_id": school()}
    given = everything("enrollment", "list_opinions", here)
    return render_template(
        "office/opinions.html",
        waiting=[each for each in given if each["waits_for"]],
        settled=[each for each in reversed(given) if not each["waits_for"]],
        improvements=ask("enrollment", "list_improvements", here)["items"],
        chosen=request.form.getlist("opinion_ids") if trouble else (),
        sources=SOURCES,
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )
