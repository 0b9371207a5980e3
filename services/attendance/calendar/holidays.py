"""The State Council's holidays and make-up days, from the chinesecalendar library."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from contracts.attendance.calendar import DayKind
from services.attendance.calendar.domain.values import DeclaredDay

SOURCE = f"chinesecalendar {version('chinesecalendar')}"


def days_of(year: int) -> tuple[DeclaredDay, ...] | None:
    """Return the days of ``year`` that are not what their weekday says; None if it is unknown."""
    if year not in {day.year for day in holidays}:
        return None
    off = [
        _day(date, "statutory_holiday", name)
        for date, name in holidays.items()
        if date.year == year
    ]
    on = [
        _day(date, "makeup_workday", name) for date, name in workdays.items() if date.year == year
    ]
    return tuple(sorted((*off, *on), key=lambda day: day.date))


def _day(date: dt.date, kind: DayKind, name: str) -> DeclaredDay:
    chinese = Holiday(name).chinese
    return DeclaredDay(
        date=date, kind=kind, name=f"{chinese}调休" if kind == "makeup_workday" else chinese
    )
