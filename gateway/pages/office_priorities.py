"""`/office/students/<id>/priorities`: why a pupil comes first when places are short."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.language import t
from gateway.pages.terms import first_empty, policy, typed
from gateway.problems import Refused

bp = Blueprint("office_priorities", __name__, url_prefix="/office/students/<id:student_id>")
only_for(bp, "school_office")


@bp.get("/priorities")
def page(student_id: str) -> str:
    """Show what has been granted, and the form for another category."""
    return _page(student_id, None)


@bp.post("/priorities")
def grant(student_id: str) -> tuple[str, int] | Response:
    """Grant priority in one category, on evidence."""
    body = typed("category", "evidence", "support")
    missing = first_empty({name: body[name] for name in ("category", "evidence")})
    if missing:
        advice = t("priorities.advice-category") if missing == "category" else ""
        return _page(student_id, Trouble.with_field("priority", missing, advice)), 422
    try:
        tell("enrollment", "grant_priority", {"student_id": student_id}, body)
    except Refused as refused:
        return _page(student_id, Trouble.of("priority", refused)), refused.status
    return done("priority-granted", "office_priorities.page", student_id=student_id)


def _page(student_id: str, trouble: Trouble | None) -> str:
    pupil = {"student_id": student_id}
    granted = ask("enrollment", "list_priorities", pupil)["items"]
    known = policy().get("priority_categories", [])
    return render_template(
        "office/priorities.html",
        student=ask("enrollment", "get_student", pupil),
        granted=granted,
        # What a plan leaves open ("and so on") only the authority grants.
        categories=[each for each in known if each != "other"],
        form=Form("priority", trouble),
        trouble=trouble,
    )
