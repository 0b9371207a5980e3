"""`/report`: tell the bureau of a breach, with or without one's name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.safety.breaches import BREACH_KINDS
from gateway.pages import notices
from gateway.pages.frame import Form, Trouble, done, only_for, school, tell, viewer
from gateway.pages.terms import first_empty, typed
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("reporting", __name__, url_prefix="/report")
only_for(bp, "guardian", "teacher")

ANONYMOUS = {"anonymous": True, "named": False}


@bp.get("")
def page() -> str:
    """Show the form, and what anonymous means."""
    return _page(None)


@bp.post("")
def report() -> tuple[str, int] | Response:
    """Report a breach."""
    body: dict[str, Any] = typed("kind", "narrative")
    who = request.form.get("who", "")
    school_id = school() if viewer().role == "teacher" else request.form.get("school_id", "")
    missing = first_empty({"school_id": school_id, **body, "who": who if who in ANONYMOUS else ""})
    if missing:
        return _page(Trouble.with_field("breach", missing)), 422
    body["occurred_on"] = request.form.get("occurred_on") or None
    body["anonymous"] = ANONYMOUS[who]
    try:
        tell("safety", "report_breach", {"school_id": school_id}, body)
    except Refused as refused:
        return _page(Trouble.of("breach", refused)), refused.status
    return done("breach-reported", "reporting.page")


def _page(trouble: Trouble | None) -> str:
    return render_template(
        "report.html",
        schools=notices.schools() if viewer().role == "guardian" else {},
        kinds=BREACH_KINDS,
        today=gateway().clock.now().date().isoformat(),
        form=Form("breach", trouble),
        trouble=trouble,
    )
