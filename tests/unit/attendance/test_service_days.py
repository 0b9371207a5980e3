"""Which days have a service, and which window: the worked oracles of both plans."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest

from services.attendance.calendar import errors
from services.attendance.calendar.domain.service_day import NoService, verdict, within
from services.attendance.calendar.domain.values import DeclaredDay, Window
from tests.unit.attendance.plans import PLAN_1, PLAN_2, custody_on, day

MONDAY, FRIDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 7)


def reason(found: object) -> str | None:
    return found.reason if isinstance(found, NoService) else None


@pytest.mark.clause("P1-013", "P1-014")
@pytest.mark.parametrize(
    ("month", "planned"),
    [(3, 18), (4, 17), (5, 14), (6, 18), (9, 18), (10, 13), (11, 17), (12, 19)],
)
def test_the_planned_days_of_a_month(month: int, planned: int) -> None:
    days = [date(2026, month, n + 1) for n in range(monthrange(2026, month)[1])]

    assert sum(isinstance(custody_on(each), Window) for each in days) == planned


@pytest.mark.clause("P1-013")
@pytest.mark.parametrize("when", [FRIDAY, SATURDAY, date(2026, 3, 8)])
def test_plan_1_has_no_service_from_friday_to_sunday(when: date) -> None:
    assert reason(custody_on(when)) == "not-a-service-weekday"


@pytest.mark.clause("P1-014")
@pytest.mark.parametrize(
    "when",
    [
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 5),
        date(2026, 10, 1),
        date(2026, 10, 5),
        date(2026, 10, 6),
        date(2026, 10, 7),
    ],
)
def test_a_statutory_holiday_has_no_service(when: date) -> None:
    assert reason(custody_on(when)) == "statutory-holiday"


@pytest.mark.clause("P1-014")
def test_vacations_have_no_service() -> None:
    assert reason(custody_on(MONDAY, in_term=False)) == "outside-term"


@pytest.mark.clause("P1-013")
@pytest.mark.parametrize(
    "when",
    [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ],
)
def test_a_weekend_makeup_day_has_no_service(when: date) -> None:
    assert reason(custody_on(when)) == "makeup-day"


def makeup(follows: int) -> DeclaredDay:
    return DeclaredDay(
        date=date(2026, 10, 10), kind="makeup_workday", name="调休", follows_weekday=follows
    )


@pytest.mark.parametrize(("follows", "expected"), [(4, None), (5, "not-a-service-weekday")])
def test_a_makeup_day_that_follows_a_weekday_has_its_rule(
    follows: int, expected: str | None
) -> None:
    assert reason(custody_on(date(2026, 10, 10), declared=makeup(follows))) == expected


def test_a_day_that_the_bureau_closed_has_no_service() -> None:
    closed = DeclaredDay(date=MONDAY, kind="closed", name="台风停课")

    assert reason(custody_on(MONDAY, declared=closed)) == "closed-day"


def test_a_year_that_is_not_declared_has_no_service_days() -> None:
    assert reason(custody_on(date(2027, 1, 4), year_declared=False)) == "calendar-year-undeclared"


def test_a_school_day_declared_by_hand_needs_no_declared_year() -> None:
    by_hand = DeclaredDay(date=date(2027, 1, 4), kind="school_day", name="上课")

    found = custody_on(date(2027, 1, 4), declared=by_hand, year_declared=False)

    assert isinstance(found, Window)


@pytest.mark.clause("P2-035")
def test_evening_self_study_is_for_juniors_only() -> None:
    assert reason(verdict("evening_self_study", day(MONDAY), PLAN_2)) == "service-not-offered"


@pytest.mark.clause("P2-041")
@pytest.mark.parametrize(
    ("when", "in_term"), [(SATURDAY, True), (date(2026, 5, 4), True), (date(2026, 7, 20), False)]
)
def test_only_interest_activities_run_at_weekends_and_on_holidays(
    when: date, in_term: bool
) -> None:
    plan = PLAN_2 | {"primary_custody_end": {"summer": "18:00", "winter": "17:20"}}

    free = day(when, in_term=in_term)

    assert isinstance(verdict("interest_activity", free, plan), Window)
    assert isinstance(verdict("after_school_custody", free, plan), NoService)
    assert isinstance(verdict("interest_activity", free, PLAN_1), NoService)


@pytest.mark.parametrize(
    ("when", "known", "error"),
    [
        (FRIDAY, {}, errors.NotAServiceWeekday),
        (date(2026, 5, 4), {}, errors.StatutoryHoliday),
        (date(2026, 10, 10), {}, errors.MakeupDay),
        (MONDAY, {"in_term": False}, errors.OutsideTerm),
        (date(2027, 1, 4), {"year_declared": False}, errors.CalendarYearUndeclared),
    ],
)
def test_each_reason_is_told_with_the_day(
    when: date, known: dict[str, bool], error: type[errors.NoServiceDay]
) -> None:
    with pytest.raises(error) as refused:
        within(custody_on(when, **known), None, None)

    assert str(when.year) in refused.value.zh
    assert str(when.year) in refused.value.en
