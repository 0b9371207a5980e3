"""Checking a pupil in, marking them absent, and correcting either."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chassis.testing.scenario import Scenario
from contracts.attendance.sessions import PupilCheckedIn, PupilMarkedAbsent
from services.attendance.custody.domain.custody import CUSTODY, CheckIn, MarkAbsent

TODAY = date(2026, 9, 1)

custody = Scenario(CUSTODY)

check_in = CheckIn(student_id="child", session_id="s1", class_id="c1", date=TODAY)
checked_in = PupilCheckedIn(student_id="child", session_id="s1", class_id="c1", date=TODAY)
mark_absent = MarkAbsent(
    student_id="child", session_id="s1", class_id="c1", date=TODAY, status="absent"
)
marked_absent = PupilMarkedAbsent(
    student_id="child", session_id="s1", class_id="c1", date=TODAY, status="absent"
)


def test_a_pupil_is_checked_in_once() -> None:
    custody.given().when(check_in).then(checked_in)
    custody.given(checked_in).when(check_in).then_nothing()


def test_a_pupil_is_marked_absent_once_with_the_same_status() -> None:
    custody.given().when(mark_absent).then(marked_absent)
    custody.given(marked_absent).when(mark_absent).then_nothing()
    custody.given(marked_absent).when(replace(mark_absent, status="leave")).then(
        replace(marked_absent, status="leave")
    )


def test_a_correction_goes_both_ways() -> None:
    custody.given(checked_in).when(mark_absent).then(marked_absent)
    custody.given(marked_absent).when(check_in).then(checked_in)


def test_the_next_session_takes_the_pupil_over() -> None:
    custody.given(checked_in).when(replace(check_in, session_id="s2")).then(
        replace(checked_in, session_id="s2")
    )


def test_correcting_an_earlier_sessions_roll_does_not_move_the_child() -> None:
    moved_on = custody.given(checked_in, replace(checked_in, session_id="s2"))

    moved_on.when(mark_absent).then_nothing()
    moved_on.when(check_in).then_nothing()
