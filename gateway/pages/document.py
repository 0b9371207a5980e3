"""`/documents`: the papers and files that guardians and schools take away from the pages."""

from __future__ import annotations

from flask import Blueprint, Response, request

from gateway.api.documents import PRINTED, exported, noticed, printed
from gateway.pages.frame import ask, only_for, school, tell

bp = Blueprint("document", __name__, url_prefix="/documents")
only_for(bp, "guardian", "school_office", "school_finance")


@bp.get("/applications/<id:application_id>/form.pdf")
def form(application_id: str) -> Response:
    """Return the written application as it was sent."""
    return _printed("form", application_id)


@bp.get("/applications/<id:application_id>/agreement.pdf")
def agreement(application_id: str) -> Response:
    """Return the agreement, with its signature once it is signed."""
    return _printed("agreement", application_id)


@bp.get("/notices/<id:notice_id>/letter.pdf")
def notice(notice_id: str) -> Response:
    """Return a notice as a letter."""
    return noticed(notice_id, lambda operation, params: ask("enrollment", operation, params))


@bp.get("/roster.xlsx")
def roster() -> Response:
    """Return the roster of the viewer's school; the service records it."""
    body = {"masked": bool(request.args.get("masked"))}
    return exported(tell("enrollment", "export_roster", {"school_id": school()}, body))


def _printed(document: str, application_id: str) -> Response:
    operation, _ = PRINTED[document]
    return printed(document, ask("enrollment", operation, {"application_id": application_id}))
