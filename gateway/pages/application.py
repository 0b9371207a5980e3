"""`/me/children/<id>/application`: take part or not, follow the application, sign the agreement."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.guardian import own_child
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("application", __name__, url_prefix="/me")
only_for(bp, "guardian")

STEPS = ("submitted", "accepted", "published", "confirmed", "enrolled")


@bp.get("/children/<id:student_id>/application")
def page(student_id: str) -> str:
    """Show where the child's application stands, term by term."""
    return shown(student_id, None)


@bp.post("/children/<id:student_id>/application/<id:term_id>")
def decide(student_id: str, term_id: str) -> tuple[str, int] | Response:
    """Apply, or say that the child does not take part: two answers of equal weight."""
    child = own_child(student_id)
    school = {"school_id": child["school_id"]}
    body: dict[str, Any] = {"student_id": student_id, "term_id": term_id}
    declines = request.form.get("answer") == "decline"
    kinds = request.form.getlist("service_kinds")
    form = f"term-{term_id}"
    if not declines and not kinds:
        return shown(student_id, Trouble.with_field(form, "service_kinds")), 422
    try:
        if declines:
            tell("enrollment", "decline_participation", school, body)
        else:
            tell("enrollment", "submit_application", school, {**body, "service_kinds": kinds})
    except Refused as refused:
        return shown(student_id, Trouble.of(form, refused)), refused.status
    said = "declined" if declines else "applied"
    return done(said, "application.page", student_id=student_id)


@bp.get("/children/<id:student_id>/agreements/<id:application_id>")
def agreement(student_id: str, application_id: str) -> str:
    """Show the agreement's text."""
    return _agreement(student_id, application_id, None)


@bp.post("/children/<id:student_id>/agreements/<id:application_id>")
def sign(student_id: str, application_id: str) -> tuple[str, int] | Response:
    """Sign the version of the agreement that was shown."""
    if request.form.get("agreed") != "yes":
        trouble = Trouble.with_field("sign", "agreed")
        return _agreement(student_id, application_id, trouble), 422
    body = {"agreement_version": request.form.get("agreement_version", "")}
    try:
        tell("enrollment", "sign_agreement", {"application_id": application_id}, body)
    except Refused as refused:
        trouble = Trouble.of("sign", refused)
        return _agreement(student_id, application_id, trouble), refused.status
    return done("signed", "application.page", student_id=student_id)


def shown(student_id: str, trouble: Trouble | None) -> str:
    """Return the page of a child's applications, with what a form came back for."""
    child = own_child(student_id)
    forms = {t["term_id"]: Form(f"term-{t['term_id']}", trouble) for t in child["terms"]}
    return render_template(
        "guardian/application.html",
        child=child,
        steps=STEPS,
        forms=forms,
        form_of=lambda name: Form(name, trouble),
        today=gateway().clock.now().date().isoformat(),
        chosen=request.form.getlist("service_kinds") if trouble else None,
        trouble=trouble,
    )


def _agreement(student_id: str, application_id: str, trouble: Trouble | None) -> str:
    child = own_child(student_id)
    found = ask("enrollment", "get_agreement", {"application_id": application_id})
    return render_template(
        "guardian/agreement.html",
        child=child,
        agreement=found,
        form=Form("sign", trouble),
        trouble=trouble,
        application_id=application_id,
    )
