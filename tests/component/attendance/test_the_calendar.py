"""The calendar through the service: the library at its edge, the bureau's days, the answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.component.attendance.school import BUREAU, MUM, OFFICE, TEACHER, School


def calendar(school: School, first: str, last: str) -> dict[str, dict[str, Any]]:
    reply = school.ask("get_calendar", MUM, {"school_id": "school"}, **{"from": first, "to": last})
    return {item["date"]: item for item in school.ok(reply)["items"]}


def declare(school: School, **day: Any) -> Any:
    return school.ask("declare_calendar_day", BUREAU, {"district_id": "district"}, **day)


@pytest.mark.clause("P1-014")
def test_a_declared_year_stands_in_the_log_with_its_days(school: School):
    [year] = school.events("CalendarYearDeclared", partition="district")

    assert year["year"] == 2026
    assert year["source"].startswith("chinesecalendar ")
    assert len(school.events("CalendarDayDeclared", partition="district")) == 39


def test_declaring_a_year_again_changes_nothing(school: School):
    before = school.service.log.heads()["district"]

    assert school.ok(school.year(2026))["declared"] == 0
    assert school.service.log.heads()["district"] == before


@pytest.mark.clause("P1-014")
def test_an_unknown_year_is_refused_with_what_to_do(school: School):
    reply = school.year(2027)

    assert reply["code"] == "attendance.calendar-year-unknown"
    assert "declare_calendar_day" in reply["detail"]["en"]
    assert "2027" not in {
        str(y["year"]) for y in school.events(partition="district") if "year" in y
    }


def test_an_unknown_year_is_declared_by_hand(school: School):
    holiday = {"date": "2027-01-01", "kind": "statutory_holiday", "name": "元旦"}

    reply = school.ok(school.year(2027, days=[holiday]))

    assert (reply["source"], reply["declared"]) == ("bureau", 1)
    days = calendar(school, "2027-01-01", "2027-01-04")
    assert days["2027-01-01"]["services"][0]["reason"] == "statutory-holiday"
    assert days["2027-01-04"]["services"][0]["open"]


def test_single_days_by_hand_open_in_an_undeclared_year(school: School):
    school.ok(declare(school, date="2027-01-04", kind="school_day", name="上课"))

    days = calendar(school, "2027-01-04", "2027-01-05")
    assert days["2027-01-04"]["services"][0]["open"]
    assert days["2027-01-05"]["services"][0]["reason"] == "calendar-year-undeclared"


@pytest.mark.clause("P1-013", "P1-014", "P1-015", "P1-016")
def test_the_calendar_tells_each_day_its_window_or_why_not(school: School):
    days = calendar(school, "2026-08-31", "2026-10-08")

    def told(date: str) -> tuple[str | None, str | None]:
        [service] = days[date]["services"]
        return service["ends"], service["reason"]

    assert told("2026-08-31") == (None, "outside-term")
    assert told("2026-09-01") == ("17:30", None)
    assert told("2026-09-04") == (None, "not-a-service-weekday")
    assert told("2026-09-20") == (None, "makeup-day")
    assert told("2026-10-01") == (None, "statutory-holiday")
    assert told("2026-10-08") == ("17:00", None)
    assert days["2026-10-01"]["name"] == "国庆节"


def test_the_bureau_closes_a_day_and_opens_it_again(school: School):
    school.ok(declare(school, date="2026-09-03", kind="closed", name="台风停课"))
    assert calendar(school, "2026-09-03", "2026-09-03")["2026-09-03"]["services"][0]["reason"] == (
        "closed-day"
    )
    assert school.open(date="2026-09-03")["code"] == "attendance.closed-day"

    school.ok(declare(school, date="2026-09-03", kind="school_day", name="照常"))
    assert school.ok(school.open(date="2026-09-03"))


def test_a_makeup_day_follows_the_weekday_that_the_bureau_names(school: School):
    makeup = {"date": "2026-10-10", "kind": "makeup_workday", "name": "调休"}
    assert school.open(date="2026-10-10")["code"] == "attendance.makeup-day"

    school.ok(declare(school, **makeup, follows_weekday=5))
    assert school.open(date="2026-10-10")["code"] == "attendance.not-a-service-weekday"

    school.ok(declare(school, **makeup, follows_weekday=3))
    assert school.ok(school.open(date="2026-10-10"))["ends_at"] == "2026-10-10T17:00:00+08:00"


@pytest.mark.parametrize("by", [TEACHER, OFFICE, MUM])
def test_only_the_bureau_declares(school: School, by):
    assert school.year(2026, by=by)["code"] == "not-permitted"


def test_a_bureau_declares_for_its_own_district_only(school: School):
    reply = school.ask("declare_calendar_year", BUREAU, {"district_id": "other"}, year=2026)

    assert reply["kind"] == "unknown"


def test_too_many_days_at_once_are_refused(school: School):
    reply = school.ask(
        "get_calendar", MUM, {"school_id": "school"}, **{"from": "2026-01-01", "to": "2027-12-31"}
    )

    assert list(reply["errors"]) == ["to"]
