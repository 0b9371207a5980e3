"""`/me/children/<id>/receivers`: who may fetch a child; add one, take one away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, done, only_for, tell
from gateway.pages.guardian import own_child, receivers_of
from gateway.problems import Refused, refusal
from gateway.refusals import NothingThere

bp = Blueprint("receivers", __name__, url_prefix="/me/children/<id:student_id>/receivers")
only_for(bp, "guardian")

OFFERED = (
    "grandfather",
    "grandmother",
    "father",
    "mother",
    "relative",
    "sibling",
    "nanny",
    "neighbour",
    "other",
)
"""Relations to choose from, the likely ones first."""


@bp.get("")
def page(student_id: str) -> str:
    """Show who may fetch the child."""
    return _page(student_id, None)


@bp.post("")
def add(student_id: str) -> tuple[str, int] | Response:
    """Let another adult fetch the child."""
    body: dict[str, Any] = {
        name: request.form.get(name, "").strip() for name in ("name", "relation", "phone")
    }
    missing = next((name for name, value in body.items() if not value), None)
    if missing:
        return _page(student_id, Trouble.with_field("add", missing)), 422
    for name in ("valid_from", "valid_to"):
        body[name] = request.form.get(name) or None
    try:
        tell("attendance", "authorise_pickup", {"student_id": student_id}, body)
    except Refused as refused:
        return _page(student_id, Trouble.of("add", refused)), refused.status
    return done("receiver-added", "receivers.page", student_id=student_id)


@bp.get("/<id:authorisation_id>/revoke")
def ask_revoke(student_id: str, authorisation_id: str) -> str:
    """Ask before an adult is taken off the list."""
    return _confirm(student_id, authorisation_id, None)


@bp.post("/<id:authorisation_id>/revoke")
def revoke(student_id: str, authorisation_id: str) -> tuple[str, int] | Response:
    """Take an adult off the list, from this instant."""
    try:
        tell("attendance", "revoke_pickup", {"authorisation_id": authorisation_id})
    except Refused as refused:
        trouble = Trouble.of("revoke", refused)
        return _confirm(student_id, authorisation_id, trouble), trouble.status
    return done("receiver-revoked", "receivers.page", student_id=student_id)


def _page(student_id: str, trouble: Trouble | None) -> str:
    child = own_child(student_id)
    listed = receivers_of(student_id, all_states=True)
    return render_template(
        "guardian/receivers.html",
        child=child,
        receivers=[each for each in listed if each["state"] in ("valid", "not_yet")],
        former=[each for each in listed if each["state"] in ("expired", "revoked")],
        relations=OFFERED,
        form=Form("add", trouble),
        trouble=trouble,
    )


def _confirm(student_id: str, authorisation_id: str, trouble: Trouble | None) -> str:
    child = own_child(student_id)
    for each in receivers_of(student_id, all_states=True):
        if each["authorisation_id"] == authorisation_id:
            return render_template(
                "guardian/revoke.html",
                child=child,
                receiver=each,
                form=Form("revoke", trouble),
                trouble=trouble,
            )
    raise refusal(NothingThere("receiver"))
