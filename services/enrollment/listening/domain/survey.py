"""Survey: questions to all families or pupils of a school, closed with what the school makes of it.

Rules:
    1. A survey asks somebody (P1-102, P2-047): a school without pupils opens none.
    2. A demand survey offers the plan's kinds of service by weekday, and may ask more (P2-054). Any
       other asks at least one question; one about satisfaction has something to rate (P1-088).
    3. A choice has at least two options, no id stands twice.
    4. It closes only with the school's response, which is published with it (P1-102, P2-052); its
       response rate is a fact from then on (P2-047). Closing again changes nothing: the first
       response stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.notices import Audience
from contracts.enrollment.surveys import QuestionAsked, SurveyClosed, SurveyOpened, Wish
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.events import SurveyEvent

WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSurvey:
    """``choices`` are what the plan offers by weekday; ``invited`` counts the school's pupils."""

    survey_id: str
    school_id: str
    term_id: str
    purpose: str
    audience: Audience
    anonymous: bool
    questions: tuple[QuestionAsked, ...]
    choices: tuple[Wish, ...]
    offering_id: str | None
    invited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSurvey:
    """``responded``: the school says what it makes of the answers. The counts are of today."""

    responded: bool
    answers: int
    invited: int


Command: TypeAlias = OpenSurvey | CloseSurvey


@dataclass(frozen=True, slots=True)
class Unopened:
    """There is no such survey."""


@dataclass(frozen=True, slots=True)
class Open:
    """It can be answered."""

    survey: SurveyOpened


@dataclass(frozen=True, slots=True)
class Closed:
    """Answered by the school."""


Survey: TypeAlias = Unopened | Open | Closed


def decide(state: Survey, command: Command) -> list[SurveyEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case OpenSurvey():
            return _open(state, command)
        case CloseSurvey():
            return _close(state, command)
        case _:
            assert_never(command)


def evolve(_state: Survey, event: SurveyEvent) -> Survey:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case SurveyOpened():
            return Open(event)
        case SurveyClosed():
            return Closed()
        case _:
            assert_never(event)


SURVEY: Decider[Survey, Command, SurveyEvent] = Decider(Unopened(), decide, evolve)


def _open(state: Survey, command: OpenSurvey) -> list[SurveyEvent]:
    if not isinstance(state, Unopened):
        return []
    if command.invited == 0:
        raise errors.NobodyToAsk()
    _check_questions(command)
    return [
        SurveyOpened(
            survey_id=command.survey_id,
            school_id=command.school_id,
            term_id=command.term_id,
            purpose=command.purpose,
            audience=command.audience,
            anonymous=command.anonymous,
            questions=command.questions,
            choices=command.choices if command.purpose == "demand" else (),
            offering_id=command.offering_id,
        )
    ]


def _check_questions(command: OpenSurvey) -> None:
    if command.audience == "staff":
        raise errors.QuestionsWrong("audience")
    if command.purpose != "demand" and not command.questions:
        raise errors.QuestionsWrong("none")
    kinds = {each.kind for each in command.questions}
    if command.purpose == "satisfaction" and "rating" not in kinds:
        raise errors.QuestionsWrong("no-rating")
    ids = [each.question_id for each in command.questions]
    if len(set(ids)) < len(ids):
        raise errors.QuestionsWrong("same-id")
    for each in command.questions:
        _check_options(each)


def _check_options(question: QuestionAsked) -> None:
    options = question.option_ids
    if question.kind == "choice" and len(set(options)) < max(2, len(options)):
        raise errors.QuestionsWrong("too-few-options")
    if question.kind != "choice" and options:
        raise errors.QuestionsWrong("options-without-choice")


def _close(state: Survey, command: CloseSurvey) -> list[SurveyEvent]:
    match state:
        case Unopened():
            raise errors.SurveyUnknown()
        case Closed():
            return []
        case Open(survey):
            if not command.responded:
                raise errors.ResponseMissing()
            return [
                SurveyClosed(
                    survey_id=survey.survey_id,
                    school_id=survey.school_id,
                    term_id=survey.term_id,
                    purpose=survey.purpose,
                    answers=command.answers,
                    invited=command.invited,
                    response_rate_bp=command.answers * WHOLE_BP // max(1, command.invited),
                )
            ]
        case _:
            assert_never(state)
