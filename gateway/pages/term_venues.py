"""`/office/terms/<id>/venues`: the school's rooms and grounds, and when offerings use them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.offerings import VENUE_KINDS
from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.terms import first_empty, named, nothing_here, staff, term_of, typed, whole
from gateway.problems import Refused

bp = Blueprint("term_venues", __name__, url_prefix="/office/terms/<id:term_id>/venues")
only_for(bp, "school_office")


@bp.get("")
def page(term_id: str) -> str:
    """Show the venues."""
    return render_template(
        "office/term/venues.html",
        term=term_of(term_id),
        venues=_venues(),
        names={each["staff_id"]: each["name"] for each in staff()},
        trouble=None,
    )


@bp.get("/new")
def new(term_id: str) -> str:
    """Show the form of a new venue."""
    return _form(term_id, None, None)


@bp.post("/new")
def register(term_id: str) -> tuple[str, int] | Response:
    """Register a venue."""
    return _register(term_id, None)


@bp.get("/<id:venue_id>")
def venue(term_id: str, venue_id: str) -> str:
    """Show the form of a venue as it is."""
    return _form(term_id, _venue(venue_id), None)


@bp.post("/<id:venue_id>")
def correct(term_id: str, venue_id: str) -> tuple[str, int] | Response:
    """Correct a venue."""
    return _register(term_id, _venue(venue_id))


def _register(term_id: str, found: dict[str, Any] | None) -> tuple[str, int] | Response:
    wanted = typed("venue_name", "venue_kind", "capacity", "accountable_id")
    missing = first_empty(wanted)
    if missing:
        return _form(term_id, found, Trouble.with_field("venue", missing)), 422
    lines = request.form.get("equipment", "").splitlines()
    body = {
        "venue_id": found["venue_id"] if found else None,
        "name": wanted["venue_name"],
        "kind": wanted["venue_kind"],
        "capacity": whole(wanted["capacity"]),
        "accountable_id": wanted["accountable_id"],
        "equipment": [line.strip() for line in lines if line.strip()],
    }
    try:
        tell("enrollment", "register_venue", {"school_id": school()}, body)
    except Refused as refused:
        return _form(term_id, found, Trouble.of("venue", refused)), refused.status
    return done("venue-saved", "term_venues.page", term_id=term_id)


def _venues() -> list[dict[str, Any]]:
    return list(ask("enrollment", "list_venues", {"school_id": school()})["items"])


def _venue(venue_id: str) -> dict[str, Any]:
    for each in _venues():
        if each["venue_id"] == venue_id:
            return each
    raise nothing_here()


def _form(term_id: str, found: dict[str, Any] | None, trouble: Trouble | None) -> str:
    return render_template(
        "office/term/venue.html",
        term=term_of(term_id),
        venue=found,
        kinds=VENUE_KINDS,
        staff=named(staff()),
        form=Form("venue", trouble),
        trouble=trouble,
    )
