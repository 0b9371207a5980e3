"""Leaving the school's register for another school, and coming back."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.people import StudentDetailsChanged
from contracts.enrollment.placement import StudentTransferredOut
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.student import STUDENT, TransferStudent
from tests.unit.enrollment.test_students import linked, record, registered

TODAY, DAY = date(2026, 10, 9), date(2026, 10, 19)

transfer = TransferStudent(
    student_id="st-1", school_id="s-1", to_school_id="s-2", effective_on=DAY, today=TODAY
)
gone = StudentTransferredOut(student_id="st-1", to_school_id="s-2", effective_on=DAY)
student = Scenario(STUDENT).given(registered, linked)
left = student.given(registered, linked, gone)
returns = replace(record, returns=True)


@pytest.mark.parametrize("day", [TODAY, DAY])
def test_a_pupil_leaves_for_another_school_from_a_day_on(day):
    student.when(replace(transfer, effective_on=day)).then(replace(gone, effective_on=day))


def test_the_new_school_need_not_be_on_the_platform():
    student.when(replace(transfer, to_school_id=None)).then(replace(gone, to_school_id=None))


def test_the_first_word_stands():
    left.when(transfer).then_nothing()
    left.when(replace(transfer, effective_on=TODAY, to_school_id=None)).then_nothing()


def test_nobody_leaves_in_the_past_or_for_the_same_school():
    student.when(replace(transfer, effective_on=date(2026, 10, 8))).then_refused(
        errors.TransferDateWrong
    )
    student.when(replace(transfer, to_school_id="s-1")).then_refused(errors.TransferToItself)


def test_an_unknown_pupil_does_not_leave():
    student.given().when(transfer).then_refused(errors.StudentUnknown)


def test_a_roster_after_the_last_day_brings_the_same_pupil_back():
    left.when(returns).then(registered)
    left.when(replace(returns, class_id="c-2", changed=("name",))).then(
        replace(registered, class_id="c-2"),
        StudentDetailsChanged(student_id="st-1", fields=("name",)),
    )
    student.given(registered, linked, gone, registered).when(returns).then_nothing()


def test_a_roster_before_the_last_day_keeps_nobody():
    left.when(record).then_nothing()


def test_who_came_back_may_leave_again():
    student.given(registered, linked, gone, registered).when(transfer).then(gone)
