"""What the pages of one term share: the term itself, its plan, the staff to choose from."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import request

from gateway.pages.frame import ask, school
from gateway.problems import Refused, refusal
from gateway.refusals import NoTerm, NothingThere
from gateway.state import gateway

STEPS = ("survey", "preparation", "review", "running")
"""What a plan goes through, as people see it."""

NOW_AT = {
    "none": 0,
    "survey": 0,
    "preparation": 1,
    "returned": 1,
    "submitted": 2,
    "approved": 3,
    "running": 4,
    "closed": 4,
}
"""A plan's standing → how many steps are behind it."""

STAGES_BEFORE = {
    "begin_preparation": ("survey",),
    "submit_plan": ("survey", "preparation"),
    "start_service": ("opening",),
}
"""What has to be there before a plan can go on."""


def term_of(term_id: str) -> dict[str, Any]:
    """Return a term of the school.

    Raises:
        Refused: the school has no such term.
    """
    for each in ask("enrollment", "list_terms", {"school_id": school()})["items"]:
        if each["term_id"] == term_id:
            return dict(each)
    raise refusal(NoTerm())


def plan_of(term_id: str) -> dict[str, Any]:
    """Return where the term's plan stands and what is missing."""
    return ask("enrollment", "get_term_plan", {"term_id": term_id})


def open_terms(terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the terms that are not over, the soonest first, each with its plan."""
    today = gateway().clock.now().date().isoformat()
    there = [each for each in terms if each["last_day"] >= today]
    there.sort(key=lambda each: each["first_day"])
    return [{**each, "plan": plan_of(each["term_id"])} for each in there]


def staff() -> list[dict[str, Any]]:
    """Return the school's registered staff."""
    return list(ask("enrollment", "list_staff", {"school_id": school()})["items"])


def named(people: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return people as the choices of a form."""
    return [(each["staff_id"], each["name"] or each["staff_id"]) for each in people]


def policy() -> dict[str, Any]:
    """Return the parameters of the plan that the school follows."""
    here = ask("enrollment", "get_school", {"school_id": school()})
    where = {"profile": here["profile"], "district_id": here["district_id"]}
    return dict(ask("enrollment", "get_policy", where)["parameters"])


def whole(text: str) -> int | str:
    """Return what was typed as a number; what is none goes on as it is, to be refused."""
    text = plain(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def hour(text: str) -> str:
    """Return a time of day as ``09:05``, however its digits and colon were typed."""
    hours, colon, minutes = plain(text).partition(":")
    return f"{hours.zfill(2)}:{minutes}" if colon else hours


def plain(text: str) -> str:
    """Return what was typed with a Chinese keyboard's wide digits and colons made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def typed(*names: str) -> dict[str, str]:
    """Return what was typed into the fields ``names``."""
    return {name: request.form.get(name, "").strip() for name in names}


def first_empty(body: dict[str, Any]) -> str | None:
    """Return the first field that was left empty."""
    return next((name for name, value in body.items() if not value), None)


def nothing_here() -> Refused:
    """Return the refusal of a page about something that does not exist."""
    return refusal(NothingThere())
