"""`/me/children/<id>/offerings/<term_id>`: choose activities in order; answer for places."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.pages.guardian import TAKING_PART, own_child, places_of
from gateway.pages.language import t
from gateway.problems import Refused, refusal
from gateway.refusals import NothingThere

bp = Blueprint(
    "choosing", __name__, url_prefix="/me/children/<id:student_id>/offerings/<id:term_id>"
)
only_for(bp, "guardian")

RANKS = ("1", "2", "3", "4", "5")
RANK = "rank-"
ACTIONS = {"request": "request_place", "accept": "accept_place", "leave": "give_up_place"}


@bp.get("")
def page(student_id: str, term_id: str) -> str:
    """Show the offerings for the child's grade, the choices and the places."""
    return _page(student_id, term_id, None)


@bp.post("")
def choose(student_id: str, term_id: str) -> tuple[str, int] | Response:
    """Keep the order in which the family wants the offerings."""
    ranked = {
        name.removeprefix(RANK): rank
        for name, rank in request.form.items()
        if name.startswith(RANK) and rank in RANKS
    }
    taken = list(ranked.values())
    twice = next((each for each, rank in ranked.items() if taken.count(rank) > 1), None)
    if twice:
        advice = t("choosing.twice", n=ranked[twice])
        trouble = Trouble.with_field("choose", f"{RANK}{twice}", advice)
        return _page(student_id, term_id, trouble), 422
    body = {"term_id": term_id, "offering_ids": sorted(ranked, key=ranked.__getitem__)}
    try:
        tell("enrollment", "choose_offerings", {"student_id": student_id}, body)
    except Refused as refused:
        return _page(student_id, term_id, Trouble.of("choose", refused)), refused.status
    said = "chosen" if ranked else "not-chosen"
    return done(said, "choosing.page", student_id=student_id, term_id=term_id)


@bp.get("/<id:offering_id>/leave")
def ask_leave(student_id: str, term_id: str, offering_id: str) -> str:
    """Ask before a place, or a place in the line, is given up."""
    return _leaving(student_id, term_id, offering_id, None)


@bp.post("/<id:offering_id>/<any(request, accept, leave):action>")
def act(student_id: str, term_id: str, offering_id: str, action: str) -> tuple[str, int] | Response:
    """Ask for a place, take the offered one, or give one up."""
    here = {"offering_id": offering_id}
    try:
        place = tell("enrollment", ACTIONS[action], here, {"student_id": student_id})
    except Refused as refused:
        # A button of the form of choices sends them along: they must come back as they were.
        name = "choose" if action == "request" else f"{action}-{offering_id}"
        trouble = Trouble.of(name, refused)
        if action == "leave":
            return _leaving(student_id, term_id, offering_id, trouble), refused.status
        return _page(student_id, term_id, trouble), refused.status
    said = f"place-{place['standing']}"
    return done(said, "choosing.page", student_id=student_id, term_id=term_id)


def _page(student_id: str, term_id: str, trouble: Trouble | None) -> str:
    child, term = _child_and_term(student_id, term_id)
    where = {"student_id": student_id, "term_id": term_id}
    mine = places_of(student_id, term_id)
    listed = ask("enrollment", "list_offerings", {"term_id": term_id})["items"]
    return render_template(
        "guardian/offerings.html",
        child=child,
        term=term,
        where=where,
        may_choose=term["state"] in TAKING_PART,
        offerings=[each for each in listed if child["grade"] in each["grades"]],
        standing={each["offering_id"]: each["standing"] for each in mine["items"]},
        places=sorted(mine["items"], key=lambda each: each["standing"] != "offered"),
        explanation=mine["explanation"],
        ranks=RANKS,
        chosen={each: str(rank) for rank, each in enumerate(mine["choices"], 1)},
        form=Form("choose", trouble),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _leaving(student_id: str, term_id: str, offering_id: str, trouble: Trouble | None) -> str:
    child, term = _child_and_term(student_id, term_id)
    where = {"student_id": student_id, "term_id": term_id}
    mine = places_of(student_id, term_id)["items"]
    place = next((each for each in mine if each["offering_id"] == offering_id), None)
    if place is None:
        raise refusal(NothingThere("place"))
    return render_template(
        "guardian/leave_place.html",
        child=child,
        term=term,
        where=where,
        place=place,
        form=Form(f"leave-{offering_id}", trouble),
        trouble=trouble,
    )


def _child_and_term(student_id: str, term_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    child = own_child(student_id)
    for term in child["terms"]:
        if term["term_id"] == term_id:
            return child, term
    raise refusal(NothingThere("term"))
