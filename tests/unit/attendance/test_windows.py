"""Which window a service has on its day: hours, summer, and the blank of plan 2."""

from __future__ import annotations

from datetime import date, time

import pytest

from services.attendance.calendar import errors
from services.attendance.calendar.domain.service_day import NoService, summer, verdict, within
from services.attendance.calendar.domain.values import Window
from tests.unit.attendance.plans import PLAN_1, PLAN_2, custody_on, day

MONDAY = date(2026, 3, 2)


@pytest.mark.clause("P1-015")
def test_plan_1_runs_from_half_past_three_to_five() -> None:
    assert custody_on(MONDAY) == Window(starts=time(15, 30), ends=time(17))


@pytest.mark.clause("P1-015", "P1-016")
@pytest.mark.parametrize(
    ("when", "latest", "too_late"),
    [
        (MONDAY, time(17), time(17, 1)),
        (date(2026, 6, 1), time(17, 30), time(17, 31)),
    ],
)
def test_the_last_minute_of_plan_1(when: date, latest: time, too_late: time) -> None:
    assert within(custody_on(when), None, latest) == (time(15, 30), latest)
    with pytest.raises(errors.OutsideWindow):
        within(custody_on(when), None, too_late)


@pytest.mark.clause("P1-015")
def test_nothing_starts_before_dismissal() -> None:
    with pytest.raises(errors.OutsideWindow):
        within(custody_on(MONDAY), time(15, 29), None)


def test_a_session_ends_after_it_starts() -> None:
    with pytest.raises(errors.OutsideWindow):
        within(custody_on(MONDAY), time(16), time(16))


@pytest.mark.clause("P1-016")
@pytest.mark.parametrize(
    ("when", "is_summer"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
    ],
)
def test_the_first_and_the_last_day_of_summer(when: date, is_summer: bool) -> None:
    assert summer(when, PLAN_1["season_summer"]) is is_summer


@pytest.mark.clause("P1-016")
@pytest.mark.parametrize(
    ("when", "ends"),
    [
        (date(2026, 4, 30), time(17)),
        (date(2026, 5, 6), time(17, 30)),
        (date(2026, 9, 30), time(17, 30)),
        (date(2026, 10, 8), time(17)),
    ],
)
def test_the_window_around_the_ends_of_summer(when: date, ends: time) -> None:
    assert custody_on(when) == Window(starts=time(15, 30), ends=ends)


@pytest.mark.parametrize(("month", "inside"), [(12, True), (1, True), (6, False)])
def test_a_season_may_span_the_new_year(month: int, inside: bool) -> None:
    assert summer(date(2026, month, 15), {"first": "11-01", "last": "02-28"}) is inside


@pytest.mark.clause("P2-034")
@pytest.mark.parametrize("ends", [None, {"winter": "17:00"}])
def test_plan_2_names_the_end_of_primary_custody_that_it_leaves_blank(
    ends: dict[str, str] | None,
) -> None:
    plan = PLAN_2 | ({"primary_custody_end": ends} if ends else {})

    found = custody_on(date(2026, 9, 1), plan)

    assert found == NoService(
        date=date(2026, 9, 1), reason="parameter-unset", parameter="primary_custody_end"
    )
    with pytest.raises(errors.ParameterUnset, match="primary_custody_end"):
        within(found, None, None)


@pytest.mark.clause("P2-034")
@pytest.mark.parametrize(
    ("when", "ends"), [(date(2026, 9, 30), time(18)), (date(2026, 11, 2), time(17, 20))]
)
def test_once_set_primary_custody_ends_by_season(when: date, ends: time) -> None:
    plan = PLAN_2 | {"primary_custody_end": {"summer": "18:00", "winter": "17:20"}}

    assert custody_on(when, plan) == Window(starts=None, ends=ends)


def evening(plan: dict[str, object] = PLAN_2) -> Window:
    found = verdict("evening_self_study", day(MONDAY, stage="junior"), plan)
    assert isinstance(found, Window)
    return found


@pytest.mark.clause("P2-037")
def test_evening_self_study_ends_by_nine() -> None:
    assert within(evening(), time(19), time(21)) == (time(19), time(21))
    with pytest.raises(errors.OutsideWindow):
        within(evening(), time(19), time(21, 1))


@pytest.mark.clause("P2-037")
def test_a_stricter_national_limit_in_force_wins() -> None:
    stricter = evening(PLAN_2 | {"evening_self_study_latest": "20:30"})

    assert within(stricter, time(19), time(20, 30)) == (time(19), time(20, 30))
    with pytest.raises(errors.OutsideWindow):
        within(stricter, time(19), time(20, 31))
