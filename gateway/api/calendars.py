"""The service calendar: declared days, and what they make of a school's days."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.attendance import replies, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/calendar-days",
        "attendance",
        "get_calendar",
        "Show which days a school has service, and why not",
        requests.GetCalendar,
        replies.Calendar,
    ),
    Command(
        "/districts/{district_id}/calendar-years",
        "attendance",
        "declare_calendar_year",
        "Declare a year's holidays and make-up days",
        requests.DeclareCalendarYear,
        replies.CalendarYear,
    ),
    Command(
        "/districts/{district_id}/calendar-days",
        "attendance",
        "declare_calendar_day",
        "Declare one day",
        requests.DeclareCalendarDay,
        replies.CalendarDay,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
