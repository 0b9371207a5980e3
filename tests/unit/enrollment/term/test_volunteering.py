"""Serving is voluntary: consent by the person, taken back with notice, and fitness."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.volunteering import TeacherVolunteered, TeacherWithdrew
from services.enrollment.offerings.domain.volunteering import (
    VOLUNTEERING,
    Fitness,
    NoticeTooShort,
    NotScreened,
    NotVolunteered,
    StaffKindNotAdmitted,
    StatementMissing,
    VolunteerForDuty,
    WithdrawVolunteering,
    check_fit,
)

volunteer = VolunteerForDuty(
    staff_id="p-1", term_id="t-1", kind="school_staff", admitted=("school_staff",)
)
volunteered = TeacherVolunteered(staff_id="p-1", term_id="t-1")
withdraw = WithdrawVolunteering(
    effective_on=date(2026, 10, 8), notice_days=7, today=date(2026, 10, 1)
)
withdrew = TeacherWithdrew(staff_id="p-1", term_id="t-1", effective_on=date(2026, 10, 8))
volunteering = Scenario(VOLUNTEERING)


@pytest.mark.clause("P1-030")
def test_a_teacher_of_the_school_volunteers_once():
    volunteering.given().when(volunteer).then(volunteered)
    volunteering.given(volunteered).when(volunteer).then_nothing()
    volunteering.given(volunteered, withdrew).when(volunteer).then(volunteered)


@pytest.mark.clause("P1-030")
def test_under_plan_1_only_teachers_of_the_school_serve():
    volunteering.given().when(replace(volunteer, kind="parent")).then_refused(StaffKindNotAdmitted)


@pytest.mark.clause("P1-030")
def test_consent_is_taken_back_with_notice():
    volunteering.given(volunteered).when(withdraw).then(withdrew)
    volunteering.given(volunteered, withdrew).when(withdraw).then_nothing()
    volunteering.given(volunteered).when(
        replace(withdraw, effective_on=date(2026, 10, 7))
    ).then_refused(NoticeTooShort)
    volunteering.given().when(withdraw).then_refused(NotVolunteered)


@pytest.mark.clause("P1-030")
@pytest.mark.parametrize(
    ("missing", "refusal"),
    [
        ("consents", NotVolunteered),
        ("screened", NotScreened),
        ("statement", StatementMissing),
    ],
)
def test_nobody_is_given_a_session_without_consent_screening_and_statement(missing, refusal):
    fit = Fitness(consents=True, screened=True, statement=True)

    check_fit(fit)
    with pytest.raises(refusal):
        check_fit(replace(fit, **{missing: False}))
