"""The day: sessions, roll, who may fetch a child, and the handover at the gate."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.attendance import offering_days, replies, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/sessions",
        "attendance",
        "list_sessions",
        "List a day's sessions",
        requests.OnDay,
        replies.Sessions,
    ),
    Command(
        "/schools/{school_id}/sessions",
        "attendance",
        "open_session",
        "Open a class's session of a day",
        requests.OpenSession,
        replies.SessionOpened,
    ),
    Query(
        "/schools/{school_id}/offering-sessions",
        "attendance",
        "list_offering_sessions",
        "List a day's offerings: whether each may run, and which classes opened it",
        requests.OnDay,
        offering_days.OfferingSessions,
    ),
    Query(
        "/sessions/{session_id}",
        "attendance",
        "get_session",
        "Show a session with everybody who is expected",
        None,
        replies.SessionRoster,
    ),
    Command(
        "/sessions/{session_id}/roll",
        "attendance",
        "take_roll",
        "Take the roll: who is not listed is present",
        requests.TakeRoll,
        replies.Roll,
    ),
    Query(
        "/schools/{school_id}/board",
        "attendance",
        "get_board",
        "Show where every child of a day's sessions is",
        requests.OnDay,
        replies.Board,
    ),
    Query(
        "/students/{student_id}/today",
        "attendance",
        "child_today",
        "Show where a child is today",
        None,
        replies.ChildToday,
    ),
    Query(
        "/students/{student_id}/pickup-authorisations",
        "attendance",
        "list_pickup_authorisations",
        "List who may fetch a child",
        None,
        replies.Authorisations,
    ),
    Command(
        "/students/{student_id}/pickup-authorisations",
        "attendance",
        "authorise_pickup",
        "Name an adult who may fetch a child",
        requests.AuthorisePickup,
        replies.Authorised,
    ),
    Command(
        "/pickup-authorisations/{authorisation_id}/revoke",
        "attendance",
        "revoke_pickup",
        "Say that an adult may no longer fetch a child",
        None,
        replies.Authorised,
    ),
    Query(
        "/students/{student_id}/pickup-codes",
        "attendance",
        "get_pickup_code",
        "Show a child's live codes of today",
        None,
        replies.LiveCodes,
    ),
    Command(
        "/students/{student_id}/pickup-codes",
        "attendance",
        "issue_pickup_code",
        "Make the one-time code of the adult who comes today",
        requests.IssuePickupCode,
        replies.IssuedCode,
    ),
    # Asks only, but a code is a secret, and secrets do not go into URLs.
    Command(
        "/schools/{school_id}/pickup-codes:find",
        "attendance",
        "find_code",
        "Show which child and adult a code stands for, or why it does not open",
        requests.FindCode,
        replies.FoundCode,
        keyed=False,
    ),
    Command(
        "/schools/{school_id}/handovers",
        "attendance",
        "hand_over",
        "Hand a child over to the adult who shows the code",
        requests.HandOver,
        replies.HandedOver,
    ),
    Command(
        "/schools/{school_id}/handovers:refuse",
        "attendance",
        "refuse_pickup",
        "Record that a child was not handed over, and why",
        requests.RefusePickup,
        replies.Refused,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
