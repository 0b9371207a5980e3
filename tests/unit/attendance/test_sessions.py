"""Opening a session and taking its roll."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from chassis.kernel.call import CHINA
from chassis.testing.scenario import Scenario
from contracts.attendance.sessions import RollException, RollTaken, SessionOpened
from services.attendance.calendar.domain.service_day import NoService
from services.attendance.calendar.domain.values import Window
from services.attendance.calendar.errors import NotAServiceWeekday, OutsideWindow
from services.attendance.sessions import errors
from services.attendance.sessions.domain.session import SESSION, OpenSession, TakeRoll

TODAY = date(2026, 9, 1)
session = Scenario(SESSION)

open_session = OpenSession(
    session_id="s1",
    school_id="school",
    date=TODAY,
    service_kind="after_school_custody",
    class_id="c1",
    responsible_id="teacher",
    verdict=Window(starts=time(15, 30), ends=time(17, 30)),
    starts=None,
    ends=None,
    today=TODAY,
)
opened = SessionOpened(
    session_id="s1",
    school_id="school",
    date=TODAY,
    service_kind="after_school_custody",
    class_id="c1",
    starts_at=datetime(2026, 9, 1, 15, 30, tzinfo=CHINA),
    ends_at=datetime(2026, 9, 1, 17, 30, tzinfo=CHINA),
    responsible_id="teacher",
    offering_id=None,
)
ABSENT = RollException(student_id="b", status="absent")
LATE = RollException(student_id="c", status="late")
take_roll = TakeRoll(expected=("a", "b", "c"), exceptions=(LATE, ABSENT), gone={}, today=TODAY)
taken = RollTaken(
    session_id="s1",
    school_id="school",
    class_id="c1",
    date=TODAY,
    present=("a", "c"),
    exceptions=(ABSENT, LATE),
)


@pytest.mark.clause("P1-015")
def test_a_session_takes_the_window_of_its_service() -> None:
    session.given().when(open_session).then(opened)


def test_a_session_may_use_less_than_the_window() -> None:
    shorter = replace(open_session, ends=time(16, 30))

    session.given().when(shorter).then(
        replace(opened, ends_at=datetime(2026, 9, 1, 16, 30, tzinfo=CHINA))
    )


@pytest.mark.clause("P1-015")
def test_a_session_cannot_leave_the_window() -> None:
    session.given().when(replace(open_session, ends=time(17, 31))).then_refused(OutsideWindow)


@pytest.mark.clause("P1-013")
def test_no_session_without_service() -> None:
    friday = NoService(date=date(2026, 9, 4), reason="not-a-service-weekday")

    session.given().when(replace(open_session, verdict=friday)).then_refused(NotAServiceWeekday)


def test_opening_a_session_again_changes_nothing() -> None:
    session.given(opened).when(replace(open_session, session_id="s2")).then_nothing()


def test_no_session_for_a_day_that_is_over() -> None:
    session.given().when(replace(open_session, today=date(2026, 9, 2))).then_refused(
        errors.DayIsOver
    )


@pytest.mark.clause("P1-039", "P2-103")
def test_who_is_not_listed_is_present_and_who_is_late_too() -> None:
    session.given(opened).when(take_roll).then(taken)


@pytest.mark.clause("P2-103")
def test_the_same_roll_changes_nothing_in_any_order() -> None:
    again = replace(take_roll, exceptions=(ABSENT, LATE))

    session.given(opened, taken).when(again).then_nothing()


@pytest.mark.clause("P2-103")
def test_another_roll_corrects_the_first() -> None:
    corrected = replace(take_roll, exceptions=())

    session.given(opened, taken).when(corrected).then(
        replace(taken, present=("a", "b", "c"), exceptions=())
    )


def test_who_was_handed_over_from_here_was_present() -> None:
    session.given(opened, taken).when(replace(take_roll, gone={"a": "s1"})).then_nothing()


def test_who_was_handed_over_before_has_left() -> None:
    left = RollException(student_id="a", status="left")

    session.given(opened).when(replace(take_roll, gone={"a": "lunch"})).then(
        replace(taken, present=("c",), exceptions=(left, ABSENT, LATE))
    )


def test_no_roll_without_a_session() -> None:
    session.given().when(take_roll).then_refused(errors.SessionUnknown)


@pytest.mark.clause("P2-103")
@pytest.mark.parametrize(
    ("today", "error"),
    [(date(2026, 9, 2), errors.DayIsOver), (date(2026, 8, 31), errors.DayIsAhead)],
)
def test_the_roll_is_taken_on_its_day(
    today: date, error: type[errors.BusinessRuleViolation]
) -> None:
    session.given(opened).when(replace(take_roll, today=today)).then_refused(error)


def test_no_roll_of_nobody() -> None:
    nobody = replace(take_roll, expected=(), exceptions=())

    session.given(opened).when(nobody).then_refused(errors.NobodyExpected)
