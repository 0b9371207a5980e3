"""Calendar months as text (``2026-09``): they sort, and say no more than they mean."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta


def month_of(day: date) -> str:
    """Return the month of ``day``."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Return the first day of ``month``."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """Return the last day of ``month``."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def attends(
    month: str, starts_on: date, ends_on: date, *, away: Iterable[tuple[date, date]] = ()
) -> bool:
    """Tell whether a stay covers a day of ``month`` that is in none of ``away`` (first, last)."""
    day, last = max(starts_on, first_day(month)), min(ends_on, last_day(month))
    for first_away, last_away in sorted(away):
        if day < first_away:
            break
        if day <= last_away:
            if last_away >= last:
                return False
            day = last_away + timedelta(days=1)
    return day <= last
