"""`/publicities/<id>`: the list as it is shown, names masked, and the form to object to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("objections", __name__, url_prefix="/publicities")
only_for(bp, "guardian", "teacher", "gate_guard", "school_finance")


@bp.get("/<id:publicity_id>")
def page(publicity_id: str) -> str:
    """Show the list, one's own objections and what the school answered."""
    return _page(publicity_id, None)


@bp.post("/<id:publicity_id>/objections")
def object_to(publicity_id: str) -> tuple[str, int] | Response:
    """Raise an objection."""
    text = request.form.get("text", "").strip()
    if not text:
        return _page(publicity_id, Trouble.with_field("objection", "text")), 422
    try:
        tell("enrollment", "raise_objection", {"publicity_id": publicity_id}, {"text": text})
    except Refused as refused:
        return _page(publicity_id, Trouble.of("objection", refused)), refused.status
    return done("objection-raised", "objections.page", "mine", publicity_id=publicity_id)


def objections_to(publicity_id: str) -> list[dict[str, Any]]:
    """Return the objections that the viewer may read, the newest first."""
    found = ask("enrollment", "list_objections", {"publicity_id": publicity_id})["items"]
    return list(reversed(found))


def _page(publicity_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "get_publicity", {"publicity_id": publicity_id})
    today = gateway().clock.now().date().isoformat()
    return render_template(
        "publicity.html",
        publicity=found,
        mine=objections_to(publicity_id),
        shown_today=found["state"] == "published" and today <= found["closes_on"],
        form=Form("objection", trouble),
        trouble=trouble,
    )
