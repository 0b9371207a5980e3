"""The pupil's own will, the class teacher's review, and the school that must be ready first."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.applications import ApplicationReviewed, PupilAssentRecorded
from contracts.enrollment.placement import StudentWithdrawn
from services.enrollment.application.domain import errors
from services.enrollment.application.domain.application import APPLICATION
from services.enrollment.application.domain.commands import RecordPupilAssent, ReviewApplication
from tests.unit.enrollment.test_applications import (
    FIRST,
    WHO,
    accept,
    accepted,
    declined,
    enrolled,
    letter,
    signed,
    submit,
    submitted,
)

application = Scenario(APPLICATION)
yes = PupilAssentRecorded(application_id="a-1", assents=True, **WHO)
no = PupilAssentRecorded(application_id="a-1", assents=False, **WHO)
say_no = RecordPupilAssent(application_id="a-1", assents=False, today=date(2026, 10, 8))
say_yes = replace(say_no, assents=True)
review = ReviewApplication(application_id="a-1", recommended=True)
reviewed = ApplicationReviewed(application_id="a-1", recommended=True, **WHO)


@pytest.mark.clause("P2-005")
@pytest.mark.parametrize("said", [None, False])
def test_no_application_without_the_pupils_assent_where_the_plan_asks_for_it(said):
    asked = replace(submit, assent_needed=True, pupil_assents=said)

    application.given().when(asked).then_refused(errors.AssentMissing)


@pytest.mark.clause("P2-005")
def test_the_pupils_assent_is_recorded_with_the_application():
    asked = replace(submit, assent_needed=True, pupil_assents=True)

    application.given().when(asked).then(submitted, yes)


@pytest.mark.clause("P1-060")
def test_a_pupil_who_does_not_want_to_is_not_applied_for_under_either_plan():
    application.given().when(replace(submit, pupil_assents=False)).then_refused(
        errors.AssentMissing
    )


@pytest.mark.clause("P2-005")
@pytest.mark.parametrize("history", [(submitted, yes), (submitted, yes, accepted)])
def test_the_pupil_may_take_the_assent_back_and_that_ends_the_application(history):
    application.given(*history).when(say_no).then(no, declined)


@pytest.mark.clause("P2-005")
def test_an_enrolled_pupil_may_take_the_assent_back_and_is_withdrawn():
    history = (submitted, yes, accepted, signed, letter, enrolled)
    left = StudentWithdrawn(
        application_id="a-1", school_id="s-1", effective_on=say_no.today, by="school", **WHO
    )

    application.given(*history).when(say_no).then(no, left)


def test_saying_yes_again_changes_nothing():
    application.given(submitted, yes).when(say_yes).then_nothing()
    application.given(submitted).when(say_yes).then(yes)


def test_what_is_over_hears_no_assent():
    application.given(submitted, declined).when(say_no).then_refused(errors.ApplicationClosed)


@pytest.mark.clause("P1-062", "P2-050")
def test_the_class_teacher_reviews_before_the_school_decides_where_the_policy_says_so():
    needed = replace(accept, review_needed=True)

    application.given(submitted).when(needed).then_refused(errors.ReviewMissing)
    application.given(submitted).when(review).then(reviewed)
    application.given(submitted, reviewed).when(needed).then(accepted)


def test_a_decided_application_is_not_reviewed():
    application.given(submitted, accepted).when(review).then_refused(errors.ApplicationClosed)


@pytest.mark.clause("P1-007")
def test_no_application_before_the_schools_plan_is_approved():
    application.given().when(replace(submit, plan_in_force=False)).then_refused(
        errors.PlanNotInForce
    )


@pytest.mark.clause("P2-048")
def test_no_application_before_the_school_has_disclosed_its_service():
    application.given().when(replace(submit, disclosed=False)).then_refused(errors.NotDisclosed)


@pytest.mark.clause("P1-065", "P1-100")
def test_an_enrolment_names_the_plan_and_both_papers_are_signed_in_one_step():
    assert enrolled.plan_version == 2
    assert (signed.guardian_id, letter.guardian_id) == ("g-1", "g-1")
    assert enrolled.starts_on == FIRST
