"""`/me/surveys/<id>`: answer for one child, or skip it; afterwards what came of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, names_of, only_for, tell
from gateway.problems import Refused

bp = Blueprint("surveys", __name__, url_prefix="/me/surveys")
only_for(bp, "guardian")

RATINGS = (5, 4, 3, 2, 1)


@bp.get("/<id:survey_id>")
def page(survey_id: str) -> str:
    """Show the questions for one child, or the results once it is closed."""
    return _page(survey_id, request.args.get("child", ""), None)


@bp.post("/<id:survey_id>")
def answer(survey_id: str) -> tuple[str, int] | Response:
    """Send the answers for one child."""
    child = request.form.get("student_id", "")
    survey = ask("enrollment", "get_survey", {"survey_id": survey_id})
    body = {"student_id": child, "answers": _answers(survey), "wishes": _wishes()}
    try:
        tell("enrollment", "answer_survey", {"survey_id": survey_id}, body)
    except Refused as refused:
        return _page(survey_id, child, Trouble.of("survey", refused)), refused.status
    return done("survey-answered", "surveys.page", survey_id=survey_id, child=child)


def _answers(survey: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for each in survey["questions"]:
        said = request.form.get(f"q-{each['question_id']}", "").strip()
        if said:
            rated = each["kind"] == "rating" and said.isdecimal()
            answers[each["question_id"]] = int(said) if rated else said
    return answers


def _wishes() -> list[dict[str, Any]]:
    pairs = [each.partition(":") for each in request.form.getlist("wish")]
    return [
        {"weekday": int(day), "service_kind": kind} for day, _, kind in pairs if day.isdecimal()
    ]


def _page(survey_id: str, wanted: str, trouble: Trouble | None) -> str:
    survey = ask("enrollment", "get_survey", {"survey_id": survey_id})
    children = survey["children"]
    names = names_of({each["student_id"] for each in children})
    waiting = [each for each in children if not each["answered"]]
    chosen = [each for each in children if each["student_id"] == wanted]
    child = next(iter(chosen or waiting or children), None)
    return render_template(
        "guardian/survey.html",
        survey=survey,
        child=child,
        names={who: each["name"] for who, each in names.items()},
        days=sorted({each["weekday"] for each in survey["choices"]}),
        wished=request.form.getlist("wish") if trouble else (),
        ratings=RATINGS,
        form=Form("survey", trouble),
        trouble=trouble,
    )
