"""`/office/terms/<id>/staff`: who volunteered, who is screened, who has signed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.safety.fitness import RESULTS
from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.terms import first_empty, nothing_here, staff, term_of, typed
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("term_staff", __name__, url_prefix="/office/terms/<id:term_id>/staff")
only_for(bp, "school_office")


@bp.get("")
def page(term_id: str) -> str:
    """Show every member of staff, who volunteered first."""
    return render_template(
        "office/term/staff.html", term=term_of(term_id), people=_people(term_id), trouble=None
    )


@bp.get("/<id:staff_id>")
def person(term_id: str, staff_id: str) -> str:
    """Show one member of staff with the two forms."""
    return _person(term_id, staff_id, None)


@bp.post("/<id:staff_id>/screening")
def screen(term_id: str, staff_id: str) -> tuple[str, int] | Response:
    """Record the result of a screening."""
    body: dict[str, Any] = typed("result", "checked_on", "valid_until", "note")
    wanted = ("result", "checked_on", *(("valid_until",) if body["result"] == "clear" else ()))
    missing = first_empty({name: body[name] for name in wanted})
    if missing:
        return _person(term_id, staff_id, Trouble.with_field("screening", missing)), 422
    if body["result"] != "clear":
        body["valid_until"] = None
    body = {name: value or None for name, value in body.items()}
    try:
        tell("safety", "record_screening", {"school_id": school(), "staff_id": staff_id}, body)
    except Refused as refused:
        return _person(term_id, staff_id, Trouble.of("screening", refused)), refused.status
    return done("screened", "term_staff.page", term_id=term_id)


@bp.post("/<id:staff_id>/statement")
def sign(term_id: str, staff_id: str) -> tuple[str, int] | Response:
    """Record a responsibility statement that was signed on paper."""
    evidence = request.form.get("kept_at", "").strip()
    if not evidence:
        return _person(term_id, staff_id, Trouble.with_field("statement", "kept_at")), 422
    body = {
        "term_id": term_id,
        "statement_version": request.form.get("statement_version", ""),
        "evidence": evidence,
    }
    where = {"school_id": school(), "staff_id": staff_id}
    try:
        tell("safety", "sign_responsibility_statement", where, body)
    except Refused as refused:
        return _person(term_id, staff_id, Trouble.of("statement", refused)), refused.status
    return done("statement-recorded", "term_staff.page", term_id=term_id)


def _people(term_id: str) -> list[dict[str, Any]]:
    """Return the staff with what stands in the way of giving them a session."""
    volunteers = {
        each["staff_id"]: each
        for each in ask("enrollment", "list_volunteers", {"term_id": term_id})["items"]
    }
    checked = ask("safety", "list_staff_fitness", {"school_id": school()}, {"term_id": term_id})
    fitness = {each["staff_id"]: each for each in checked["items"]}
    people = [
        {
            **each,
            "volunteer": volunteers.get(each["staff_id"]),
            "fitness": fitness.get(each["staff_id"], {}),
        }
        for each in staff()
    ]
    return sorted(people, key=lambda each: each["volunteer"] is None)


def _person(term_id: str, staff_id: str, trouble: Trouble | None) -> str:
    found = next((each for each in _people(term_id) if each["staff_id"] == staff_id), None)
    if found is None:
        raise nothing_here()
    return render_template(
        "office/term/person.html",
        term=term_of(term_id),
        person=found,
        statement=ask("safety", "get_responsibility_statement"),
        results=RESULTS,
        today=gateway().clock.now().date().isoformat(),
        screening=Form("screening", trouble),
        signing=Form("statement", trouble),
        trouble=trouble,
    )
