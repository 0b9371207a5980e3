"""Reports that a school does what is forbidden, by name or without."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.paging import Page
from contracts.safety import breaches
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Command(
        "/schools/{school_id}/breaches",
        "safety",
        "report_breach",
        "Report a breach",
        breaches.ReportBreach,
        breaches.BreachReport,
    ),
    Query(
        "/schools/{school_id}/breaches",
        "safety",
        "list_breaches",
        "List the breaches reported of a school, newest first",
        Page,
        breaches.Breaches,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
