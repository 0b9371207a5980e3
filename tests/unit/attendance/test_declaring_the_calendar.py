"""Declaring a district's years and days."""

from __future__ import annotations

from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.attendance.calendar import CalendarDayDeclared, CalendarYearDeclared
from services.attendance.calendar import errors, holidays
from services.attendance.calendar.domain.calendar import CALENDAR, DeclareDay, DeclareYear
from services.attendance.calendar.domain.values import DeclaredDay

calendar = Scenario(CALENDAR)
NEW_YEAR = DeclaredDay(date=date(2026, 1, 1), kind="statutory_holiday", name="元旦")
STORM = DeclaredDay(date=date(2026, 1, 1), kind="closed", name="停课")

year = DeclareYear(district_id="d1", year=2026, source="library", days=(NEW_YEAR,))
year_declared = CalendarYearDeclared(district_id="d1", year=2026, source="library")
new_year_declared = CalendarDayDeclared(
    district_id="d1",
    date=NEW_YEAR.date,
    kind="statutory_holiday",
    name="元旦",
    follows_weekday=None,
)
storm_declared = CalendarDayDeclared(
    district_id="d1", date=STORM.date, kind="closed", name="停课", follows_weekday=None
)


def test_a_year_is_declared_with_its_days() -> None:
    calendar.given().when(year).then(year_declared, new_year_declared)


def test_declaring_a_year_again_changes_nothing() -> None:
    calendar.given(year_declared, new_year_declared).when(year).then_nothing()


def test_a_day_declared_by_hand_before_the_year_stands() -> None:
    calendar.given(storm_declared).when(year).then(year_declared)


@pytest.mark.clause("P1-014")
def test_a_year_that_the_library_does_not_know_is_refused() -> None:
    unknown = DeclareYear(
        district_id="d1", year=2027, source="library", days=holidays.days_of(2027)
    )

    calendar.given().when(unknown).then_refused(errors.CalendarYearUnknown)


def test_a_day_of_another_year_is_refused() -> None:
    misplaced = DeclareYear(district_id="d1", year=2027, source="bureau", days=(NEW_YEAR,))

    calendar.given().when(misplaced).then_refused(errors.CalendarDayOutOfYear)


def test_the_newest_declaration_of_a_day_stands() -> None:
    declare = DeclareDay(district_id="d1", day=STORM)

    calendar.given(year_declared, new_year_declared).when(declare).then(storm_declared)
    calendar.given(year_declared, new_year_declared, storm_declared).when(declare).then_nothing()


def test_the_library_knows_the_holidays_and_makeup_days_of_2026() -> None:
    days = holidays.days_of(2026) or ()

    makeup = [each.date for each in days if each.kind == "makeup_workday"]
    assert makeup == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    assert sum(each.kind == "statutory_holiday" for each in days) == 33
