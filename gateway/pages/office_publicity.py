"""`/office/publicities/<id>`: a list to print, its objections, and whom to take off it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, school, tell
from gateway.pages.objections import objections_to
from gateway.problems import Refused

bp = Blueprint("office_publicity", __name__, url_prefix="/office/publicities/<id:publicity_id>")
only_for(bp, "school_office")

UPHELD = {"yes": True, "no": False}


@bp.get("")
def page(publicity_id: str) -> str:
    """Show a list as it hangs out, and the objections."""
    return _page(publicity_id, None)


@bp.post("/objections/<id:objection_id>")
def resolve(publicity_id: str, objection_id: str) -> tuple[str, int] | Response:
    """Resolve an objection with an answer."""
    form = f"objection-{objection_id}"
    answer = request.form.get("answer", "").strip()
    upheld = request.form.get("upheld", "")
    missing = "answer" if not answer else "upheld" if upheld not in UPHELD else None
    if missing:
        return _page(publicity_id, Trouble.with_field(form, missing)), 422
    body = {"objection_id": objection_id, "upheld": UPHELD[upheld], "answer": answer}
    try:
        tell("enrollment", "resolve_objection", {"publicity_id": publicity_id}, body)
    except Refused as refused:
        return _page(publicity_id, Trouble.of(form, refused)), refused.status
    return done(
        "objection-resolved", "office_publicity.page", "objections", publicity_id=publicity_id
    )


@bp.post("/rejection")
def reject(publicity_id: str) -> tuple[str, int] | Response:
    """Reject an application of the list with a reason that the family reads."""
    application_id = request.form.get("application_id", "")
    reason = request.form.get("reason", "").strip()
    missing = "application_id" if not application_id else "reason" if not reason else None
    if missing:
        return _page(publicity_id, Trouble.with_field("rejection", missing)), 422
    try:
        target = {"application_id": application_id}
        tell("enrollment", "reject_application", target, {"reason": reason})
    except Refused as refused:
        return _page(publicity_id, Trouble.of("rejection", refused)), refused.status
    return done("rejected", "office_publicity.page", publicity_id=publicity_id)


def _page(publicity_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "get_publicity", {"publicity_id": publicity_id})
    here = {"school_id": school()}
    published = everything("enrollment", "list_applications", here, state="published")
    listed = [each for each in published if each["publicity_id"] == publicity_id]
    classes = {each["class_id"]: each["class_name"] for each in listed}
    asked = request.values.get("class", "")
    return render_template(
        "office/publicity.html",
        publicity=found,
        objections=objections_to(publicity_id),
        classes=dict(sorted(classes.items(), key=lambda each: (len(each[1]), each[1]))),
        class_id=asked,
        listed=[each for each in listed if each["class_id"] == asked],
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )
