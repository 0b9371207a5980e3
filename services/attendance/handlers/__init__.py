"""Attendance's commands and queries. The two tables list every use case."""

from __future__ import annotations

from functools import partial

from chassis.eventsourcing.application import CommandRoute, QueryRoute
from chassis.eventsourcing.log import EventLog
from contracts.attendance import requests
from services.attendance.handlers import (
    board,
    calendar,
    codes,
    handover,
    offering_days,
    pickup,
    rolls,
    scope,
    sessions,
)

OPERATOR = frozenset({"operator"})
BUREAU = frozenset({"bureau"})
GUARDIAN = frozenset({"guardian"})
OFFICE = frozenset({"school_office"})
CLASSROOM = OFFICE | {"teacher"}
GATE = frozenset({"gate_guard", "teacher"})
SCHOOL = CLASSROOM | GATE
EVERYBODY = SCHOOL | GUARDIAN | BUREAU | OPERATOR | {"school_finance"}


def commands(log: EventLog) -> dict[str, CommandRoute]:
    """Return every command; ``log`` opens the vault for what an answer shows but nobody stores."""
    return {
        "declare_calendar_year": CommandRoute(
            calendar.declare_calendar_year,
            BUREAU | OPERATOR,
            scope.own_district,
            requests.DeclareCalendarYear(),
        ),
        "declare_calendar_day": CommandRoute(
            calendar.declare_calendar_day,
            BUREAU,
            scope.own_district,
            requests.DeclareCalendarDay(),
        ),
        "open_session": CommandRoute(
            sessions.open_session, CLASSROOM, scope.own_class, requests.OpenSession()
        ),
        "take_roll": CommandRoute(
            rolls.take_roll, CLASSROOM, scope.own_session, requests.TakeRoll()
        ),
        "authorise_pickup": CommandRoute(
            pickup.authorise_pickup, GUARDIAN, scope.own_student, requests.AuthorisePickup()
        ),
        "revoke_pickup": CommandRoute(
            pickup.revoke_pickup, GUARDIAN | OFFICE, scope.own_authorisation
        ),
        "issue_pickup_code": CommandRoute(
            codes.issue_pickup_code,
            GUARDIAN,
            scope.own_student,
            requests.IssuePickupCode(),
            present=partial(codes.with_code, log),
        ),
        "hand_over": CommandRoute(handover.hand_over, GATE, scope.own_school, requests.HandOver()),
        "refuse_pickup": CommandRoute(
            handover.refuse_pickup, GATE, scope.own_school, requests.RefusePickup()
        ),
    }


def queries(log: EventLog) -> dict[str, QueryRoute]:
    """Return every query; ``log`` opens the vault and the streams that need no table."""
    return {
        "get_calendar": QueryRoute(calendar.get_calendar, EVERYBODY, requests.GetCalendar()),
        "list_sessions": QueryRoute(sessions.list_sessions, SCHOOL, requests.OnDay()),
        "list_offering_sessions": QueryRoute(
            offering_days.list_offering_sessions, CLASSROOM, requests.OnDay()
        ),
        "get_session": QueryRoute(rolls.get_session, SCHOOL),
        "get_board": QueryRoute(board.get_board, SCHOOL, requests.OnDay()),
        "find_code": QueryRoute(partial(codes.find_code, log), GATE, requests.FindCode()),
        "list_pickup_authorisations": QueryRoute(
            partial(pickup.list_pickup_authorisations, log), SCHOOL | GUARDIAN
        ),
        "get_pickup_code": QueryRoute(partial(codes.get_pickup_code, log), GUARDIAN),
        "child_today": QueryRoute(partial(board.child_today, log), CLASSROOM | GUARDIAN),
    }
