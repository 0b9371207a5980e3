"""How many wish for what, against how many places there are."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from contracts.enrollment import surveys as said
from services.enrollment.listening.domain.results import FEWEST
from services.enrollment.listening.tables import surveys
from services.enrollment.offerings.tables import offerings, places
from services.enrollment.register.handlers import access


def get_demand(reading: Reading, request: said.GetDemand) -> dict[str, Any]:
    """How many wish for what, and how many places there are: grade, weekday, kind (P2-054)."""
    school_id = access.school(reading.connection, request.school_id, reading.call)["school_id"]
    term = access.term(reading.connection, request.term_id, school_id)
    asked = surveys.of_school(reading.connection, school_id, term_id=term["term_id"])
    row = next((each for each in asked if each["purpose"] == "demand"), None)
    answer: dict[str, Any] = {"term_id": term["term_id"], "grades": [], "items": []}
    if row is None:
        return {
            **answer, "survey_id": None, "state": None, "results_state": "not_yet", "choices": []
        }  # fmt: skip
    shown = row["state"] == "closed" or not row["anonymous"]
    grades, items = _by_grade(reading.connection, row) if shown else ([], [])
    return {
        **answer,
        "survey_id": row["survey_id"],
        "state": row["state"],
        "results_state": "shown" if shown else "not_yet",
        "choices": row["choices"],
        "grades": grades,
        "items": items,
    }


def _by_grade(
    connection: Connection, row: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    said = surveys.answers_of(connection, row["survey_id"])
    answers = Counter(each["grade"] for each in said)
    wishes = Counter(
        (each["grade"], wish["weekday"], wish["service_kind"])
        for each in said
        for wish in each["wishes"]
    )
    capacity = _capacity(connection, row["term_id"])
    grades, items = [], []
    for grade, pupils in surveys.pupils_by_grade(connection, row["school_id"]).items():
        # A school plans with what families said under their name, however few they are.
        few = row["anonymous"] and answers[grade] < FEWEST
        shown = None if few else answers[grade]
        grades.append({"grade": grade, "pupils": pupils, "answers": shown, "too_few": few})
        for each in [] if few else row["choices"]:
            cell = (grade, each["weekday"], each["service_kind"])
            counts = {"wishes": wishes[cell], "places": capacity[cell]}
            items.append({"grade": grade, **each, **counts})
    return grades, items


def _capacity(connection: Connection, term_id: str) -> Counter[tuple[int, int, str]]:
    """Return the places of a term's offerings by grade, weekday and kind of service."""
    planned = [
        each
        for each in offerings.of_term(connection, term_id)
        if each["standing"] in ("proposed", "open")
    ]
    now = places.capacity_of(connection, [each["offering_id"] for each in planned])
    total: Counter[tuple[int, int, str]] = Counter()
    for each in planned:
        for grade, weekday in product(each["grades"], each["weekdays"]):
            cell = (grade, weekday, each["service_kind"])
            total[cell] += now.get(each["offering_id"], each["capacity"])
    return total


HANDLES: Handles = {
    said.GET_DEMAND: get_demand,
}
