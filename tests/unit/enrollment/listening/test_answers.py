"""Answering a survey, again, and too late."""

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.surveys import SurveyAnswered, Wish
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.answer import ANSWER, AnswerSurvey, Form
from tests.unit.enrollment.listening.forms import FOOD, JOY, MONDAY, TUESDAY, WORDS

form = Form(
    survey_id="v-1",
    school_id="s-1",
    purpose="opinion",
    audience="guardians",
    anonymous=False,
    questions=(FOOD, JOY, WORDS),
    choices=(),
    open=True,
)
say = AnswerSurvey(
    form=form,
    answer_id="a-1",
    respondent="st-1",
    voice="guardian",
    grade=3,
    answers={"food": "more", "joy": 4, "words": "再多一点"},
    wishes=(),
    rewritten=True,
)
said = SurveyAnswered(
    survey_id="v-1",
    school_id="s-1",
    answer_id="a-1",
    respondent="st-1",
    anonymous=False,
    voice="guardian",
    grade=3,
    choices={"food": "more"},
    ratings={"joy": 4},
    texts=("words",),
    wishes=(),
)
demand = replace(form, purpose="demand", questions=(), choices=(MONDAY, TUESDAY))
answer = Scenario(ANSWER)


def test_an_answer_is_kept_without_its_words():
    answer.given().when(say).then(said)
    assert "再多一点" not in repr(said)


def test_saying_the_same_again_changes_nothing():
    again = replace(say, answer_id="a-2", rewritten=False)

    answer.given(said).when(again).then_nothing()


def test_answering_again_replaces_the_answer():
    other = replace(say, answers={"food": "less"})

    answer.given(said).when(other).then(
        replace(said, choices={"food": "less"}, ratings={}, texts=())
    )


def test_other_words_to_the_same_question_replace_them():
    answer.given(said).when(say).then(said)


def test_a_question_may_be_left_out_but_not_all():
    answer.given().when(replace(say, answers={"joy": 1})).then(
        replace(said, choices={}, ratings={"joy": 1}, texts=())
    )
    for nothing in ({}, {"words": "  "}):
        answer.given().when(replace(say, answers=nothing)).then_refused(errors.AnswerEmpty)


@pytest.mark.parametrize(
    "wrong",
    [
        {"food": "none"},
        {"food": 1},
        {"joy": 0},
        {"joy": 6},
        {"joy": True},
        {"joy": "4"},
        {"joy": 4.0},
        {"words": "字" * 1001},
        {"words": ["字"]},
        {"nobody-asked": "x"},
        {"food": None},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(wrong):
    answer.given().when(replace(say, answers=wrong)).then_refused(errors.AnswerWrong)


@pytest.mark.clause("P2-054")
def test_wishes_are_among_the_choices_and_no_wish_is_an_answer():
    wish = replace(say, form=demand, answers={}, wishes=(TUESDAY, MONDAY, MONDAY))
    told = replace(said, choices={}, ratings={}, texts=(), wishes=(MONDAY, TUESDAY))

    answer.given().when(wish).then(told)
    answer.given().when(replace(wish, wishes=())).then(replace(told, wishes=()))
    sunday = Wish(weekday=7, service_kind="after_school_custody")
    answer.given().when(replace(wish, wishes=(sunday,))).then_refused(errors.AnswerWrong)


def test_wishes_belong_to_a_demand_survey():
    answer.given().when(replace(say, wishes=(MONDAY,))).then_refused(errors.AnswerWrong)


@pytest.mark.parametrize(("audience", "voice"), [("guardians", "pupil"), ("pupils", "guardian")])
def test_each_survey_hears_one_voice(audience, voice):
    asked = replace(say, form=replace(form, audience=audience), voice=voice)

    answer.given().when(asked).then_refused(errors.VoiceWrong)


@pytest.mark.clause("P1-088")
def test_a_pupil_is_asked_in_the_pupils_words():
    asked = replace(say, form=replace(form, audience="pupils"), voice="pupil")

    answer.given().when(asked).then(replace(said, voice="pupil"))


@pytest.mark.parametrize(("purpose", "grade"), [("demand", 3), ("opinion", None)])
def test_an_anonymous_answer_keeps_the_grade_only_for_demand(purpose, grade):
    hidden = replace(form, purpose=purpose, anonymous=True)

    answer.given().when(replace(say, form=hidden)).then(replace(said, anonymous=True, grade=grade))


def test_a_closed_survey_takes_no_answer():
    late = replace(say, form=replace(form, open=False))

    answer.given().when(late).then_refused(errors.SurveyOver)
    answer.given(said).when(late).then_refused(errors.SurveyOver)
