"""What enrollment answers about notices, surveys and opinions."""

from __future__ import annotations

from marshmallow import Schema, fields

from contracts.enrollment.replies import many, string


def _number(*, maybe: bool = False) -> fields.Integer:
    return fields.Integer(required=True, allow_none=maybe)


class NoticeState(Schema):
    """``recipients``: how many of the audience were on the register when it was published."""

    notice_id = string()
    school_id = string()
    term_id = string()
    audience = string()
    kind = string()
    published_at = string()
    recipients = _number()


class NoticeEntry(NoticeState):
    """``read``: by the caller; null to whom it is not for. ``readers``: shown to the school's
    office and the bureau only; of pupils those whose guardian opened it.
    """

    title = string()
    read = fields.Boolean(required=True, allow_none=True)
    readers = _number(maybe=True)


class Notice(NoticeEntry):
    text = string()


class Notices(Schema):
    items = many(NoticeEntry)
    next = string(maybe=True)


class Receipt(Schema):
    notice_id = string()
    school_id = string()
    read = fields.Boolean(required=True)


class SurveyState(Schema):
    """``response_rate_bp`` is null while it is open; 10000 is everybody invited."""

    survey_id = string()
    school_id = string()
    term_id = string()
    purpose = string()
    audience = string()
    anonymous = fields.Boolean(required=True)
    offering_id = string(maybe=True)
    state = string()
    opened_at = string()
    closed_at = string(maybe=True)
    answers = _number()
    invited = _number()
    response_rate_bp = _number(maybe=True)


class SurveyEntry(SurveyState):
    title = string(maybe=True)


class Surveys(Schema):
    items = many(SurveyEntry)


class OptionShown(Schema):
    option_id = string()
    text = string()


class QuestionShown(Schema):
    question_id = string()
    kind = string()
    text = string()
    options = many(OptionShown)


class Choice(Schema):
    """A kind of service on a day of the week; 1 is Monday."""

    weekday = _number()
    service_kind = string()


class Result(Schema):
    """``counts``: option or rating → how many. Null where fewer than five answered the question.

    ``texts`` are for the school's office only.
    """

    question_id = string()
    answers = _number()
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, allow_none=True
    )
    average_hundredths = _number(maybe=True)
    texts = fields.List(fields.String(), required=True, allow_none=True)


class TrendPoint(Schema):
    """``satisfied_bp``: the share of ratings of 4 and 5. Null where fewer than five answered."""

    survey_id = string()
    closed_at = string()
    answers = _number()
    satisfied_bp = _number(maybe=True)
    average_hundredths = _number(maybe=True)


class ChildAsked(Schema):
    """``answered`` is null once an anonymous survey is closed: nobody can tell any more."""

    student_id = string()
    answered = fields.Boolean(required=True, allow_none=True)


class Survey(SurveyEntry):
    """``results_state``: shown, too_few, or not_yet (while open: anonymous, or to families).

    ``trend`` is of the satisfaction surveys about the same offering; ``children`` a guardian's.
    """

    questions = many(QuestionShown)
    choices = many(Choice)
    response = string(maybe=True)
    results_state = string()
    results = fields.List(fields.Nested(Result), required=True, allow_none=True)
    trend = many(TrendPoint)
    children = many(ChildAsked)


class AnswerState(Schema):
    survey_id = string()
    school_id = string()
    student_id = string()
    answered = fields.Boolean(required=True)


class GradeAsked(Schema):
    """``too_few``: fewer than five anonymous answers, so the grade's wishes are not shown."""

    grade = _number()
    pupils = _number()
    answers = _number(maybe=True)
    too_few = fields.Boolean(required=True)


class WishCount(Choice):
    """``places`` are those of the offerings that serve the grade then, proposed or open.

    An offering for several grades counts in each of them, so places are not added over grades.
    """

    grade = _number()
    wishes = _number()
    places = _number()


class Demand(Schema):
    """Of the term's newest demand survey; ``survey_id`` is null where there is none."""

    term_id = string()
    survey_id = string(maybe=True)
    state = string(maybe=True)
    results_state = string()
    choices = many(Choice)
    grades = many(GradeAsked)
    items = many(WishCount)


class OpinionState(Schema):
    """``state``: open until it has a reply and an improvement; ``waits_for`` names the next one."""

    opinion_id = string()
    school_id = string()
    source = string()
    received_at = string()
    state = string()
    waits_for = string(maybe=True)
    answered_at = string(maybe=True)
    improvement_id = string(maybe=True)


class Opinion(OpinionState):
    """``waiting_days`` runs until the reply. ``contact`` is not shown to families."""

    text = string()
    contact = string(maybe=True)
    reply = string(maybe=True)
    waiting_days = _number()


class Opinions(Schema):
    items = many(Opinion)
    next = string(maybe=True)


class ImprovementState(Schema):
    """``opinions``: how many it answers."""

    improvement_id = string()
    school_id = string()
    survey_id = string(maybe=True)
    published_at = string()
    opinions = _number()


class Improvement(ImprovementState):
    title = string()
    text = string()


class Improvements(Schema):
    items = many(Improvement)
