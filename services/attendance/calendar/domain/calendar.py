"""Calendar: which days of a district's year are not what their weekday says.

Rules:
    1. A year is declared as a whole, from a source that knows it; a year that the source does not
       know is refused, never guessed (P1-014).
    2. Declaring a year again changes nothing; a day declared by hand before the year stands.
    3. A single day may be declared at any time; the newest declaration of a day stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.attendance.calendar import CalendarDayDeclared, CalendarYearDeclared
from services.attendance.calendar import errors
from services.attendance.calendar.domain.values import DeclaredDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareYear:
    """``days`` is None if the source does not know the year."""

    district_id: str
    year: int
    source: str
    days: tuple[DeclaredDay, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareDay:
    district_id: str
    day: DeclaredDay


CalendarCommand: TypeAlias = DeclareYear | DeclareDay
CalendarEvent: TypeAlias = CalendarYearDeclared | CalendarDayDeclared


@dataclass(frozen=True, slots=True)
class Calendar:
    """``source`` is None until the year is declared as a whole."""

    source: str | None = None
    days: Mapping[date, DeclaredDay] = field(default_factory=dict)


def decide(state: Calendar, command: CalendarCommand) -> list[CalendarEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case DeclareYear():
            return _declare_year(state, command)
        case DeclareDay(district_id=district_id, day=day):
            return [] if state.days.get(day.date) == day else [_declared(district_id, day)]
        case _:
            assert_never(command)


def evolve(state: Calendar, event: CalendarEvent) -> Calendar:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case CalendarYearDeclared(source=source):
            return replace(state, source=source)
        case CalendarDayDeclared(date=day):
            declared = DeclaredDay(
                date=day, kind=event.kind, name=event.name, follows_weekday=event.follows_weekday
            )
            return replace(state, days={**state.days, day: declared})
        case _:
            assert_never(event)


CALENDAR: Decider[Calendar, CalendarCommand, CalendarEvent] = Decider(Calendar(), decide, evolve)


def _declare_year(state: Calendar, command: DeclareYear) -> list[CalendarEvent]:
    if state.source is not None:
        return []
    if command.days is None:
        raise errors.CalendarYearUnknown(year=command.year)
    for day in command.days:
        if day.date.year != command.year:
            raise errors.CalendarDayOutOfYear(date=day.date, year=command.year)
    fresh = {day.date: day for day in command.days if day.date not in state.days}
    return [
        CalendarYearDeclared(
            district_id=command.district_id, year=command.year, source=command.source
        ),
        *(_declared(command.district_id, day) for day in fresh.values()),
    ]


def _declared(district_id: str, day: DeclaredDay) -> CalendarDayDeclared:
    return CalendarDayDeclared(
        district_id=district_id,
        date=day.date,
        kind=day.kind,
        name=day.name,
        follows_weekday=day.follows_weekday,
    )
