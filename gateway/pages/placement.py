"""`/me/children/<id>/places/<id>/…`: a family leaves the service, pauses, comes back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from gateway.pages import application
from gateway.pages.frame import Trouble, done, only_for, tell
from gateway.problems import Refused

bp = Blueprint("placement", __name__, url_prefix="/me")
only_for(bp, "guardian")

ACTIONS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "withdraw": ("withdraw_student", ("effective_on",), ("reason",)),
    "suspend": ("suspend_enrolment", ("from_on",), ("until_on", "reason")),
    "resume": ("resume_enrolment", ("on",), ()),
}
"""Action → the operation, the fields it needs, and those it may have."""

SAID = {"withdraw": "withdrawn", "suspend": "suspended", "resume": "resumed"}


@bp.post(
    "/children/<id:student_id>/places/<id:application_id>/<any(withdraw, suspend, resume):action>"
)
def act(student_id: str, application_id: str, action: str) -> tuple[str, int] | Response:
    """Withdraw the child, suspend the enrolment, or resume it."""
    trouble = send(application_id, action)
    if trouble is not None:
        return application.shown(student_id, trouble), trouble.status
    return done(SAID[action], "application.page", student_id=student_id)


def send(application_id: str, action: str, *, also: tuple[str, ...] = ()) -> Trouble | None:
    """Send the form of an action; return why it came back, None if it is done.

    ``also`` are fields that the caller needs beside those of the action.
    """
    operation, needed, optional = ACTIONS[action]
    name = f"{action}-{application_id}"
    typed = {key: request.form.get(key, "").strip() for key in (*needed, *optional)}
    missing = next((key for key in (*needed, *also) if not typed[key]), None)
    if missing:
        return Trouble.with_field(name, missing)
    body: dict[str, Any] = {key: text for key, text in typed.items() if text}
    try:
        tell("enrollment", operation, {"application_id": application_id}, body)
    except Refused as refused:
        return Trouble.of(name, refused)
    return None
