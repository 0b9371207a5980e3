"""What came of surveys: to families after the close, to the school as far as it hides nobody."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from chassis.vault import ERASED, Vault
from contracts.enrollment import surveys as said
from services.enrollment.listening.domain.results import FEWEST, satisfaction, tally
from services.enrollment.listening.handlers import anonymity
from services.enrollment.listening.handlers.surveys import STATE, survey
from services.enrollment.listening.tables import surveys
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import people

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
}
