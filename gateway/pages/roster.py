"""`/office/import`: a roster file, checked first, then imported, with a verdict per row."""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, Response, render_template, request

from gateway.api import verdicts
from gateway.pages.frame import Form, Trouble, ask, only_for, school, tell
from gateway.pages.language import language
from gateway.problems import Refused

bp = Blueprint("roster", __name__, url_prefix="/office/import")
only_for(bp, "school_office")

ROWS_SHOWN = 100


@bp.get("")
def page() -> str:
    """Show the form."""
    return _page(None, None)


@bp.post("")
def upload() -> str | tuple[str, int] | Response:
    """Check a file, or import it; either way say what becomes of each row."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(None, Trouble.with_field("import", "file")), 422
    body = {
        "filename": sent.filename[-255:],
        "content_base64": base64.b64encode(sent.read()).decode("ascii"),
    }
    here = {"school_id": school()}
    try:
        if request.form.get("do") == "import":
            report = tell("enrollment", "import_roster", here, body)
        else:
            report = ask("enrollment", "check_roster", here, body)
    except Refused as refused:
        return _page(None, Trouble.of("import", refused)), refused.status
    return _workbook(report) if request.form.get("do") == "save" else _page(report, None)


@bp.get("/<id:import_id>/verdicts")
def verdicts_of(import_id: str) -> Response:
    """Return the verdict per row of an import as a workbook."""
    return _workbook(ask("enrollment", "get_import", {"import_id": import_id}))


def _workbook(report: dict[str, Any]) -> Response:
    content, content_type = verdicts.as_xlsx(report["rows"], language())
    response = Response(content, content_type=content_type)
    name = f"verdicts-{report['import_id'] or 'check'}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(report: dict[str, Any] | None, trouble: Trouble | None) -> str:
    rows = report["rows"] if report else []
    telling = [row for row in rows if row["outcome"] in ("refused", "skipped")]
    return render_template(
        "office/import.html",
        report=report,
        rows=telling[:ROWS_SHOWN],
        more=max(0, len(telling) - ROWS_SHOWN),
        form=Form("import", trouble),
        trouble=trouble,
    )
