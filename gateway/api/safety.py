"""Incidents, and who was told when."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.paging import Page
from contracts.safety import replies, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Command(
        "/schools/{school_id}/incidents",
        "safety",
        "report_incident",
        "Report an incident",
        requests.ReportIncident,
        replies.IncidentReported,
    ),
    Query(
        "/schools/{school_id}/incidents",
        "safety",
        "list_incidents",
        "List a school's incidents, newest first",
        Page,
        replies.Incidents,
    ),
    Command(
        "/incidents/{incident_id}/notify-guardian",
        "safety",
        "notify_guardian",
        "Record when the guardians were told",
        requests.NotifyGuardian,
        replies.GuardianNotified,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
