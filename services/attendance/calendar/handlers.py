"""The service calendar: declaring it, and asking it for a school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import Connection

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import calendar as said
from services.attendance.calendar import errors, holidays, service_days
from services.attendance.calendar.domain.calendar import CALENDAR, DeclareDay, DeclareYear
from services.attendance.calendar.domain.service_day import Day, NoService, verdict
from services.attendance.calendar.domain.values import DeclaredDay, Window

BY_HAND = "bureau"
MAX_DAYS = 400


def own_district(
    connection: Connection,
    request: said.DeclareCalendarYear | said.DeclareCalendarDay,
    call: Call,
) -> str:
    """Return the district in the path, if it is the caller's and known."""
    district_id = request.district_id
    call.require_district(district_id)
    if not service_days.POLICY.of_district(connection, district_id):
        raise errors.DistrictUnknown()
    return district_id


def declare_calendar_year(
    work: UnitOfWork, request: said.DeclareCalendarYear, call: Call
) -> Reply[said.CalendarYear]:
    district_id, year, by_hand = request.district_id, request.year, request.days
    days = tuple(_declared(day) for day in by_hand) if by_hand else holidays.days_of(year)
    command = DeclareYear(
        district_id=district_id,
        year=year,
        source=BY_HAND if by_hand else holidays.SOURCE,
        days=days,
    )
    decision = work.execute(CALENDAR, f"calendar-{district_id}-{year}", command)
    assert decision.state.source is not None
    body = said.CalendarYear(
        district_id=district_id,
        year=year,
        source=decision.state.source,
        declared=max(len(decision.events) - 1, 0),
    )
    return Reply(body, decision.version, created=bool(decision.events))


def declare_calendar_day(
    work: UnitOfWork, request: said.DeclareCalendarDay, call: Call
) -> Reply[said.CalendarDay]:
    district_id, day = request.district_id, _declared(request)
    decision = work.execute(
        CALENDAR,
        f"calendar-{district_id}-{day.date.year}",
        DeclareDay(district_id=district_id, day=day),
    )
    body = said.CalendarDay(
        district_id=district_id,
        date=day.date.isoformat(),
        kind=day.kind,
        name=day.name,
        follows_weekday=day.follows_weekday,
    )
    return Reply(body, decision.version, created=bool(decision.events))


def get_calendar(reading: Reading, request: said.GetCalendar) -> said.Calendar:
    reading.call.require_school(request.school_id)
    first, last = request.first, request.last
    if not timedelta(0) <= last - first <= timedelta(days=MAX_DAYS):
        raise ValidationError({"to": [f"from ≤ to ≤ from + {MAX_DAYS} 天 / days"]})
    days = service_days.days_of(reading.connection, request.school_id, first, last)
    return said.Calendar(items=tuple(_service_day(day, parameters) for day, parameters in days))


def _declared(day: said.DeclaredDay | said.DeclareCalendarDay) -> DeclaredDay:
    return DeclaredDay(
        date=day.date,
        kind=day.kind,
        name=day.name,
        follows_weekday=day.follows_weekday,
    )


def _service_day(day: Day, parameters: Mapping[str, Any]) -> said.ServiceDay:
    declared = day.declared
    offered = parameters.get("service_kinds", {}).get(day.stage, [])
    return said.ServiceDay(
        date=day.date.isoformat(),
        weekday=day.date.isoweekday(),
        kind=declared.kind if declared else None,
        name=declared.name if declared else None,
        follows_weekday=declared.follows_weekday if declared else None,
        services=tuple(_service(kind, day, parameters) for kind in offered),
    )


def _service(service_kind: str, day: Day, parameters: Mapping[str, Any]) -> said.ServiceOfDay:
    match verdict(service_kind, day, parameters):
        case NoService(reason=reason):
            return said.ServiceOfDay(
                service_kind=service_kind, open=False, starts=None, ends=None, reason=reason
            )
        case Window(starts=starts, ends=ends):
            return said.ServiceOfDay(
                service_kind=service_kind,
                open=True,
                starts=_clock(starts),
                ends=_clock(ends),
                reason=None,
            )


def _clock(value: time | None) -> str | None:
    return f"{value:%H:%M}" if value else None
