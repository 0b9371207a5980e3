"""`/terms/<id>/helpers`: pupils who help in a term, and answer for nobody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.helpers import HELPER_ROLES
from gateway.pages.frame import (
    Form,
    Trouble,
    ask,
    done,
    everything,
    names_of,
    only_for,
    school,
    tell,
    viewer,
)
from gateway.pages.terms import first_empty, term_of, typed
from gateway.problems import Refused

bp = Blueprint("pupil_helpers", __name__, url_prefix="/terms/<id:term_id>/helpers")
only_for(bp, "school_office", "teacher")

DO = {"appoint": "appoint_pupil_helper", "end": "end_pupil_helper"}
SAID = {"appoint": "helper-appointed", "end": "helper-ended"}


@bp.get("")
def page(term_id: str) -> str:
    """Show the helpers and the form to appoint one."""
    return _page(term_id, None)


@bp.post("/<any(appoint, end):action>")
def act(term_id: str, action: str) -> tuple[str, int] | Response:
    """Appoint a pupil to help, or end it."""
    body = typed("student_id", "helper_role")
    missing = first_empty(body)
    if missing:
        return _page(term_id, Trouble.with_field(action, missing)), 422
    said = {"student_id": body["student_id"], "role": body["helper_role"]}
    try:
        tell("enrollment", DO[action], {"term_id": term_id}, said)
    except Refused as refused:
        return _page(term_id, Trouble.of(action, refused)), refused.status
    where = {"term_id": term_id, "class": request.form.get("class") or None}
    return done(SAID[action], "pupil_helpers.page", **where)


def _page(term_id: str, trouble: Trouble | None) -> str:
    enrolled = _enrolled(term_id)
    classes = {each["class_id"]: each["class_name"] for each in enrolled}
    asked = request.values.get("class", "")
    class_id = asked if asked in classes else next(iter(classes), "")
    return render_template(
        "pupil_helpers.html",
        frame="office/frame.html" if viewer().role == "school_office" else "base.html",
        term=term_of(term_id),
        helpers=_helpers(term_id),
        classes=classes,
        class_id=class_id,
        pupils=[each for each in enrolled if each["class_id"] == class_id],
        roles=HELPER_ROLES,
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _enrolled(term_id: str) -> list[dict[str, Any]]:
    """Return those who take part, class by class: a teacher's own pupils, or the school's."""
    here = {"school_id": school()}
    found = everything("enrollment", "list_applications", here, state="enrolled", term_id=term_id)
    return sorted(found, key=lambda each: (len(each["class_name"]), each["class_name"]))


def _helpers(term_id: str) -> list[dict[str, Any]]:
    """Return the helpers whom the viewer may know, with their classes."""
    found = ask("enrollment", "list_pupil_helpers", {"term_id": term_id})["items"]
    known = names_of({each["student_id"] for each in found})
    return [{**each, **known[each["student_id"]]} for each in found if each["student_id"] in known]
