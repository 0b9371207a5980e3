"""`/me`: a guardian's children, where they are, and the code that fetches them today."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, names_of, only_for, tell
from gateway.pages.qr import qr_of
from gateway.problems import Refused, refusal
from gateway.refusals import NothingThere
from gateway.state import gateway

bp = Blueprint("guardian", __name__, url_prefix="/me")
only_for(bp, "guardian")

TAKING_PART = ("submitted", "accepted", "published", "confirmed", "enrolled")
"""States of an application with which a family chooses offerings, in their order."""

TO_DO = ("apply", "sign", "read_reason")
NEEDS_NO_CODE = ("handed_over", "absent", "leave")


@bp.get("")
def page() -> str:
    """Show a card per child."""
    return _page(None)


@bp.get("/children/<id:student_id>/state")
def state(student_id: str) -> str:
    """Return where the child is and today's code, for a page that is open already."""
    return render_template("guardian/_today.html", child=_with_pickup(_child(student_id)))


@bp.get("/children/<id:student_id>/code")
def code(student_id: str) -> str:
    """Fill the screen with today's code."""
    return render_template("guardian/code.html", child=_with_pickup(_child(student_id)))


@bp.get("/children/<id:student_id>/pass")
def fresh_pass(student_id: str) -> str:
    """Return the full screen's middle part, for a page that is open already."""
    return render_template("guardian/_pass.html", child=_with_pickup(_child(student_id)))


@bp.post("/children/<id:student_id>/code")
def issue(student_id: str) -> tuple[str, int] | Response:
    """Issue today's code for one receiver."""
    form = f"code-{student_id}"
    receiver = request.form.get("receiver_id", "")
    if not receiver:
        return _page(Trouble.with_field(form, "receiver_id")), 422
    try:
        tell(
            "attendance",
            "issue_pickup_code",
            {"student_id": student_id},
            {"receiver_id": receiver},
        )
    except Refused as refused:
        return _page(Trouble.of(form, refused)), refused.status
    return done("code-issued", "guardian.code", student_id=student_id)


def own_child(student_id: str) -> dict[str, Any]:
    """Return one of the guardian's children.

    Raises:
        Refused: it is somebody else's child, or nobody's.
    """
    return _child(student_id)


def enrolled(child: dict[str, Any]) -> bool:
    """Return whether the child takes part in any term, or still does until the day of leaving."""
    today = gateway().clock.now().date().isoformat()
    return any(
        term["state"] == "enrolled" or (term["withdrawn_on"] or "") > today
        for term in child["terms"]
    )


def _page(trouble: Trouble | None) -> str:
    found = ask("enrollment", "my_children")["items"]
    children = [_with_pickup(_with_offers(child)) for child in found]
    forms = {
        child["student_id"]: Form(f"code-{child['student_id']}", trouble) for child in children
    }
    return render_template(
        "guardian/me.html",
        children=children,
        forms=forms,
        taking_part=TAKING_PART,
        trouble=trouble,
    )


def _child(student_id: str) -> dict[str, Any]:
    for child in ask("enrollment", "my_children")["items"]:
        if child["student_id"] == student_id:
            return dict(child)
    raise refusal(NothingThere("child"))


def _with_today(child: dict[str, Any]) -> dict[str, Any]:
    """Add where the child is today, with the names of who answers and who fetched."""
    child["enrolled"] = enrolled(child)
    if not child["enrolled"]:
        return {**child, "today": {"status": "not_enrolled"}}
    today = ask("attendance", "child_today", {"student_id": child["student_id"]})
    names = names_of({today["responsible_id"], today["receiver_id"]})
    today["responsible"] = names.get(today["responsible_id"] or "", {}).get("name")
    known = names.get(today["receiver_id"] or "", {}).get("name")
    today["receiver_name"] = today["receiver_name"] or known
    return {**child, "today": today}


def _with_offers(child: dict[str, Any]) -> dict[str, Any]:
    """Add the places that wait for the family's answer, and whether anything else is to be done.

    Who declined has nothing to do: nobody is reminded of a "no" (P1-060).
    """
    child["to_do"] = any(term["next"]["action"] in TO_DO for term in child["terms"])
    child["offers"] = [
        {**place, "term_id": term["term_id"]}
        for term in child["terms"]
        if term["state"] in TAKING_PART
        for place in places_of(child["student_id"], term["term_id"])["items"]
        if place["standing"] == "offered"
    ]
    return child


def places_of(student_id: str, term_id: str) -> dict[str, Any]:
    """Return a child's choices and places in a term, and why it got what it got."""
    return ask("enrollment", "my_places", {"student_id": student_id, "term_id": term_id})


def _with_pickup(child: dict[str, Any]) -> dict[str, Any]:
    """Add today's codes and the receivers to choose from."""
    child = _with_today(child)
    child["codes"], child["receivers"] = [], []
    if not child["enrolled"] or child["today"]["status"] in NEEDS_NO_CODE:
        return child
    student = {"student_id": child["student_id"]}
    child["receivers"] = receivers_of(child["student_id"])
    names = {each["receiver_id"]: each["name"] for each in child["receivers"]}
    for each in ask("attendance", "get_pickup_code", student)["items"]:
        each["name"] = each["name"] or names.get(each["receiver_id"], "")
        each["qr"] = qr_of(each["code"])
        child["codes"].append(each)
    return child


def receivers_of(student_id: str, *, all_states: bool = False) -> list[dict[str, Any]]:
    """Return who may fetch a child, guardians first, with their names."""
    listed = ask("attendance", "list_pickup_authorisations", {"student_id": student_id})["items"]
    shown = [each for each in listed if all_states or each["state"] == "valid"]
    names = names_of({each["receiver_id"] for each in shown if not each["name"]})
    for each in shown:
        each["name"] = each["name"] or names.get(each["receiver_id"], {}).get("name", "")
    return sorted(shown, key=lambda each: (each["state"] != "valid", not each["guardian"]))
