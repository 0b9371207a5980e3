"""The service calendar: declared days, and what they make of a school's days."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from contracts import roles
from contracts.shapes import (
    Id,
    Length,
    Range,
    WireName,
    command,
    event,
    query,
    reply,
    request,
)

DAY_KINDS = ("statutory_holiday", "makeup_workday", "school_day", "closed")
DayKind: TypeAlias = Literal["statutory_holiday", "makeup_workday", "school_day", "closed"]


@event
class CalendarYearDeclared:
    """A district has the holidays and make-up days of a year (P1-014); ``source`` says whence."""

    district_id: Id
    year: int
    source: Id


@event
class CalendarDayDeclared:
    """One day is not what its weekday says; the newest declaration of a day stands."""

    district_id: Id
    date: dt.date
    kind: DayKind
    name: Annotated[str, Length(0, 64)]
    follows_weekday: Annotated[int, Range(1, 7)] | None


@request(component="attendance.CalendarDayRequest")
class DeclaredDay:
    """``follows_weekday`` (1 Monday … 7 Sunday): whose timetable a make-up day follows."""

    date: dt.date
    kind: DayKind
    name: Id
    follows_weekday: Annotated[int, Range(1, 7)] | None = None


@request
class DeclareCalendarYear:
    """``days`` only for a year that the calendar library does not know: the holidays by hand."""

    district_id: Id
    year: Annotated[int, Range(2000, 2100)]
    days: Annotated[tuple[DeclaredDay, ...], Length(1, 366)] | None = None


@request
class DeclareCalendarDay:
    """One day, over whatever is declared for it."""

    district_id: Id
    date: dt.date
    kind: DayKind
    name: Id
    follows_weekday: Annotated[int, Range(1, 7)] | None = None


@request
class GetCalendar:
    """Both days included; at most 400 days."""

    school_id: Id
    first: Annotated[dt.date, WireName("from")]
    last: Annotated[dt.date, WireName("to")]


@reply
class CalendarYear:
    """``declared``: days that were new; 0 for a repeat."""

    district_id: str
    year: int
    source: str
    declared: int


@reply
class CalendarDay:
    """A declared day."""

    district_id: str
    date: str
    kind: str
    name: str
    follows_weekday: int | None


@reply
class ServiceOfDay:
    """Open with a window (``HH:MM``), or closed with the ``reason`` code."""

    service_kind: str
    open: bool
    starts: str | None
    ends: str | None
    reason: str | None


@reply
class ServiceDay:
    """One day of the school; ``kind`` and ``name`` if the day was declared."""

    date: str
    weekday: int
    kind: str | None
    name: str | None
    follows_weekday: int | None
    services: tuple[ServiceOfDay, ...]


@reply
class Calendar:
    """The school's days, first to last."""

    items: tuple[ServiceDay, ...]


GET_CALENDAR = query(
    "get_calendar",
    "/schools/{school_id}/calendar-days",
    "Show which days a school has service, and why not",
    GetCalendar,
    Calendar,
    roles=roles.ANYBODY,
)
DECLARE_CALENDAR_YEAR = command(
    "declare_calendar_year",
    "/districts/{district_id}/calendar-years",
    "Declare a year's holidays and make-up days",
    DeclareCalendarYear,
    CalendarYear,
    roles=("bureau", "operator"),
)
DECLARE_CALENDAR_DAY = command(
    "declare_calendar_day",
    "/districts/{district_id}/calendar-days",
    "Declare one day",
    DeclareCalendarDay,
    CalendarDay,
    roles=("bureau",),
)
