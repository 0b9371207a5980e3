"""Signs that taking part may not have been each family's own choice, for the bureau."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import voluntariness
from gateway.api.routing import Query, add_routes

ROUTES = (
    Query(
        "/terms/{term_id}/voluntariness-alerts",
        "enrollment",
        "list_voluntariness_alerts",
        "List classes where everybody applied, or all at once",
        None,
        voluntariness.VoluntarinessAlerts,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
