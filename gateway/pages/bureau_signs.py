"""`/bureau/terms/<id>/signs`: what to ask a school about: its alerts, and what people report."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from gateway.pages.frame import ask, only_for

bp = Blueprint("bureau_signs", __name__, url_prefix="/bureau/terms/<id:term_id>/signs")
only_for(bp, "bureau")

A_PAGE = 20
"""So many reports at a time: each may be long."""


@bp.get("")
def page(term_id: str) -> str:
    """Show the signs that taking part was not each family's choice, and the reported breaches."""
    plan = ask("enrollment", "get_term_plan", {"term_id": term_id})
    here = {"school_id": plan["school_id"]}
    asked = {"limit": A_PAGE, "after": request.args.get("after") or None}
    terms = ask("enrollment", "list_terms", here)["items"]
    return render_template(
        "bureau/signs.html",
        term_id=term_id,
        term_name=next((each["name"] for each in terms if each["term_id"] == term_id), ""),
        school=ask("enrollment", "get_school", here),
        alerts=ask("enrollment", "list_voluntariness_alerts", {"term_id": term_id})["items"],
        breaches=ask("safety", "list_breaches", here, asked),
    )
