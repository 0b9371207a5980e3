"""After the agreement: withdrawal, re-entry, suspension, leaving the school."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.applications import ApplicationLapsed
from contracts.enrollment.placement import EnrolmentResumed, EnrolmentSuspended, StudentWithdrawn
from services.enrollment.application.domain import errors
from services.enrollment.application.domain.application import APPLICATION
from services.enrollment.application.domain.commands import LeaveSchool
from services.enrollment.application.domain.placement import (
    ResumeEnrolment,
    SuspendEnrolment,
    WithdrawStudent,
)
from tests.unit.enrollment.test_applications import (
    FIRST,
    LAST,
    WHO,
    accept,
    accepted,
    again,
    decline,
    declined,
    enrolled,
    letter,
    rejected,
    sign,
    signed,
    submitted,
    submitted_again,
)

WHOSE = {"application_id": "a-1", "school_id": "s-1", **WHO}
TODAY, FROM, UNTIL = date(2026, 10, 9), date(2026, 10, 19), date(2026, 10, 30)
BACK = date(2026, 10, 26)

withdraw = WithdrawStudent(
    application_id="a-1", effective_on=FROM, by="guardian", reasoned=False, today=TODAY
)
withdrawn = StudentWithdrawn(effective_on=FROM, by="guardian", **WHOSE)
suspend = SuspendEnrolment(application_id="a-1", from_on=FROM, until_on=UNTIL, today=TODAY)
suspended = EnrolmentSuspended(from_on=FROM, until_on=UNTIL, **WHOSE)
resume = ResumeEnrolment(application_id="a-1", on=BACK, today=date(2026, 10, 20))
resumed = EnrolmentResumed(on=BACK, **WHOSE)
leave = LeaveSchool(effective_on=FROM, term_ends=LAST)
lapsed = ApplicationLapsed(**WHOSE)

application = Scenario(APPLICATION)
placed = application.given(submitted, accepted, signed, enrolled)


def after(*events):
    return application.given(*placed.history, *events)


@pytest.mark.clause("P1-079")
def test_a_family_leaves_from_a_day_and_owes_no_reason():
    placed.when(withdraw).then(withdrawn)


@pytest.mark.clause("P1-079")
def test_a_school_withdraws_a_pupil_for_a_reason():
    by_school = replace(withdraw, by="school")

    placed.when(by_school).then_refused(errors.ReasonMissing)
    placed.when(replace(by_school, reasoned=True)).then(replace(withdrawn, by="school"))


@pytest.mark.clause("P1-079")
@pytest.mark.parametrize("day", [date(2026, 10, 8), date(2027, 1, 21)])
def test_nobody_leaves_in_the_past_or_after_the_term(day):
    placed.when(replace(withdraw, effective_on=day)).then_refused(errors.PlacementDateWrong)


@pytest.mark.parametrize("day", [TODAY, LAST])
def test_today_and_the_last_day_are_days_to_leave_on(day):
    placed.when(replace(withdraw, effective_on=day)).then(replace(withdrawn, effective_on=day))


def test_nobody_leaves_before_the_first_day():
    before_term = replace(withdraw, today=date(2026, 8, 29))

    placed.when(replace(before_term, effective_on=date(2026, 8, 31))).then_refused(
        errors.PlacementDateWrong
    )
    placed.when(replace(before_term, effective_on=FIRST)).then(
        replace(withdrawn, effective_on=FIRST)
    )


def test_a_term_that_is_over_is_not_left():
    late = replace(withdraw, today=date(2027, 2, 1), effective_on=date(2027, 2, 1))

    placed.when(late).then_refused(errors.TermOver)


@pytest.mark.clause("P1-079")
def test_the_first_withdrawal_stands():
    other = replace(withdraw, effective_on=UNTIL, by="school", reasoned=True)

    after(withdrawn).when(withdraw).then_nothing()
    after(withdrawn).when(other).then_nothing()


@pytest.mark.parametrize(
    "history", [(), (submitted,), (submitted, accepted), (submitted, rejected), (declined,)]
)
@pytest.mark.parametrize("command", [withdraw, suspend, resume])
def test_who_is_not_enrolled_has_no_place_to_leave(history, command):
    application.given(*history).when(command).then_refused(errors.NotEnrolled)


@pytest.mark.clause("P1-079")
def test_who_left_may_apply_again_and_is_enrolled_again():
    other = {"application_id": "a-2"}
    after(withdrawn).when(again).then(submitted_again)
    back = after(withdrawn, submitted_again, replace(accepted, **other))

    back.when(replace(sign, **other, today=UNTIL, vacant_from=FROM)).then(
        replace(signed, **other),
        replace(letter, **other),
        replace(enrolled, **other, starts_on=UNTIL),
    )
    back.when(replace(sign, **other, today=TODAY, vacant_from=FROM)).then(
        replace(signed, **other),
        replace(letter, **other),
        replace(enrolled, **other, starts_on=FROM),
    )


def test_the_old_enrolment_stays_ended_when_the_new_one_begins():
    after(withdrawn, submitted_again).when(withdraw).then_refused(errors.NotEnrolled)
    after(withdrawn).when(accept).then_refused(errors.ApplicationClosed)
    after(withdrawn).when(sign).then_refused(errors.ApplicationClosed)


def test_saying_no_after_a_withdrawal_adds_nothing():
    after(withdrawn).when(decline).then_nothing()


@pytest.mark.clause("P1-079")
@pytest.mark.parametrize("until", [UNTIL, FROM, LAST, None])
def test_a_place_is_suspended_until_a_day_or_until_resumed(until):
    placed.when(replace(suspend, until_on=until)).then(replace(suspended, until_on=until))


def test_suspending_for_the_same_days_again_changes_nothing():
    after(suspended).when(suspend).then_nothing()


def test_other_days_are_not_put_over_a_suspension():
    later = replace(suspend, until_on=None)

    after(suspended).when(later).then_refused(errors.AlreadySuspended)
    after(suspended).when(replace(later, today=UNTIL)).then_refused(errors.AlreadySuspended)


def test_a_suspension_that_is_over_allows_another():
    next_one = replace(suspend, from_on=date(2026, 11, 9), until_on=None, today=date(2026, 10, 31))

    after(suspended).when(next_one).then(
        replace(suspended, from_on=date(2026, 11, 9), until_on=None)
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 10, 8), UNTIL),
        (date(2027, 1, 21), None),
        (FROM, date(2026, 10, 18)),
        (FROM, date(2027, 1, 21)),
    ],
)
def test_suspended_days_are_ahead_in_order_and_within_the_enrolment(first, last):
    placed.when(replace(suspend, from_on=first, until_on=last)).then_refused(
        errors.PlacementDateWrong
    )


@pytest.mark.clause("P1-079")
@pytest.mark.parametrize("until", [UNTIL, None])
def test_a_suspended_pupil_comes_back_on_a_day(until):
    after(replace(suspended, until_on=until)).when(resume).then(resumed)


def test_resuming_twice_changes_nothing_and_an_earlier_day_still_can_be_chosen():
    earlier = replace(resume, on=date(2026, 10, 21))

    after(suspended, resumed).when(resume).then_nothing()
    after(suspended, resumed).when(earlier).then(replace(resumed, on=earlier.on))


def test_resuming_does_not_prolong():
    late = replace(resume, on=date(2026, 11, 2))

    after(suspended).when(replace(late, on=date(2026, 10, 31))).then_nothing()
    after(suspended).when(late).then_refused(errors.PlacementDateWrong)
    after(suspended).when(replace(resume, on=date(2026, 10, 19))).then_refused(
        errors.PlacementDateWrong
    )


def test_what_is_not_suspended_needs_no_resuming():
    placed.when(resume).then_nothing()
    after(suspended).when(replace(resume, today=date(2026, 11, 1), on=LAST)).then_nothing()


def test_a_suspension_that_has_not_begun_is_cancelled():
    cancel = replace(resume, today=TODAY, on=TODAY)
    cancelled = replace(resumed, on=TODAY)

    after(suspended).when(cancel).then(cancelled)
    after(suspended, cancelled).when(suspend).then(suspended)


def test_a_suspension_is_cancelled_before_the_term_begins():
    ahead = date(2026, 8, 28)

    after(suspended).when(replace(resume, today=ahead, on=ahead)).then(replace(resumed, on=ahead))


def test_a_withdrawn_pupil_is_neither_suspended_nor_resumed():
    after(withdrawn).when(suspend).then_refused(errors.NotEnrolled)
    after(withdrawn).when(resume).then_refused(errors.NotEnrolled)


def test_a_suspended_pupil_may_leave():
    after(suspended).when(withdraw).then(withdrawn)


def test_who_leaves_the_school_is_withdrawn_by_it():
    placed.when(leave).then(replace(withdrawn, by="school"))
    placed.when(replace(leave, effective_on=date(2026, 8, 25))).then(
        replace(withdrawn, by="school", effective_on=FIRST)
    )


def test_leaving_the_school_after_the_term_ends_no_enrolment():
    summer = replace(leave, effective_on=date(2027, 1, 21))

    placed.when(summer).then_nothing()
    application.given(submitted).when(summer).then_nothing()


@pytest.mark.parametrize("history", [(submitted,), (submitted, accepted)])
def test_an_open_application_lapses_when_the_pupil_leaves_the_school(history):
    application.given(*history).when(leave).then(lapsed)


@pytest.mark.parametrize(
    "history",
    [
        (),
        (declined,),
        (submitted, rejected),
        (submitted, lapsed),
        (submitted, accepted, signed, enrolled, withdrawn),
    ],
)
def test_leaving_the_school_ends_nothing_that_has_ended(history):
    application.given(*history).when(leave).then_nothing()


def test_a_lapsed_application_is_followed_by_a_new_one_only():
    application.given(submitted, lapsed).when(accept).then_refused(errors.ApplicationClosed)
    application.given(submitted, lapsed).when(again).then(submitted_again)


def test_nobody_applies_where_the_child_will_not_be():
    leaving = replace(again, leaves_on=LAST)

    application.given().when(leaving).then_refused(errors.StudentLeaving)
    application.given().when(replace(leaving, leaves_on=date(2027, 1, 21))).then(submitted_again)
