"""The service calendar: declaring it, and asking it for a school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from marshmallow import ValidationError

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import calendar as said
from services.attendance import holidays
from services.attendance.domain.calendar import CALENDAR
from services.attendance.domain.commands import DeclareDay, DeclareYear
from services.attendance.domain.service_day import Day, NoService, verdict
from services.attendance.domain.values import DeclaredDay, Window
from services.attendance.handlers import service_days

BY_HAND = "bureau"
MAX_DAYS = 400


def declare_calendar_year(work: UnitOfWork, request: said.DeclareCalendarYear, call: Call) -> Reply:
    district_id, year, by_hand = request.district_id, request.year, request.days
    days = tuple(_declared(day) for day in by_hand) if by_hand else holidays.days_of(year)
    command = DeclareYear(
        district_id=district_id,
        year=year,
        source=BY_HAND if by_hand else holidays.SOURCE,
        days=days,
    )
    decision = work.execute(CALENDAR, f"calendar-{district_id}-{year}", command)
    body = {
        "district_id": district_id,
        "year": year,
        "source": decision.state.source,
        "declared": max(len(decision.events) - 1, 0),
    }
    return Reply(body, decision.version, created=bool(decision.events))


def declare_calendar_day(work: UnitOfWork, request: said.DeclareCalendarDay, call: Call) -> Reply:
    district_id, day = request.district_id, _declared(request)
    decision = work.execute(
        CALENDAR,
        f"calendar-{district_id}-{day.date.year}",
        DeclareDay(district_id=district_id, day=day),
    )
    body = {"district_id": district_id, "date": day.date.isoformat(), **_what_it_is(day)}
    return Reply(body, decision.version, created=bool(decision.events))


def get_calendar(reading: Reading, request: said.GetCalendar) -> dict[str, Any]:
    reading.call.require_school(request.school_id)
    first, last = request.first, request.last
    if not timedelta(0) <= last - first <= timedelta(days=MAX_DAYS):
        raise ValidationError({"to": [f"from ≤ to ≤ from + {MAX_DAYS} 天 / days"]})
    days = service_days.days_of(reading.connection, request.school_id, first, last)
    return {"items": [_service_day(day, parameters) for day, parameters in days]}


def _declared(day: said.DeclaredDay | said.DeclareCalendarDay) -> DeclaredDay:
    return DeclaredDay(
        date=day.date,
        kind=day.kind,
        name=day.name,
        follows_weekday=day.follows_weekday,
    )


def _what_it_is(day: DeclaredDay | None) -> dict[str, Any]:
    return {
        "kind": day.kind if day else None,
        "name": day.name if day else None,
        "follows_weekday": day.follows_weekday if day else None,
    }


def _service_day(day: Day, parameters: Mapping[str, Any]) -> dict[str, Any]:
    offered = parameters.get("service_kinds", {}).get(day.stage, [])
    return {
        "date": day.date.isoformat(),
        "weekday": day.date.isoweekday(),
        **_what_it_is(day.declared),
        "services": [_service(kind, day, parameters) for kind in offered],
    }


def _service(service_kind: str, day: Day, parameters: Mapping[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = {"service_kind": service_kind, "open": True}
    match verdict(service_kind, day, parameters):
        case NoService(reason=reason):
            return {**service, "open": False, "starts": None, "ends": None, "reason": reason}
        case Window(starts=starts, ends=ends):
            return {**service, "starts": _clock(starts), "ends": _clock(ends), "reason": None}


def _clock(value: time | None) -> str | None:
    return f"{value:%H:%M}" if value else None
