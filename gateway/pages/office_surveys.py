"""`/office/surveys`: ask families or pupils, read what they say, close with a response."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.surveys import ASKED, PURPOSES, QUESTION_KINDS
from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.problems import Refused

bp = Blueprint("office_surveys", __name__, url_prefix="/office/surveys")
only_for(bp, "school_office")

ROWS = range(1, 6)
"""How many questions the form has room for; the API takes more."""


@bp.get("")
def page() -> str:
    """Show the school's surveys and the form for the next."""
    return _page(None)


@bp.post("")
def open_survey() -> tuple[str, int] | Response:
    """Open a survey."""
    body = {
        **{name: request.form.get(name, "") for name in ("term_id", "purpose", "audience")},
        "anonymous": request.form.get("anonymous") == "yes",
        "title": request.form.get("title", "").strip() or None,
        "questions": [each for row in ROWS if (each := _question(row))],
    }
    try:
        opened = tell("enrollment", "open_survey", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("ask", refused)), refused.status
    return done("survey-opened", "office_surveys.survey", survey_id=opened["survey_id"])


@bp.get("/<id:survey_id>")
def survey(survey_id: str) -> str:
    """Show one survey with its results, or demand by grade."""
    return _survey(survey_id, None)


@bp.post("/<id:survey_id>/close")
def close(survey_id: str) -> tuple[str, int] | Response:
    """Close a survey; the response is published with it."""
    response = request.form.get("response", "").strip()
    if not response:
        return _survey(survey_id, Trouble.with_field("close", "response")), 422
    try:
        tell("enrollment", "close_survey", {"survey_id": survey_id}, {"response": response})
    except Refused as refused:
        return _survey(survey_id, Trouble.of("close", refused)), refused.status
    return done("survey-closed", "office_surveys.survey", survey_id=survey_id)


def _question(row: int) -> dict[str, Any] | None:
    text = request.form.get(f"text-{row}", "").strip()
    if not text:
        return None
    kind = request.form.get(f"kind-{row}", "")
    lines = request.form.get(f"options-{row}", "").splitlines() if kind == "choice" else []
    options = [line.strip() for line in lines if line.strip()]
    return {
        "question_id": f"q{row}",
        "kind": kind,
        "text": text,
        "options": [{"option_id": f"o{n}", "text": each} for n, each in enumerate(options, 1)],
    }


def _page(trouble: Trouble | None) -> str:
    here = {"school_id": school()}
    surveys = ask("enrollment", "list_surveys", here)["items"]
    terms = ask("enrollment", "list_terms", here)["items"]
    asked = {each["term_id"] for each in surveys if each["purpose"] != "demand"}
    return render_template(
        "office/surveys.html",
        surveys=surveys,
        terms=terms,
        term_names={term["term_id"]: term["name"] for term in terms},
        not_asked=[term for term in terms if term["term_id"] not in asked][:1],
        purposes=PURPOSES,
        purpose=request.args.get("purpose", ""),
        audiences=ASKED,
        kinds=QUESTION_KINDS,
        rows=ROWS,
        form=Form("ask", trouble),
        trouble=trouble,
    )


def _survey(survey_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "get_survey", {"survey_id": survey_id})
    results = {each["question_id"]: each for each in found["results"] or ()}
    return render_template(
        "office/survey.html",
        survey=found,
        results=results,
        demand=_demand(found) if found["purpose"] == "demand" else None,
        form=Form("close", trouble),
        trouble=trouble,
    )


def _demand(survey: dict[str, Any]) -> dict[str, Any] | None:
    here, term = {"school_id": survey["school_id"]}, {"term_id": survey["term_id"]}
    found = ask("enrollment", "get_demand", here, term)
    if found["survey_id"] != survey["survey_id"]:
        return None
    cells = {
        (each["grade"], each["weekday"], each["service_kind"]): each for each in found["items"]
    }
    return {**found, "cells": cells}
