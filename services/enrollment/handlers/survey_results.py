"""What came of surveys: to families after the close, to the school as far as it hides nobody."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import msgspec
from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from chassis.vault import ERASED, Vault
from contracts.enrollment import surveys as said
from services.enrollment.domain.listening.results import FEWEST, satisfaction, tally
from services.enrollment.handlers import access, anonymity
from services.enrollment.handlers.surveys import STATE, survey
from services.enrollment.projections import offerings, people, places, surveys

READERS = access.STAFF | {"guardian", "bureau"}
PLANNERS = frozenset({"school_office", "bureau"})
"""Who sees figures of a survey that is still open, and demand."""


def list_surveys(reading: Reading, request: said.ListSurveys) -> dict[str, Any]:
    school_id = access.school(reading.connection, request.school_id, reading.call)["school_id"]
    found = surveys.of_school(reading.connection, school_id, term_id=request.term_id)
    wanted = [
        surveys.counted(reading.connection, each)
        for each in found
        if request.state in (None, each["state"])
    ]
    words = reading.vault.session(reading.connection).get_many(
        [each["survey_id"] for each in wanted]
    )
    items = [
        {
            **{name: each[name] for name in STATE},
            "title": words.get(each["survey_id"], {}).get("title"),
        }
        for each in wanted
    ]
    return {"items": items}


def get_survey(reading: Reading, request: said.GetSurvey) -> dict[str, Any]:
    row = surveys.counted(
        reading.connection, survey(reading.connection, request.survey_id, reading.call)
    )
    words = reading.vault.session(reading.connection).get_many([row["survey_id"]])[row["survey_id"]]
    said = surveys.answers_of(reading.connection, row["survey_id"])
    state = _results_state(row, len(said), reading.call)
    return {
        **{name: row[name] for name in STATE},
        "title": words.get("title"),
        "response": words.get("response"),
        "questions": msgspec.json.decode(words["questions"]),
        "choices": row["choices"],
        "results_state": state,
        "results": _results(reading.vault, reading.connection, row, said, reading.call)
        if state == "shown"
        else None,
        "trend": _trend(reading.connection, row),
        "children": _children(reading.vault, reading.connection, row, reading.call),
    }


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


def _results_state(row: dict[str, Any], answers: int, call: Call) -> str:
    early = row["anonymous"] or call.principal.role not in PLANNERS
    if row["state"] == "open" and early:
        return "not_yet"
    return "shown" if answers >= FEWEST else "too_few"


def _results(
    vault: Vault,
    connection: Connection,
    row: dict[str, Any],
    said: list[dict[str, Any]],
    call: Call,
) -> list[dict[str, Any]]:
    results = tally(row["questions"], said)
    if call.principal.role not in access.OFFICE:
        return [{**each, "texts": None} for each in results]
    kept = vault.session(connection).get_many(each["answer_id"] for each in said if each["texts"])
    written = [
        msgspec.json.decode(words["texts"]) for words in kept.values() if words["texts"] != ERASED
    ]
    kinds = {each["question_id"]: each["kind"] for each in row["questions"]}
    for each in results:
        question = each["question_id"]
        # Sorted, so that nobody tells from the order which words came with which.
        words = sorted(texts[question] for texts in written if question in texts)
        each["texts"] = words if kinds[question] == "text" else None
    return results


def _trend(connection: Connection, row: dict[str, Any]) -> list[dict[str, Any]]:
    if row["purpose"] != "satisfaction":
        return []
    return [
        {
            **{name: each[name] for name in ("survey_id", "closed_at", "answers")},
            **satisfaction(surveys.answers_of(connection, each["survey_id"])),
        }
        for each in reversed(surveys.of_school(connection, row["school_id"]))
        if each["purpose"] == "satisfaction"
        and each["offering_id"] == row["offering_id"]
        and each["state"] == "closed"
    ]


def _children(
    vault: Vault, connection: Connection, row: dict[str, Any], call: Call
) -> list[dict[str, Any]]:
    if call.principal.role not in access.GUARDIAN:
        return []
    pupils = people.students_by_id(connection, access.own_children(connection, call))
    found = []
    for student_id, each in pupils.items():
        if each["school_id"] == row["school_id"]:
            who = anonymity.respondent(vault.session(connection), row, student_id)
            answered = who and surveys.answer_of(connection, row["survey_id"], who) is not None
            found.append({"student_id": student_id, "answered": answered})
    return found


HANDLES: Handles = {
    said.LIST_SURVEYS: list_surveys,
    said.GET_SURVEY: get_survey,
    said.GET_DEMAND: get_demand,
}
