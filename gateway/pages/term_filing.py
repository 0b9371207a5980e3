"""`/office/terms/<id>/filing`: the semester pack in five parts, filed in one click."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.terms import term_of
from gateway.problems import Refused

bp = Blueprint("term_filing", __name__, url_prefix="/office/terms/<id:term_id>/filing")
only_for(bp, "school_office")

WHERE = {
    "courses": "term_offerings.page",
    "staffing": "term_offerings.page",
    "roster": "office.page",
    "management": "term_plan.page",
}
"""A part → the page where it is filled. The charges are the plan's or the bureau's."""


@bp.get("")
def page(term_id: str) -> str:
    """Show the pack as it would be filed now."""
    return _page(term_id, None)


@bp.post("")
def file(term_id: str) -> tuple[str, int] | Response:
    """File the pack with the bureau."""
    try:
        tell("enrollment", "file_pack", {"term_id": term_id})
    except Refused as refused:
        return _page(term_id, Trouble.of("filing", refused)), refused.status
    return done("filed", "term_filing.page", term_id=term_id)


def _page(term_id: str, trouble: Trouble | None) -> str:
    return render_template(
        "office/term/filing.html",
        term=term_of(term_id),
        pack=ask("enrollment", "get_pack", {"term_id": term_id}),
        where=WHERE,
        form=Form("filing", trouble),
        trouble=trouble,
    )
