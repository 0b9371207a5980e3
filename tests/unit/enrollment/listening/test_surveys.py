"""Opening and closing surveys."""

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.surveys import QuestionAsked, SurveyClosed, SurveyOpened
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.survey import SURVEY, CloseSurvey, OpenSurvey
from tests.unit.enrollment.listening.forms import FOOD, JOY, MONDAY, TUESDAY, WORDS

ask = OpenSurvey(
    survey_id="v-1",
    school_id="s-1",
    term_id="t-1",
    purpose="opinion",
    audience="guardians",
    anonymous=False,
    questions=(FOOD, JOY, WORDS),
    choices=(MONDAY, TUESDAY),
    offering_id=None,
    invited=3,
)
opened = SurveyOpened(
    survey_id="v-1",
    school_id="s-1",
    term_id="t-1",
    purpose="opinion",
    audience="guardians",
    anonymous=False,
    questions=(FOOD, JOY, WORDS),
    choices=(),
)
close = CloseSurvey(responded=True, answers=2, invited=3)
closed = SurveyClosed(
    survey_id="v-1",
    school_id="s-1",
    term_id="t-1",
    purpose="opinion",
    answers=2,
    invited=3,
    response_rate_bp=6666,
)
survey = Scenario(SURVEY)


@pytest.mark.clause("P1-102", "P2-052")
def test_parents_are_asked_for_their_opinion():
    survey.given().when(ask).then(opened)


def test_opening_the_same_survey_again_changes_nothing():
    survey.given(opened).when(ask).then_nothing()


@pytest.mark.clause("P2-047")
def test_a_school_without_pupils_asks_nobody():
    survey.given().when(replace(ask, invited=0)).then_refused(errors.NobodyToAsk)


@pytest.mark.clause("P2-054")
def test_a_demand_survey_offers_the_plans_choices_and_needs_no_question():
    demand = replace(ask, purpose="demand", questions=())

    survey.given().when(demand).then(
        replace(opened, purpose="demand", questions=(), choices=(MONDAY, TUESDAY))
    )


@pytest.mark.clause("P1-088")
def test_a_satisfaction_survey_has_something_to_rate():
    satisfaction = replace(ask, purpose="satisfaction", offering_id="o-1")

    survey.given().when(satisfaction).then(
        replace(opened, purpose="satisfaction", offering_id="o-1")
    )
    survey.given().when(replace(satisfaction, questions=(FOOD, WORDS))).then_refused(
        errors.QuestionsWrong
    )


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (JOY, JOY),
        (QuestionAsked(question_id="q", kind="choice"),),
        (QuestionAsked(question_id="q", kind="choice", option_ids=("a",)),),
        (QuestionAsked(question_id="q", kind="choice", option_ids=("a", "a", "b")),),
        (QuestionAsked(question_id="q", kind="text", option_ids=("a", "b")),),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(questions):
    survey.given().when(replace(ask, questions=questions)).then_refused(errors.QuestionsWrong)


def test_staff_are_not_surveyed():
    survey.given().when(replace(ask, audience="staff")).then_refused(errors.QuestionsWrong)


@pytest.mark.clause("P1-102", "P2-052", "P2-047")
def test_it_closes_with_the_schools_response_and_stores_the_response_rate():
    survey.given(opened).when(close).then(closed)


@pytest.mark.clause("P1-102", "P2-052")
def test_it_does_not_close_without_a_response():
    survey.given(opened).when(replace(close, responded=False)).then_refused(errors.ResponseMissing)


def test_closing_it_again_changes_nothing():
    survey.given(opened, closed).when(replace(close, answers=3)).then_nothing()


def test_an_unknown_survey_is_not_closed():
    survey.given().when(close).then_refused(errors.SurveyUnknown)
