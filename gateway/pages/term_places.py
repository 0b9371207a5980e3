"""`/office/terms/<id>/places`: how full each offering is, and the allocation of what is free."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.term_offerings import offerings_of
from gateway.pages.terms import policy, term_of, whole
from gateway.problems import Refused

bp = Blueprint("term_places", __name__, url_prefix="/office/terms/<id:term_id>/places")
only_for(bp, "school_office")


@bp.get("")
def page(term_id: str) -> str:
    """Show the places of each offering."""
    return _page(term_id, None)


@bp.post("/allocation")
def allocate(term_id: str) -> tuple[str, int] | Response:
    """Allocate the free places."""
    body = {"seed": request.form.get("seed", "").strip() or None}
    try:
        tell("enrollment", "allocate_places", {"term_id": term_id}, body)
    except Refused as refused:
        return _page(term_id, Trouble.of("allocation", refused)), refused.status
    return done("allocated", "term_places.page", "allocation", term_id=term_id)


@bp.post("/<id:offering_id>/capacity")
def change(term_id: str, offering_id: str) -> tuple[str, int] | Response:
    """Change an offering's number of places."""
    form = f"capacity-{offering_id}"
    capacity = whole(request.form.get("capacity", ""))
    if not isinstance(capacity, int):
        return _page(term_id, Trouble.with_field(form, "capacity")), 422
    body = {"capacity": capacity}
    try:
        tell("enrollment", "change_capacity", {"offering_id": offering_id}, body)
    except Refused as refused:
        return _page(term_id, Trouble.of(form, refused)), refused.status
    return done("capacity-changed", "term_places.page", term_id=term_id)


def _page(term_id: str, trouble: Trouble | None) -> str:
    shown = [each for each in offerings_of(term_id) if each["standing"] == "open"]
    return render_template(
        "office/term/places.html",
        term=term_of(term_id),
        offerings=shown,
        allocation=_newest(term_id),
        rule=policy().get("tie_break", "lottery"),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _newest(term_id: str) -> dict[str, Any] | None:
    try:
        return ask("enrollment", "get_allocation", {"term_id": term_id})
    except Refused as refused:
        if refused.reply["kind"] == "unknown":
            return None
        raise
