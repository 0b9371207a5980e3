"""Opening, answering and closing surveys."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import surveys as said
from contracts.enrollment.surveys import QuestionAsked, Voice, Wish
from services.enrollment.application.handlers import family
from services.enrollment.listening.domain import answer, errors
from services.enrollment.listening.domain.survey import SURVEY, CloseSurvey, OpenSurvey
from services.enrollment.listening.handlers import anonymity
from services.enrollment.listening.tables import surveys
from services.enrollment.policy.tables import policies
from services.enrollment.register.domain import errors as common
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers.schools import own_school
from services.enrollment.register.tables import people, schools

STATE = (
    "survey_id",
    "school_id",
    "term_id",
    "purpose",
    "audience",
    "anonymous",
    "offering_id",
    "state",
    "opened_at",
    "closed_at",
    "answers",
    "invited",
    "response_rate_bp",
)
VOICES: dict[str, Voice] = {"guardians": "guardian", "pupils": "pupil"}
EVERY_DAY = range(1, 8)


def open_survey(work: UnitOfWork, request: said.OpenSurvey, _call: Call) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    survey_id = new_id()
    command = OpenSurvey(
        survey_id=survey_id,
        school_id=work.partition,
        term_id=term["term_id"],
        purpose=request.purpose,
        audience=request.audience,
        anonymous=request.anonymous,
        questions=tuple(_asked(each) for each in request.questions),
        choices=tuple(_choices(work)),
        offering_id=request.offering_id,
        invited=sum(surveys.pupils_by_grade(work.connection, work.partition).values()),
    )
    decision = work.execute(SURVEY, f"survey-{survey_id}", command)
    words = msgspec.json.encode(request.questions).decode()
    work.vault.put(survey_id, title=request.title, questions=words)
    if command.anonymous:
        anonymity.begin(work, survey_id)
    return _reply(work.connection, survey_id, decision.version, created=True)


def answer_survey(work: UnitOfWork, request: said.AnswerSurvey, call: Call) -> Reply:
    row = survey(work.connection, request.survey_id, call)
    pupil = _pupil(work.connection, request.student_id, row, call)
    respondent = anonymity.respondent(work.vault, row, pupil["student_id"]) or ""
    kept = surveys.answer_of(work.connection, row["survey_id"], respondent)
    words = _words(row, request.answers)
    before = work.vault.get(kept, "texts") if kept else None
    answer_id = kept or new_id()
    found = schools.school_class(work.connection, pupil["class_id"])
    assert found is not None
    command = answer.AnswerSurvey(
        form=_form(row),
        answer_id=answer_id,
        respondent=respondent,
        voice=request.as_ or VOICES[row["audience"]],
        grade=found["grade"],
        answers=request.answers,
        wishes=request.wishes,
        rewritten=words != (before or "{}"),
    )
    if row["anonymous"]:
        work.call = anonymity.unnamed(call)
    stream_id = f"answer-{row['survey_id']}-{respondent}"
    decision = work.execute(answer.ANSWER, stream_id, command)
    erased = work.vault.erased([pupil["student_id"]])
    if decision.events and (before or words != "{}") and not erased:
        work.vault.put(answer_id, texts=words)
    body = {name: row[name] for name in ("survey_id", "school_id")}
    told = {**body, "student_id": pupil["student_id"], "answered": True}
    return Reply(told, decision.version, traceless=row["anonymous"])


def close_survey(work: UnitOfWork, request: said.CloseSurvey, call: Call) -> Reply:
    row = surveys.counted(work.connection, survey(work.connection, request.survey_id, call))
    survey_id, response = row["survey_id"], request.response.strip()
    command = CloseSurvey(responded=bool(response), answers=row["answers"], invited=row["invited"])
    decision = work.execute(SURVEY, f"survey-{survey_id}", command)
    if decision.events:
        work.vault.put(survey_id, response=response)
    if decision.events and row["anonymous"]:
        anonymity.end(work, survey_id, call)
    return _reply(work.connection, survey_id, decision.version)


def survey(connection: Connection, survey_id: str, call: Call) -> dict[str, Any]:
    """Return a survey of a school that the caller reaches."""
    found = surveys.survey(connection, survey_id)
    if found is None or not access.reaches_school(connection, found["school_id"], call):
        raise errors.SurveyUnknown("not-yours")
    return found


def _asked(question: said.Question) -> QuestionAsked:
    return QuestionAsked(
        question_id=question.question_id,
        kind=question.kind,
        option_ids=tuple(each.option_id for each in question.options),
    )


def _choices(work: UnitOfWork) -> list[Wish]:
    school = access.here(work)
    district = policies.district(work.connection, school["district_id"])
    assert district is not None
    parameters = district["parameters"]
    any_day = parameters.get("any_day_service_kinds", ())
    return [
        Wish(weekday=day, service_kind=kind)
        for day in EVERY_DAY
        for kind in family.offered(parameters, school)
        if day in parameters["service_weekdays"] or kind in any_day
    ]


def _pupil(
    connection: Connection, student_id: str, row: dict[str, Any], call: Call
) -> dict[str, Any]:
    pupil = access.student(connection, student_id, call)
    if pupil["school_id"] != row["school_id"] or not people.is_guardian(
        connection, call.principal.person_id, student_id
    ):
        raise common.StudentUnknown("of-another-school")
    return pupil


def _form(row: dict[str, Any]) -> answer.Form:
    return answer.Form(
        survey_id=row["survey_id"],
        school_id=row["school_id"],
        purpose=row["purpose"],
        audience=row["audience"],
        anonymous=row["anonymous"],
        questions=tuple(msgspec.convert(row["questions"], list[QuestionAsked])),
        choices=tuple(msgspec.convert(row["choices"], list[Wish])),
        open=row["state"] == "open",
    )


def _words(row: dict[str, Any], answers: dict[str, Any]) -> str:
    asked = {each["question_id"] for each in row["questions"] if each["kind"] == "text"}
    written = {
        question: text.strip()
        for question, text in answers.items()
        if question in asked and isinstance(text, str) and text.strip()
    }
    return msgspec.json.encode(written, order="sorted").decode()


def _reply(connection: Connection, survey_id: str, version: int, *, created: bool = False) -> Reply:
    row = surveys.survey(connection, survey_id)
    assert row is not None
    row = surveys.counted(connection, row)
    return Reply({name: row[name] for name in STATE}, version, created=created)


def _of_survey(connection: Connection, request: Any, call: Call) -> str:
    return str(survey(connection, request.survey_id, call)["school_id"])


HANDLES: Handles = {
    said.OPEN_SURVEY: CommandHandler(open_survey, own_school),
    said.ANSWER_SURVEY: CommandHandler(answer_survey, _of_survey),
    said.CLOSE_SURVEY: CommandHandler(close_survey, _of_survey),
}
