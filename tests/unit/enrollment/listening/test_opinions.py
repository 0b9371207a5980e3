"""Opinions, replies, improvements."""

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.opinions import ImprovementPublished, OpinionAnswered, OpinionReceived
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.improvement import IMPROVEMENT, PublishImprovement
from services.enrollment.listening.domain.opinion import OPINION, AnswerOpinion, GiveOpinion

SOURCES = ("pupil", "guardian", "public", "npc_deputy", "cppcc_member")

give = GiveOpinion(opinion_id="o-1", school_id="s-1", source="guardian", guardian_id="g-1")
received = OpinionReceived(opinion_id="o-1", school_id="s-1", source="guardian", guardian_id="g-1")
reply = AnswerOpinion(improvement_id=None, reworded=False)
replied = OpinionAnswered(opinion_id="o-1", school_id="s-1")
opinion = Scenario(OPINION)


@pytest.mark.clause("P2-115")
@pytest.mark.parametrize("source", SOURCES)
def test_the_office_takes_down_what_anybody_says(source):
    noted = replace(give, source=source, guardian_id=None)

    opinion.given().when(noted).then(replace(received, source=source, guardian_id=None))


@pytest.mark.clause("P2-115")
@pytest.mark.parametrize("source", SOURCES)
def test_a_guardian_speaks_for_the_family_only(source):
    said = opinion.given().when(replace(give, source=source))

    if source in ("guardian", "pupil"):
        said.then(replace(received, source=source))
    else:
        said.then_refused(errors.SourceNotYours)


def test_the_same_opinion_twice_changes_nothing():
    opinion.given(received).when(give).then_nothing()


@pytest.mark.clause("P2-115")
def test_an_opinion_gets_a_reply_which_may_name_an_improvement():
    opinion.given(received).when(reply).then(replied)
    opinion.given(received).when(replace(reply, improvement_id="i-1")).then(
        replace(replied, improvement_id="i-1")
    )


def test_the_same_reply_again_changes_nothing():
    opinion.given(received, replied).when(reply).then_nothing()
    linked = replace(replied, improvement_id="i-1")
    opinion.given(received, linked).when(replace(reply, improvement_id="i-1")).then_nothing()
    opinion.given(received, linked).when(reply).then_nothing()


def test_an_improvement_may_be_named_later():
    opinion.given(received, replied).when(replace(reply, improvement_id="i-1")).then(
        replace(replied, improvement_id="i-1")
    )


def test_the_first_reply_stands():
    opinion.given(received, replied).when(replace(reply, reworded=True)).then_refused(
        errors.AlreadyAnswered
    )


def test_an_unknown_opinion_has_no_reply():
    opinion.given().when(reply).then_refused(errors.OpinionUnknown)


@pytest.mark.clause("P2-115")
def test_an_improvement_is_published_once():
    command = PublishImprovement(
        improvement_id="i-1", school_id="s-1", opinion_ids=("o-1",), survey_id=None
    )
    told = ImprovementPublished(improvement_id="i-1", school_id="s-1", opinion_ids=("o-1",))

    Scenario(IMPROVEMENT).given().when(command).then(told)
    Scenario(IMPROVEMENT).given(told).when(command).then_nothing()
