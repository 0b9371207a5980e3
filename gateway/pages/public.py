"""`/schools`: find a school, and read what its service is, without a login."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from gateway import public

bp = Blueprint("public", __name__, url_prefix="/schools")

SHOWN = 100


@bp.get("")
def page() -> str:
    """List the schools; with a word of the name, those that have it."""
    wanted = request.args.get("q", "").strip()[:80]
    found = public.read("list_schools")["items"]
    named = [each for each in found if wanted.casefold() in each["name"].casefold()]
    return render_template(
        "public/schools.html",
        schools=named[:SHOWN],
        more=max(0, len(named) - SHOWN),
        wanted=wanted,
    )


@bp.get("/<id:school_id>")
def school(school_id: str) -> str:
    """Show a school's plan, what it has disclosed and its open offerings."""
    found = public.read("get_public_service", {"school_id": school_id})
    return render_template("public/school.html", school=found)
