"""`/office/notices`: tell families, pupils or staff, and see how many have read it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.notices import AUDIENCES, NOTICE_KINDS
from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, school, tell
from gateway.problems import Refused

bp = Blueprint("office_notices", __name__, url_prefix="/office/notices")
only_for(bp, "school_office")

FIELDS = ("term_id", "audience", "kind", "title", "text")


@bp.get("")
def page() -> str:
    """Show what was told, with the receipts, and the form for the next notice."""
    return _page(None)


@bp.get("/<id:notice_id>")
def notice(notice_id: str) -> str:
    """Show one notice as it was told."""
    found = ask("enrollment", "get_notice", {"notice_id": notice_id})
    return render_template("office/notice.html", notice=found)


@bp.post("")
def publish() -> tuple[str, int] | Response:
    """Publish a notice."""
    body = {name: request.form.get(name, "").strip() for name in FIELDS}
    missing = next((name for name, value in body.items() if not value), None)
    if missing:
        return _page(Trouble.with_field("notice", missing)), 422
    try:
        tell("enrollment", "publish_notice", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("notice", refused)), refused.status
    return done("notice-published", "office_notices.page", "told")


def _page(trouble: Trouble | None) -> str:
    here = {"school_id": school()}
    return render_template(
        "office/notices.html",
        terms=ask("enrollment", "list_terms", here)["items"],
        notices=everything("enrollment", "list_notices", here),
        audiences=AUDIENCES,
        kinds=NOTICE_KINDS,
        kind=request.args.get("kind", ""),
        form=Form("notice", trouble),
        trouble=trouble,
    )
