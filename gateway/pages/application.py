"""`/me/children/<id>/application`: take part or not, follow the application, sign the agreement."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.guardian import TAKING_PART, own_child
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("application", __name__, url_prefix="/me")
only_for(bp, "guardian")

ANSWERS = {"yes": True, "no": False}


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
    form = f"term-{term_id}"
    if not declines and request.form.get("pupil_assents") == "no":
        # No error: the child has answered, and the family reads what that means.
        heard = Trouble(form, "", 422, typed=request.form.to_dict())
        return shown(student_id, heard, child_said_no=True), heard.status
    trouble = None if declines else _incomplete(form, child, term_id)
    if trouble is not None:
        return shown(student_id, trouble), trouble.status
    try:
        if declines:
            tell("enrollment", "decline_participation", school, body)
        else:
            tell("enrollment", "submit_application", school, {**body, **_wanted()})
    except Refused as refused:
        return shown(student_id, Trouble.of(form, refused)), refused.status
    said = "declined" if declines else "applied"
    return done(said, "application.page", student_id=student_id)


@bp.post("/children/<id:student_id>/assent/<id:application_id>")
def assent(student_id: str, application_id: str) -> tuple[str, int] | Response:
    """Record what the pupil says now: both answers count, at any time."""
    own_child(student_id)
    answer = request.form.get("answer", "")
    if answer not in ANSWERS:
        trouble = Trouble.with_field(f"assent-{application_id}", "pupil_assents")
        return shown(student_id, trouble), trouble.status
    here = {"application_id": application_id}
    try:
        tell("enrollment", "record_pupil_assent", here, {"assents": ANSWERS[answer]})
    except Refused as refused:
        return shown(student_id, Trouble.of(f"assent-{application_id}", refused)), refused.status
    said = "assent-yes" if ANSWERS[answer] else "assent-no"
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


def shown(student_id: str, trouble: Trouble | None, *, child_said_no: bool = False) -> str:
    """Return the page of a child's applications, with what a form came back for."""
    child = own_child(student_id)
    forms = {t["term_id"]: Form(f"term-{t['term_id']}", trouble) for t in child["terms"]}
    return render_template(
        "guardian/application.html",
        child=child,
        steps=TAKING_PART,
        forms=forms,
        form_of=lambda name: Form(name, trouble),
        today=gateway().clock.now().date().isoformat(),
        chosen=request.form.getlist("service_kinds") if trouble else None,
        trouble=trouble,
        child_said_no=child_said_no,
    )


def _incomplete(form: str, child: dict[str, Any], term_id: str) -> Trouble | None:
    """Return what is missing of an application."""
    needed = any(
        each["term_id"] == term_id and each["pupil_assent_required"] for each in child["terms"]
    )
    if needed and request.form.get("pupil_assents", "") not in ANSWERS:
        return Trouble.with_field(form, "pupil_assents")
    if not request.form.getlist("service_kinds"):
        return Trouble.with_field(form, "service_kinds")
    return None


def _wanted() -> dict[str, Any]:
    said = ANSWERS.get(request.form.get("pupil_assents", ""))
    return {
        "service_kinds": request.form.getlist("service_kinds"),
        **({} if said is None else {"pupil_assents": said}),
    }


def _agreement(student_id: str, application_id: str, trouble: Trouble | None) -> str:
    child = own_child(student_id)
    here = {"application_id": application_id}
    found = ask("enrollment", "get_agreement", here)
    record = ask("enrollment", "get_agreement_record", here) if found["signed"] else None
    return render_template(
        "guardian/agreement.html",
        child=child,
        agreement=found,
        record=record,
        form=Form("sign", trouble),
        trouble=trouble,
        application_id=application_id,
    )
