"""Dates, times and money as people here read them."""

from __future__ import annotations

from datetime import date, datetime

from chassis.kernel.call import CHINA
from gateway.pages.language import t
from gateway.state import gateway


def instant(value: str | datetime) -> datetime:
    """Return an instant in the schools' civil time."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(CHINA)


def day(value: str | date | None) -> str:
    """Return ``9月1日 周二``, or ``Tue 1 Sep``; with the year instead of the weekday if another."""
    if not value:
        return ""
    on = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    shown = {"month": t(f"month.{on.month}"), "day": on.day}
    if on.year != gateway().clock.now().year:
        return t("format.day-of-year", year=on.year, **shown)
    return t("format.day", weekday=t(f"weekday.{on.isoweekday()}"), **shown)


def time(value: str | datetime | None) -> str:
    """Return ``15:42``."""
    return f"{instant(value):%H:%M}" if value else ""


def moment(value: str | datetime | None) -> str:
    """Return the day and the time."""
    return f"{day(instant(value).date())} {time(value)}" if value else ""


def month(value: str) -> str:
    """Return ``2026年9月``, or ``Sep 2026``."""
    year, number = value.split("-")[:2]
    return t("format.month", year=year, month=t(f"month.{int(number)}"))


def money(fen: int | None) -> str:
    """Return integer fen as ``¥80.00``."""
    if fen is None:
        return "—"
    sign = "−" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def percent(basis_points: int) -> str:
    """Return basis points as ``50%``."""
    return f"{basis_points / 100:g}%"


def span(milliseconds: int) -> str:
    """Return how long ago, in the unit that says it shortest."""
    seconds = milliseconds / 1000
    if seconds < 90:
        return t("span.seconds", n=f"{seconds:.0f}")
    if seconds < 5400:
        return t("span.minutes", n=f"{seconds / 60:.0f}")
    if seconds < 172800:
        return t("span.hours", n=f"{seconds / 3600:.0f}")
    return t("span.days", n=f"{seconds / 86400:.0f}")


def fen(yuan: str) -> int | None:
    """Return what somebody typed as yuan in fen, or None if it is no amount of money."""
    text = yuan.strip().lstrip("¥￥").replace(",", "").replace("，", "")
    whole, _, part = text.partition(".")
    if not whole.isascii() or not whole.isdigit() or len(whole) > 7:
        return None
    if part and not (part.isascii() and part.isdigit() and len(part) <= 2):
        return None
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def weekdays(numbers: list[int]) -> str:
    """Return ``周一、周三``, or ``Mon, Wed``."""
    return t("format.separator").join(t(f"weekday.{number}") for number in numbers)


def grades(numbers: list[int]) -> str:
    """Return ``1–6 年级``, or ``grades 1–6``; one by one where there are gaps."""
    first, last = numbers[0], numbers[-1]
    whole = len(numbers) > 1 and numbers == list(range(first, last + 1))
    shown = f"{first}–{last}" if whole else t("format.separator").join(map(str, numbers))
    return t("format.grades", grades=shown)


FILTERS = {
    "day": day,
    "time": time,
    "moment": moment,
    "month": month,
    "money": money,
    "percent": percent,
    "span": span,
    "weekdays": weekdays,
    "grades": grades,
}
