"""Events of telling and listening. Words are in the vault, under the id of what they belong to."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.enrollment.listening_words import (
    ASKED,
    AUDIENCES,
    NOTICE_KINDS,
    PURPOSES,
    QUESTION_KINDS,
    SOURCES,
    VOICES,
    wishes,
)
from contracts.enrollment.vocabulary import ids, one_of
from contracts.shapes import Identifier, Strict, identifier


def _count() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


def _maybe_id() -> fields.String:
    return fields.String(required=True, allow_none=True, validate=Identifier)


class NoticePublished(Strict):
    """``recipients`` counts the audience on the register that day."""

    notice_id = identifier()
    school_id = identifier()
    term_id = identifier()
    audience = one_of(AUDIENCES)
    kind = one_of(NOTICE_KINDS)
    recipients = _count()


class NoticeRead(Strict):
    """Once per reader, a guardian or one of the staff."""

    notice_id = identifier()
    school_id = identifier()
    reader_id = identifier()


class QuestionAsked(Strict):
    """``option_ids`` only of a choice."""

    question_id = identifier()
    kind = one_of(QUESTION_KINDS)
    option_ids = ids()


class SurveyOpened(Strict):
    """``choices`` are what a demand survey offers: the plan's kinds of service by weekday."""

    survey_id = identifier()
    school_id = identifier()
    term_id = identifier()
    purpose = one_of(PURPOSES)
    audience = one_of(ASKED)
    anonymous = fields.Boolean(required=True)
    questions = fields.List(fields.Nested(QuestionAsked), required=True)
    choices = wishes(required=True)
    offering_id = _maybe_id()


class SurveyAnswered(Strict):
    """The newest of a respondent counts. ``respondent`` is the pupil; of an anonymous survey a
    hash whose key is destroyed when the survey closes. ``texts`` names questions with words.
    """

    survey_id = identifier()
    school_id = identifier()
    answer_id = identifier()
    respondent = identifier()
    anonymous = fields.Boolean(required=True)
    voice = one_of(VOICES)
    grade = fields.Integer(required=True, strict=True, allow_none=True)
    choices = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    ratings = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), required=True)
    texts = ids()
    wishes = wishes(required=True)


class SurveyClosed(Strict):
    """The school's response is published with it; 10000 is everybody who was invited."""

    survey_id = identifier()
    school_id = identifier()
    term_id = identifier()
    purpose = one_of(PURPOSES)
    answers = _count()
    invited = _count()
    response_rate_bp = _count()


class OpinionReceived(Strict):
    """``guardian_id`` is null where the office or the bureau took it down."""

    opinion_id = identifier()
    school_id = identifier()
    source = one_of(SOURCES)
    guardian_id = _maybe_id()


class OpinionAnswered(Strict):
    """``improvement_id`` is what the opinion led to, where the reply names it."""

    opinion_id = identifier()
    school_id = identifier()
    improvement_id = _maybe_id()


class ImprovementPublished(Strict):
    """In answer to opinions, or to a survey."""

    improvement_id = identifier()
    school_id = identifier()
    opinion_ids = ids()
    survey_id = _maybe_id()


SCHEMAS = (
    NoticePublished,
    NoticeRead,
    SurveyOpened,
    SurveyAnswered,
    SurveyClosed,
    OpinionReceived,
    OpinionAnswered,
    ImprovementPublished,
)
