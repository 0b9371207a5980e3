"""What a term's plan stands on in writing: meetings, declarations, reasons, disclosure, rules."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.filing import DOCUMENTS
from contracts.enrollment.plans import ACTIVITIES, DECLARATIONS
from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.terms import first_empty, nothing_here, plan_of, term_of, typed
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("term_records", __name__, url_prefix="/office/terms/<id:term_id>")
only_for(bp, "school_office")

DISCLOSED = ("mode", "content", "safety_measures")


@bp.get("/meetings")
def meetings(term_id: str) -> str:
    """Show the newest meeting of each kind, and the form for the next."""
    return _meetings(term_id, None)


@bp.post("/meetings")
def record_meeting(term_id: str) -> tuple[str, int] | Response:
    """Record a meeting with its minutes."""
    wanted = typed("meeting", "held_on", "minutes")
    missing = first_empty(wanted)
    if missing:
        return _meetings(term_id, Trouble.with_field("meeting", missing)), 422
    body = {"kind": wanted.pop("meeting"), **wanted}
    try:
        tell("enrollment", "record_stage_activity", {"term_id": term_id}, body)
    except Refused as refused:
        return _meetings(term_id, Trouble.of("meeting", refused)), refused.status
    return done("meeting-recorded", "term_records.meetings", "held", term_id=term_id)


@bp.get("/declarations")
def declarations(term_id: str) -> str:
    """Show what the school declares, and what it has declared."""
    return _declarations(term_id, None)


@bp.post("/declarations/<any(curriculum_complete):declaration>")
def declare(term_id: str, declaration: str) -> tuple[str, int] | Response:
    """Make a declaration."""
    form = f"declare-{declaration}"
    if request.form.get("agreed") != "yes":
        return _declarations(term_id, Trouble.with_field(form, "declared")), 422
    try:
        body = {"declaration": declaration}
        tell("enrollment", "make_declaration", {"term_id": term_id}, body)
    except Refused as refused:
        return _declarations(term_id, Trouble.of(form, refused)), refused.status
    return done("declared", "term_plan.page", term_id=term_id)


@bp.get("/omissions/<id:item>")
def omission(term_id: str, item: str) -> str:
    """Show what is left out and why."""
    return _omission(term_id, item, None)


@bp.post("/omissions/<id:item>")
def explain(term_id: str, item: str) -> tuple[str, int] | Response:
    """Leave an item out, with a reason."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _omission(term_id, item, Trouble.with_field("omission", "reason")), 422
    try:
        body = {"item": item, "reason": reason}
        tell("enrollment", "explain_omission", {"term_id": term_id}, body)
    except Refused as refused:
        return _omission(term_id, item, Trouble.of("omission", refused)), refused.status
    return done("omission-explained", "term_plan.page", term_id=term_id)


@bp.get("/disclosure")
def disclosure(term_id: str) -> str:
    """Show what the public reads of the service."""
    return _disclosure(term_id, None)


@bp.post("/disclosure")
def disclose(term_id: str) -> tuple[str, int] | Response:
    """Disclose mode, content and safety measures."""
    body = typed(*DISCLOSED)
    missing = first_empty(body)
    if missing:
        return _disclosure(term_id, Trouble.with_field("disclosure", missing)), 422
    try:
        tell("enrollment", "disclose_service", {"term_id": term_id}, body)
    except Refused as refused:
        return _disclosure(term_id, Trouble.of("disclosure", refused)), refused.status
    return done("disclosed", "term_records.disclosure", term_id=term_id)


@bp.get("/rules")
def rules(term_id: str) -> str:
    """Show the school's written rules and what is missing among them."""
    return render_template(
        "office/term/rules.html", term=term_of(term_id), documents=DOCUMENTS, **_library()
    )


@bp.get("/rules/<id:document>")
def rule(term_id: str, document: str) -> str:
    """Show one written rule in its newest version."""
    return _rule(term_id, document, None)


@bp.post("/rules/<id:document>")
def publish_rule(term_id: str, document: str) -> tuple[str, int] | Response:
    """Publish the next version of a written rule."""
    text = request.form.get("text", "").strip()
    if not text:
        return _rule(term_id, document, Trouble.with_field("rule", "text")), 422
    body = {"document": document, "text": text}
    try:
        tell("enrollment", "publish_rule", {"school_id": school()}, body)
    except Refused as refused:
        return _rule(term_id, document, Trouble.of("rule", refused)), refused.status
    return done("rule-published", "term_records.rules", term_id=term_id)


def _meetings(term_id: str, trouble: Trouble | None) -> str:
    return render_template(
        "office/term/meetings.html",
        term=term_of(term_id),
        held=plan_of(term_id)["meetings"],
        kinds=ACTIVITIES,
        kind=request.args.get("kind", ""),
        today=gateway().clock.now().date().isoformat(),
        form=Form("meeting", trouble),
        trouble=trouble,
    )


def _declarations(term_id: str, trouble: Trouble | None) -> str:
    checklist = plan_of(term_id)["checklist"]
    return render_template(
        "office/term/declarations.html",
        term=term_of(term_id),
        declarations=DECLARATIONS,
        states={each["item"]: each["state"] for each in checklist},
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _omission(term_id: str, item: str, trouble: Trouble | None) -> str:
    lines = [
        each
        for each in plan_of(term_id)["checklist"]
        if each["item"] == item and each["explainable"]
    ]
    if not lines:
        raise nothing_here()
    return render_template(
        "office/term/omission.html",
        term=term_of(term_id),
        line=lines[0],
        form=Form("omission", trouble),
        trouble=trouble,
    )


def _disclosure(term_id: str, trouble: Trouble | None) -> str:
    return render_template(
        "office/term/disclosure.html",
        term=term_of(term_id),
        names=DISCLOSED,
        disclosed=_disclosed(term_id) if plan_of(term_id)["disclosed"] else {},
        form=Form("disclosure", trouble),
        trouble=trouble,
    )


def _disclosed(term_id: str) -> dict[str, Any]:
    return ask("enrollment", "get_disclosure", {"term_id": term_id})


def _rule(term_id: str, document: str, trouble: Trouble | None) -> str:
    if document not in DOCUMENTS:
        raise nothing_here()
    return render_template(
        "office/term/rule.html",
        term=term_of(term_id),
        document=document,
        rule=_library()["library"].get(document),
        form=Form("rule", trouble),
        trouble=trouble,
    )


def _library() -> dict[str, Any]:
    found = ask("enrollment", "list_rules", {"school_id": school()})
    return {
        "library": {each["document"]: each for each in found["items"]},
        "missing": found["missing"],
    }
