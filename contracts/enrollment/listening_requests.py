"""Bodies of what a school tells and asks, and of what it is told."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.enrollment.listening_words import (
    ASKED,
    AUDIENCES,
    NOTICE_KINDS,
    OPINION_STATES,
    PURPOSES,
    QUESTION_KINDS,
    SOURCES,
    SURVEY_STATES,
    VOICES,
    wishes,
)
from contracts.enrollment.vocabulary import one_of
from contracts.paging import Page
from contracts.shapes import Identifier, Strict, identifier

MAX_QUESTIONS = 30
MAX_OPTIONS = 20
MAX_LINKS = 200


def _words(longest: int) -> fields.String:
    """Return a required field for text that says something."""
    return fields.String(
        required=True,
        validate=[
            validate.Length(max=longest),
            validate.Regexp(r"(?s).*\S", error="Write something."),
        ],
    )


def _maybe_id() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=Identifier)


def _maybe(longest: int) -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(max=longest))


class PublishNotice(Strict):
    term_id = identifier()
    audience = one_of(AUDIENCES)
    kind = one_of(NOTICE_KINDS)
    title = _words(80)
    text = _words(5000)


class ListNotices(Page):
    term_id = _maybe_id()


class Option(Strict):
    option_id = identifier()
    text = _words(80)


class Question(Strict):
    """``options`` of a choice only. A rating runs from 1 to 5."""

    question_id = identifier()
    kind = one_of(QUESTION_KINDS)
    text = _words(200)
    options = fields.List(
        fields.Nested(Option), load_default=list, validate=validate.Length(max=MAX_OPTIONS)
    )


class OpenSurvey(Strict):
    """A demand survey needs no question: it offers the plan's kinds of service by weekday."""

    term_id = identifier()
    purpose = one_of(PURPOSES)
    audience = one_of(ASKED)
    anonymous = fields.Boolean(required=True)
    title = _maybe(80)
    questions = fields.List(
        fields.Nested(Question), load_default=list, validate=validate.Length(max=MAX_QUESTIONS)
    )
    offering_id = _maybe_id()


class AnswerSurvey(Strict):
    """``answers``: question → option id, rating or text. ``as``: whose words; the asked side's."""

    student_id = identifier()
    as_ = fields.String(
        load_default=None, allow_none=True, data_key="as", validate=validate.OneOf(VOICES)
    )
    answers = fields.Dict(
        keys=fields.String(validate=Identifier),
        values=fields.Raw(allow_none=True),
        load_default=dict,
        validate=validate.Length(max=MAX_QUESTIONS),
    )
    wishes = wishes(load_default=list)


class CloseSurvey(Strict):
    """``response``: what the school says and improves; published with the results."""

    response = fields.String(required=True, validate=validate.Length(max=5000))


class ListSurveys(Strict):
    term_id = _maybe_id()
    state = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(SURVEY_STATES)
    )


class GetDemand(Strict):
    term_id = identifier()


class GiveOpinion(Strict):
    """``contact``: how to reach who said it, where the office or the bureau takes it down."""

    source = one_of(SOURCES)
    text = _words(2000)
    contact = _maybe(100)


class AnswerOpinion(Strict):
    reply = _words(2000)
    improvement_id = _maybe_id()


class PublishImprovement(Strict):
    """Names the opinions and the survey that it answers."""

    title = _words(80)
    text = _words(5000)
    opinion_ids = fields.List(
        fields.String(validate=Identifier),
        load_default=list,
        validate=validate.Length(max=MAX_LINKS),
    )
    survey_id = _maybe_id()


class ListOpinions(Page):
    state = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(OPINION_STATES)
    )
