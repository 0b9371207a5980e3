"""Answer: what one family, or one pupil, says to one survey.

Rules:
    1. One answer per pupil; answering again replaces it while the survey is open. What is said
       again unchanged changes nothing.
    2. A survey of guardians is answered in a guardian's voice, one of pupils in the pupil's.
    3. Every question may be left out. Wishes are among the plan's choices; no wish at all is an
       answer to a demand survey, "we do not need it". An answer that says nothing is refused.
    4. What was written freely is not in the event, only to which questions there are words.
    5. The grade is kept where the survey asks about demand (P2-054), or is not anonymous.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.notices import Audience
from contracts.enrollment.surveys import QuestionAsked, SurveyAnswered, Voice, Wish
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.values import MAX_TEXT, RATINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The survey as it was opened, and whether it still takes answers."""

    survey_id: str
    school_id: str
    purpose: str
    audience: Audience
    anonymous: bool
    questions: tuple[QuestionAsked, ...]
    choices: tuple[Wish, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSurvey:
    """``rewritten``: the words to some question differ from those of the answer before."""

    form: Form
    answer_id: str
    respondent: str
    voice: Voice
    grade: int
    answers: Mapping[str, object]
    wishes: tuple[Wish, ...]
    rewritten: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing was answered."""


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that counts."""

    answer: SurveyAnswered


Answer: TypeAlias = Silent | Given


def decide(state: Answer, command: AnswerSurvey) -> list[SurveyAnswered]:
    """Return the event of answering: none when the same was said already.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    if not command.form.open:
        raise errors.SurveyOver()
    said = _said(command)
    match state:
        case Silent():
            return [said]
        case Given(before):
            same = replace(said, answer_id=before.answer_id) == before
            return [] if same and not command.rewritten else [said]
        case _:
            assert_never(state)


def evolve(_state: Answer, event: SurveyAnswered) -> Answer:
    """Return the state after ``event``. Applies facts; never refuses one."""
    return Given(event)


ANSWER: Decider[Answer, AnswerSurvey, SurveyAnswered] = Decider(Silent(), decide, evolve)
"""One stream per survey and respondent."""


def _said(command: AnswerSurvey) -> SurveyAnswered:
    form = command.form
    _check_voice(command)
    choices, ratings, texts = _by_kind(form, command.answers)
    wishes = _wishes(form, command.wishes)
    if form.purpose != "demand" and not (choices or ratings or texts):
        raise errors.AnswerEmpty()
    return SurveyAnswered(
        survey_id=form.survey_id,
        school_id=form.school_id,
        answer_id=command.answer_id,
        respondent=command.respondent,
        anonymous=form.anonymous,
        voice=command.voice,
        grade=command.grade if form.purpose == "demand" or not form.anonymous else None,
        choices=choices,
        ratings=ratings,
        texts=texts,
        wishes=wishes,
    )


def _check_voice(command: AnswerSurvey) -> None:
    if (command.voice == "pupil") is not (command.form.audience == "pupils"):
        raise errors.VoiceWrong()


def _by_kind(
    form: Form, answers: Mapping[str, object]
) -> tuple[dict[str, str], dict[str, int], tuple[str, ...]]:
    asked = {each.question_id: each for each in form.questions}
    choices: dict[str, str] = {}
    ratings: dict[str, int] = {}
    texts: list[str] = []
    for question_id, value in answers.items():
        question = asked.get(question_id)
        match question.kind if question else None, value:
            case "choice", str() if question and value in question.option_ids:
                choices[question_id] = value
            case "rating", int() if value in RATINGS and not isinstance(value, bool):
                ratings[question_id] = value
            case "text", str() if len(value) <= MAX_TEXT:
                texts += [question_id] if value.strip() else []
            case _:
                raise errors.AnswerWrong(question=question_id[:64], max_text=MAX_TEXT)
    return choices, ratings, tuple(sorted(texts))


def _wishes(form: Form, wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    wrong = [each for each in wishes if each not in form.choices]
    if wrong:
        raise errors.AnswerWrong(
            "wish", weekday=wrong[0].weekday, service_kind=wrong[0].service_kind
        )
    return tuple(sorted(set(wishes), key=lambda each: (each.weekday, each.service_kind)))
