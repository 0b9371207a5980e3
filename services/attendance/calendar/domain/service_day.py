"""Service day: does a service take place on a day, and in which window; if not, why not.

Rules:
    1. Only the kinds that the profile offers in the school's stage (P2-035).
    2. Only inside a term, on the profile's weekdays, on no statutory holiday and on no day that
       the bureau closed (P1-013, P1-014). Kinds that may run on any day (P2-041) heed only the
       bureau's closing.
    3. A make-up workday has no service unless the bureau says whose timetable it follows; then
       that weekday's rule holds.
    4. A year that is not declared has no service days but the single days declared in it.
    5. The window is the profile's, with its summer end (P1-015, P1-016, P2-037); the end that a
       profile leaves to an unset parameter is refused, not guessed (P2-034).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, TypeAlias

from services.attendance.calendar import errors
from services.attendance.calendar.domain import no_service
from services.attendance.calendar.domain.values import DeclaredDay, Window

Reason: TypeAlias = Literal[
    "service-not-offered",
    "closed-day",
    "outside-term",
    "calendar-year-undeclared",
    "statutory-holiday",
    "makeup-day",
    "not-a-service-weekday",
    "parameter-unset",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is known of a day at one school."""

    date: date
    declared: DeclaredDay | None
    year_declared: bool
    in_term: bool
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoService:
    """The service does not take place; ``parameter`` names the unset one."""

    date: date
    reason: Reason
    parameter: str | None = None


Verdict: TypeAlias = Window | NoService


def verdict(service_kind: str, day: Day, parameters: Mapping[str, Any]) -> Verdict:
    """Return the window of ``service_kind`` on ``day`` under policy ``parameters``, or why not."""
    offered = parameters.get("service_kinds", {}).get(day.stage, [])
    if service_kind not in offered:
        return NoService(date=day.date, reason="service-not-offered")
    any_day = service_kind in parameters.get("any_day_service_kinds", [])
    reason = _closed(day) if any_day else _closed(day) or _free(day, parameters)
    if reason is not None:
        return NoService(date=day.date, reason=reason)
    return _window(service_kind, day.date, parameters)


def within(
    found: Verdict, starts: time | None, ends: time | None
) -> tuple[time | None, time | None]:
    """Return the times of a session: the wished ones if the window holds them, else its own.

    Raises:
        NoServiceDay: the service does not take place that day.
        OutsideWindow: a wished time lies outside.
    """
    if isinstance(found, NoService):
        raise no_service.error(found.reason, found.date, found.parameter)
    starts, ends = starts or found.starts, ends or found.ends
    early = starts and found.starts and starts < found.starts
    late = ends and found.ends and ends > found.ends
    if early or late or (starts and ends and starts >= ends):
        raise errors.OutsideWindow(span=_span(found))
    return starts, ends


def summer(day: date, season: Mapping[str, str]) -> bool:
    """Whether ``day`` lies in the season, both of its ends included; it may span the new year."""
    today, first, last = f"{day:%m-%d}", season["first"], season["last"]
    return first <= today <= last if first <= last else today >= first or today <= last


def _closed(day: Day) -> Reason | None:
    return "closed-day" if day.declared and day.declared.kind == "closed" else None


def _free(day: Day, parameters: Mapping[str, Any]) -> Reason | None:
    if not day.in_term:
        return "outside-term"
    weekday = day.date.isoweekday()
    match day.declared:
        case None if not day.year_declared:
            return "calendar-year-undeclared"
        case DeclaredDay(kind="statutory_holiday"):
            return "statutory-holiday"
        case DeclaredDay(kind="makeup_workday", follows_weekday=None):
            return "makeup-day"
        case DeclaredDay(follows_weekday=follows):
            weekday = follows or weekday
    return None if weekday in parameters["service_weekdays"] else "not-a-service-weekday"


def _window(service_kind: str, day: date, parameters: Mapping[str, Any]) -> Verdict:
    bounds = parameters.get("service_windows", {}).get(service_kind, {})
    season = parameters.get("season_summer")
    in_summer = season is not None and summer(day, season)
    end = bounds.get("summer_to") if in_summer else None
    end = end or bounds.get("to")
    if (named := bounds.get("to_parameter")) is not None:
        end = (parameters.get(named) or {}).get("summer" if in_summer else "winter")
        if end is None:
            return NoService(date=day, reason="parameter-unset", parameter=named)
    # A stricter national limit binds only where the bureau has put it in force for its district.
    ends = [limit for limit in (end, parameters.get(f"{service_kind}_latest")) if limit]
    return Window(starts=_clock(bounds.get("from")), ends=_clock(min(ends, default=None)))


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _span(window: Window) -> str:
    starts = f"{window.starts:%H:%M}" if window.starts else "…"
    ends = f"{window.ends:%H:%M}" if window.ends else "…"
    return f"{starts}–{ends}"
