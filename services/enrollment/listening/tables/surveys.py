"""Surveys and their answers: what was chosen and rated, and where there are words in the vault."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import upsert
from services.enrollment.register.tables.people import students
from services.enrollment.register.tables.schools import classes
from services.enrollment.schema import metadata

surveys = Table(
    "surveys",
    metadata,
    Column("survey_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("term_id", String(64), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("offering_id", String(64)),
    Column("questions", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("closed_at", String(32)),
    Column("answers", Integer),
    Column("invited", Integer),
    Column("response_rate_bp", Integer),
    Index("surveys_of_term", "school_id", "term_id"),
)
"""The three figures are of the close; before it ``counted`` counts two of them."""

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("survey_id", String(64), primary_key=True),
    Column("respondent", String(64), primary_key=True, index=True),
    Column("answer_id", String(64), nullable=False),
    Column("grade", Integer),
    Column("said", Text, nullable=False),
)
"""No time and no guardian: of an anonymous answer nothing is kept but what was said."""

_SAID = ("choices", "ratings", "texts", "wishes")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def project(connection: Connection, event: Event) -> None:
    """Update surveys and answers by one event."""
    data = event["data"]
    match event["type"]:
        case "SurveyOpened":
            kept = {name: _encode(data[name]).decode() for name in ("questions", "choices")}
            row = {**data, **kept, "opened_at": event["occurred_at"]}
            connection.execute(insert(surveys).values(row))
        case "SurveyAnswered":
            row = {name: data[name] for name in ("survey_id", "respondent", "answer_id", "grade")}
            said = _encode({name: data[name] for name in _SAID}).decode()
            upsert(connection, survey_answers, [{**row, "said": said}])
        case "SurveyClosed":
            figures = {name: data[name] for name in ("answers", "invited", "response_rate_bp")}
            connection.execute(
                update(surveys)
                .where(surveys.c.survey_id == data["survey_id"])
                .values(closed_at=event["occurred_at"], **figures)
            )


def survey(connection: Connection, survey_id: str) -> dict[str, Any] | None:
    """Return a survey, or None."""
    query = select(surveys).where(surveys.c.survey_id == survey_id)
    row = connection.execute(query).mappings().first()
    return _parsed(row) if row else None


def of_school(
    connection: Connection, school_id: str, *, term_id: str | None = None
) -> list[dict[str, Any]]:
    """Return a school's surveys, newest first (ids sort by time)."""
    query = select(surveys).where(surveys.c.school_id == school_id)
    if term_id:
        query = query.where(surveys.c.term_id == term_id)
    found = connection.execute(query.order_by(surveys.c.survey_id.desc())).mappings().all()
    return [_parsed(row) for row in found]


def closed(connection: Connection, term_id: str, purpose: str) -> list[dict[str, Any]]:
    """Return a term's closed surveys of one purpose, oldest first, with ``response_rate_bp``."""
    query = select(surveys).where(
        surveys.c.term_id == term_id,
        surveys.c.purpose == purpose,
        surveys.c.closed_at.is_not(None),
    )
    found = connection.execute(query.order_by(surveys.c.survey_id)).mappings().all()
    return [_parsed(row) for row in found]


def answer_of(connection: Connection, survey_id: str, respondent: str) -> str | None:
    """Return the id of a respondent's answer, or None."""
    query = select(survey_answers.c.answer_id).where(
        survey_answers.c.survey_id == survey_id, survey_answers.c.respondent == respondent
    )
    found = connection.execute(query).scalar()
    return str(found) if found else None


def answers_of(connection: Connection, survey_id: str) -> list[dict[str, Any]]:
    """Return all answers to a survey, in no order that tells when they came."""
    query = (
        select(survey_answers.c.answer_id, survey_answers.c.grade, survey_answers.c.said)
        .where(survey_answers.c.survey_id == survey_id)
        .order_by(survey_answers.c.respondent)
    )
    return [
        {"answer_id": row.answer_id, "grade": row.grade, **_decode(row.said)}
        for row in connection.execute(query)
    ]


def answers_by(connection: Connection, respondent: str) -> list[str]:
    """Return the ids of all answers of one respondent."""
    query = select(survey_answers.c.answer_id).where(survey_answers.c.respondent == respondent)
    return [str(row.answer_id) for row in connection.execute(query)]


def pupils_by_grade(connection: Connection, school_id: str) -> dict[int, int]:
    """Return how many pupils of each grade are on a school's register."""
    query = (
        select(classes.c.grade, func.count())
        .join(students, students.c.class_id == classes.c.class_id)
        .where(students.c.school_id == school_id)
        .group_by(classes.c.grade)
        .order_by(classes.c.grade)
    )
    return {int(row[0]): int(row[1]) for row in connection.execute(query)}


def counted(connection: Connection, row: dict[str, Any]) -> dict[str, Any]:
    """Return a survey with how many answered and how many are asked: as closed, or as of now."""
    if row["state"] == "closed":
        return row
    query = select(func.count()).where(survey_answers.c.survey_id == row["survey_id"])
    invited = sum(pupils_by_grade(connection, row["school_id"]).values())
    return {**row, "answers": int(connection.execute(query).scalar_one()), "invited": invited}


def _parsed(row: RowMapping) -> dict[str, Any]:
    return {
        **row,
        "questions": _decode(row["questions"]),
        "choices": _decode(row["choices"]),
        "state": "closed" if row["closed_at"] else "open",
    }
