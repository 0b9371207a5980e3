"""`/found-things`: what was found, and a form to report more."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from contracts.safety.found_things import THINGS
from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.terms import first_empty, typed
from gateway.problems import Refused

bp = Blueprint("found_things", __name__, url_prefix="/found-things")
only_for(bp, "teacher", "school_office")


@bp.get("")
def page() -> str:
    """Show what was found."""
    return _page(None)


@bp.post("")
def report() -> tuple[str, int] | Response:
    """Report a thing."""
    body = typed("kind", "found_on")
    if missing := first_empty(body):
        return _page(Trouble.with_field("thing", missing)), 422
    try:
        tell("safety", "report_thing", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("thing", refused)), refused.status
    return done("thing-reported", "found_things.page")


def _page(trouble: Trouble | None) -> str:
    found = ask("safety", "list_things", {"school_id": school()})["items"]
    return render_template(
        "found_things.html", found=found, kinds=THINGS, form=Form("thing", trouble), trouble=trouble
    )
