"""Oversight views, built from the log alone, with their lag."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.audit.replies import VIEWS
from contracts.audit.requests import Oversight
from gateway.api.routing import Query, add_routes

ROUTES = tuple(
    Query(
        f"/oversight/{view}",
        "audit",
        "oversight",
        f"Oversee {view}, one item per school",
        Oversight,
        type(reply),
        fixed=(("view", view),),
    )
    for view, reply in VIEWS.items()
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
