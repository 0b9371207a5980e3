"""`/office/accounts`: logins for the school's staff and guardians."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from chassis.eventsourcing.application import invalid
from chassis.eventsourcing.application import refused as refused_reply
from chassis.kernel.errors import BusinessRuleViolation
from contracts.enrollment.vocabulary import STAFF_KINDS
from gateway.accounts import Account
from gateway.api.staff_accounts import make_for_school
from gateway.pages.frame import Form, Trouble, ask, done, everything, only_for, school, tell
from gateway.pages.language import t
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("staff_accounts", __name__, url_prefix="/office/accounts")
only_for(bp, "school_office")

STAFF_ROLES = ("teacher", "gate_guard", "school_finance")
SHOWN = 500


@bp.get("")
def page() -> str:
    """Show the school's accounts."""
    return _page(None)


@bp.post("")
def make_staff() -> str | tuple[str, int]:
    """Register a member of staff and make their login; the password is shown this once."""
    form = request.form
    missing = next((n for n in ("name", "role", "username") if not form.get(n, "").strip()), None)
    if form.get("role") == "teacher" and not form.getlist("class_ids"):
        missing = missing or "class_ids"
    if missing:
        return _page(Trouble.with_field("staff", missing)), 422
    if gateway().accounts.find(form["username"]):
        # Asked before anybody is registered, or each try would leave a member of staff behind.
        return _page(Trouble.with_field("staff", "username", t("accounts.taken"))), 422
    body = {"name": form["name"].strip(), "kind": form.get("kind", STAFF_KINDS[0])}
    try:
        staff = tell("enrollment", "register_staff", {"school_id": school()}, body)
        made = _make(staff["staff_id"], form["role"], form.getlist("class_ids"))
    except Refused as refused:
        return _page(Trouble.of("staff", refused)), refused.status
    return _page(None, made)


@bp.get("/classes/<id:class_id>")
def pupils(class_id: str) -> str:
    """Show a class's pupils, to find the guardian of one."""
    students = everything("enrollment", "list_students", {"school_id": school()}, class_id=class_id)
    return render_template("office/pupils.html", students=students)


@bp.get("/students/<id:student_id>")
def guardians(student_id: str) -> str:
    """Show a pupil's guardians."""
    return _guardians(student_id, None)


@bp.post("/students/<id:student_id>/<id:guardian_id>")
def make_guardian(student_id: str, guardian_id: str) -> str | tuple[str, int]:
    """Make a guardian's login; the password is shown this once."""
    if not request.form.get("username", "").strip():
        return _guardians(student_id, Trouble.with_field(guardian_id, "username")), 422
    try:
        made = _make(guardian_id, "guardian", [])
    except Refused as refused:
        return _guardians(student_id, Trouble.of(guardian_id, refused)), refused.status
    return _guardians(student_id, None, made)


@bp.post("/students/<id:student_id>/<id:guardian_id>/block")
def block(student_id: str, guardian_id: str) -> tuple[str, int] | Response:
    """Keep a guardian from a pupil, or let the person back, with proof."""
    form, lifts = f"block-{guardian_id}", request.form.get("do") == "unblock"
    proof = request.form.get("proof", "").strip()
    if not proof:
        return _guardians(student_id, Trouble.with_field(form, "proof")), 422
    whom = {"student_id": student_id, "guardian_id": guardian_id}
    operation = "unblock_guardian" if lifts else "block_guardian"
    try:
        tell("enrollment", operation, whom, {"proof": proof})
    except Refused as refused:
        return _guardians(student_id, Trouble.of(form, refused)), refused.status
    said = "guardian-unblocked" if lifts else "guardian-blocked"
    return done(said, "staff_accounts.guardians", student_id=student_id)


def _make(person_id: str, role: str, class_ids: list[str]) -> dict[str, Any]:
    wanted = {
        "username": request.form["username"].strip(),
        "role": role,
        "person_id": person_id,
        "class_ids": class_ids if role == "teacher" else [],
    }
    try:
        return make_for_school(school(), wanted)
    except ValidationError as error:
        raise Refused(invalid(error)) from error
    except BusinessRuleViolation as violation:
        raise Refused(refused_reply(violation)) from violation


def _page(trouble: Trouble | None, made: dict[str, Any] | None = None) -> str:
    accounts: list[Account] = gateway().accounts.of_school(school(), after=None, limit=SHOWN)
    return render_template(
        "office/accounts.html",
        staff=[each for each in accounts if each.role != "guardian"],
        classes=ask("enrollment", "list_classes", {"school_id": school()})["items"],
        roles=STAFF_ROLES,
        kinds=STAFF_KINDS,
        chosen=request.form.getlist("class_ids") if trouble else [],
        form=Form("staff", trouble),
        trouble=trouble,
        made=made,
    )


def _guardians(student_id: str, trouble: Trouble | None, made: dict[str, Any] | None = None) -> str:
    student = ask("enrollment", "get_student", {"student_id": student_id})
    forms = {g["guardian_id"]: Form(g["guardian_id"], trouble) for g in student["guardians"]}
    blocks = {g: Form(f"block-{g}", trouble) for g in forms}
    return render_template(
        "office/guardians.html",
        student=student,
        forms=forms,
        block_forms=blocks,
        trouble=trouble,
        made=made,
    )
