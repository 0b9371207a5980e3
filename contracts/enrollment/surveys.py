"""Surveys, anonymous ones too."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal, TypeAlias

from contracts import roles
from contracts.enrollment.notices import Audience
from contracts.enrollment.vocabulary import SERVICE_KINDS
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Pattern,
    Range,
    WireName,
    command,
    event,
    part,
    query,
    reply,
    request,
)

MAX_QUESTIONS = 30
MAX_OPTIONS = 20
PURPOSES = ("demand", "opinion", "satisfaction")
ASKED = ("guardians", "pupils")
"""Whom a survey asks."""
VOICES = ("guardian", "pupil")
QUESTION_KINDS = ("choice", "rating", "text")
SURVEY_STATES = ("open", "closed")
Voice: TypeAlias = Literal["guardian", "pupil"]


@part
class QuestionAsked:
    """``option_ids`` only of a choice."""

    question_id: Id
    kind: Annotated[str, OneOf(QUESTION_KINDS)]
    option_ids: tuple[str, ...] = ()


@part
class Wish:
    """A kind of service on a day of the week; 1 is Monday."""

    weekday: Annotated[int, Range(1, 7)]
    service_kind: Annotated[str, OneOf(SERVICE_KINDS)]


@event
class SurveyOpened:
    """``choices`` are what a demand survey offers: the plan's kinds of service by weekday."""

    survey_id: Id
    school_id: Id
    term_id: Id
    purpose: Annotated[str, OneOf(PURPOSES)]
    audience: Annotated[Audience, OneOf(ASKED)]
    anonymous: bool
    questions: tuple[QuestionAsked, ...]
    choices: Annotated[tuple[Wish, ...], Length(0, 70)]
    offering_id: Id | None = None


@event
class SurveyAnswered:
    """The newest of a respondent counts. ``respondent`` is the pupil; of an anonymous survey a
    hash whose key is destroyed when the survey closes. ``texts`` names questions with words.
    """

    survey_id: Id
    school_id: Id
    answer_id: Id
    respondent: Id
    anonymous: bool
    voice: Voice
    grade: int | None
    choices: dict[str, str]
    ratings: dict[str, int]
    texts: tuple[str, ...]
    wishes: Annotated[tuple[Wish, ...], Length(0, 70)]


@event
class SurveyClosed:
    """The school's response is published with it; 10000 is everybody who was invited."""

    survey_id: Id
    school_id: Id
    term_id: Id
    purpose: Annotated[str, OneOf(PURPOSES)]
    answers: Annotated[int, Range(0)]
    invited: Annotated[int, Range(0)]
    response_rate_bp: Annotated[int, Range(0)]


@request
class Option:
    option_id: Id
    text: Annotated[str, Length(0, 80), Pattern(r"(?s).*\S", "Write something.")]


@request
class Question:
    """``options`` of a choice only. A rating runs from 1 to 5."""

    question_id: Id
    kind: Annotated[str, OneOf(QUESTION_KINDS)]
    text: Annotated[str, Length(0, 200), Pattern(r"(?s).*\S", "Write something.")]
    options: Annotated[tuple[Option, ...], Length(0, MAX_OPTIONS)] = ()


@request
class OpenSurvey:
    """A demand survey needs no question: it offers the plan's kinds of service by weekday."""

    school_id: Id
    term_id: Id
    purpose: Annotated[str, OneOf(PURPOSES)]
    audience: Annotated[Audience, OneOf(ASKED)]
    anonymous: bool
    title: Annotated[str, Length(0, 80)] | None = None
    questions: Annotated[tuple[Question, ...], Length(0, MAX_QUESTIONS)] = ()
    offering_id: Id | None = None


@request
class AnswerSurvey:
    """``answers``: question → option id, rating or text. ``as``: whose words; the asked side's."""

    survey_id: Id
    student_id: Id
    as_: Annotated[Voice, WireName("as")] | None = None
    answers: Annotated[dict[Id, object | None], Length(0, MAX_QUESTIONS)] = field(
        default_factory=dict
    )
    wishes: Annotated[tuple[Wish, ...], Length(0, 70)] = ()


@request
class CloseSurvey:
    """``response``: what the school says and improves; published with the results."""

    survey_id: Id
    response: Annotated[str, Length(0, 5000)]


@request
class ListSurveys:
    school_id: Id
    term_id: Id | None = None
    state: Annotated[str, OneOf(SURVEY_STATES)] | None = None


@request
class GetDemand:
    school_id: Id
    term_id: Id


@request
class GetSurvey:
    survey_id: Id


@reply
class SurveyState:
    """``response_rate_bp`` is null while it is open; 10000 is everybody invited."""

    survey_id: str
    school_id: str
    term_id: str
    purpose: str
    audience: str
    anonymous: bool
    offering_id: str | None
    state: str
    opened_at: str
    closed_at: str | None
    answers: int
    invited: int
    response_rate_bp: int | None


@reply
class SurveyEntry(SurveyState):
    title: str | None


@reply
class Surveys:
    items: tuple[SurveyEntry, ...]


@reply
class OptionShown:
    option_id: str
    text: str


@reply
class QuestionShown:
    question_id: str
    kind: str
    text: str
    options: tuple[OptionShown, ...]


@reply
class Choice:
    """A kind of service on a day of the week; 1 is Monday."""

    weekday: int
    service_kind: str


@reply
class Result:
    """``counts``: option or rating → how many. Null where fewer than five answered the question.

    ``texts`` are for the school's office only.
    """

    question_id: str
    answers: int
    counts: dict[str, int] | None
    average_hundredths: int | None
    texts: tuple[str, ...] | None


@reply
class TrendPoint:
    """``satisfied_bp``: the share of ratings of 4 and 5. Null where fewer than five answered."""

    survey_id: str
    closed_at: str
    answers: int
    satisfied_bp: int | None
    average_hundredths: int | None


@reply
class ChildAsked:
    """``answered`` is null once an anonymous survey is closed: nobody can tell any more."""

    student_id: str
    answered: bool | None


@reply
class Survey(SurveyEntry):
    """``results_state``: shown, too_few, or not_yet (while open: anonymous, or to families).

    ``trend`` is of the satisfaction surveys about the same offering; ``children`` a guardian's.
    """

    questions: tuple[QuestionShown, ...]
    choices: tuple[Choice, ...]
    response: str | None
    results_state: str
    results: tuple[Result, ...] | None
    trend: tuple[TrendPoint, ...]
    children: tuple[ChildAsked, ...]


@reply
class AnswerState:
    survey_id: str
    school_id: str
    student_id: str
    answered: bool


@reply
class GradeAsked:
    """``too_few``: fewer than five anonymous answers, so the grade's wishes are not shown."""

    grade: int
    pupils: int
    answers: int | None
    too_few: bool


@reply
class WishCount(Choice):
    """``places`` are those of the offerings that serve the grade then, proposed or open.

    An offering for several grades counts in each of them, so places are not added over grades.
    """

    grade: int
    wishes: int
    places: int


@reply
class Demand:
    """Of the term's newest demand survey; ``survey_id`` is null where there is none."""

    term_id: str
    survey_id: str | None
    state: str | None
    results_state: str
    choices: tuple[Choice, ...]
    grades: tuple[GradeAsked, ...]
    items: tuple[WishCount, ...]


LIST_SURVEYS = query(
    "list_surveys",
    "/schools/{school_id}/surveys",
    "List a school's surveys, newest first",
    ListSurveys,
    Surveys,
    roles=roles.EVERYBODY,
)
OPEN_SURVEY = command(
    "open_survey",
    "/schools/{school_id}/surveys",
    "Open a survey of guardians or pupils",
    OpenSurvey,
    SurveyState,
    roles=("school_office",),
)
GET_SURVEY = query(
    "get_survey",
    "/surveys/{survey_id}",
    "Show a survey and what came of it; fewer than five answers are not shown",
    GetSurvey,
    Survey,
    roles=roles.EVERYBODY,
)
ANSWER_SURVEY = command(
    "answer_survey",
    "/surveys/{survey_id}/answers",
    "Answer for a pupil's family, or in the pupil's words; again replaces it",
    AnswerSurvey,
    AnswerState,
    roles=("guardian",),
)
CLOSE_SURVEY = command(
    "close_survey",
    "/surveys/{survey_id}/close",
    "Close a survey and publish the school's response",
    CloseSurvey,
    SurveyState,
    roles=("school_office",),
)
GET_DEMAND = query(
    "get_demand",
    "/schools/{school_id}/demand",
    "Show what families wish for, by grade, weekday and kind of service",
    GetDemand,
    Demand,
    roles=("school_office", "bureau"),
)
