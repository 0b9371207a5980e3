"""`/me/opinions`: say what could be better, and read what the school answered."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, tell
from gateway.pages.notices import schools
from gateway.problems import Refused

bp = Blueprint("opinions", __name__, url_prefix="/me/opinions")
only_for(bp, "guardian")

SOURCES = ("guardian", "pupil")
SHOWN = 10
"""So many improvements are shown, the newest."""


@bp.get("")
def page() -> str:
    """Show the form and the guardian's own opinions with their replies."""
    return _page(None)


@bp.post("")
def give() -> tuple[str, int] | Response:
    """Give an opinion, as guardian or in the pupil's words."""
    text = request.form.get("text", "").strip()
    if not text:
        return _page(Trouble.with_field("opinion", "text")), 422
    body = {"source": request.form.get("source", ""), "text": text}
    try:
        school = {"school_id": request.form.get("school_id", "")}
        tell("enrollment", "give_opinion", school, body)
    except Refused as refused:
        return _page(Trouble.of("opinion", refused)), refused.status
    return done("opinion-given", "opinions.page")


def _page(trouble: Trouble | None) -> str:
    mine = schools()
    given = [
        {**each, "school_name": name}
        for school_id, name in mine.items()
        for each in everything("enrollment", "list_opinions", {"school_id": school_id})
    ]
    given.sort(key=lambda each: each["received_at"], reverse=True)
    improvements = [
        {**each, "school_name": name}
        for school_id, name in mine.items()
        for each in ask("enrollment", "list_improvements", {"school_id": school_id})["items"]
    ]
    improvements.sort(key=lambda each: each["published_at"], reverse=True)
    return render_template(
        "guardian/opinions.html",
        improvements=improvements[:SHOWN],
        schools=mine,
        sources=SOURCES,
        opinions=given,
        form=Form("opinion", trouble),
        trouble=trouble,
    )
