"""`/students/<id>/priorities`: why a pupil comes first, and what the staff must know to help."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.bureau_policy import in_force
from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, tell, viewer
from gateway.pages.terms import first_empty, typed
from gateway.problems import Refused

bp = Blueprint("priorities", __name__)
only_for(bp, "school_office", "bureau")

BY_THE_BUREAU = "other"
"""What a plan leaves open ("and so on"): only the bureau grants it."""


@bp.get("/students/<id:student_id>/priorities")
def page(student_id: str) -> str:
    """Show a pupil's categories of priority."""
    return _page(student_id, None)


@bp.post("/students/<id:student_id>/priorities")
def grant(student_id: str) -> tuple[str, int] | Response:
    """Grant a category with its evidence; again, to write both anew."""
    body = typed("category", "evidence", "support")
    missing = first_empty({name: body[name] for name in ("category", "evidence")})
    if missing:
        return _page(student_id, Trouble.with_field("priority", missing)), 422
    try:
        tell("enrollment", "grant_priority", {"student_id": student_id}, body)
    except Refused as refused:
        return _page(student_id, Trouble.of("priority", refused)), refused.status
    return done("priority-granted", "priorities.page", student_id=student_id)


@bp.get("/bureau/schools/<id:school_id>/pupils")
def pupils(school_id: str) -> str:
    """List a school's classes, and the pupils of the one that is chosen, names masked."""
    here = {"school_id": school_id}
    class_id = request.args.get("class", "")
    found = everything("enrollment", "list_students", here, class_id=class_id) if class_id else []
    return render_template(
        "bureau/pupils.html",
        school=ask("enrollment", "get_school", here),
        classes=ask("enrollment", "list_classes", here)["items"],
        class_id=class_id,
        pupils=found,
    )


def _page(student_id: str, trouble: Trouble | None) -> str:
    student = ask("enrollment", "get_student", {"student_id": student_id})
    by_bureau = viewer().role == "bureau"
    listed = _categories(student["school_id"])
    return render_template(
        "priorities.html",
        frame="bureau/frame.html" if by_bureau else "office/frame.html",
        by_bureau=by_bureau,
        student=student,
        granted=ask("enrollment", "list_priorities", {"student_id": student_id})["items"],
        categories=[*listed, BY_THE_BUREAU] if by_bureau else listed,
        form=Form("priority", trouble),
        trouble=trouble,
    )


def _categories(school_id: str) -> list[str]:
    school = ask("enrollment", "get_school", {"school_id": school_id})
    found: dict[str, Any] = in_force(school["profile"], school["district_id"])
    return list(found["parameters"].get("priority_categories") or [])
