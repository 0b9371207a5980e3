"""Rebuilds of the oversight views, for operators; the work is done by audit's worker."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.audit import replies, requests
from gateway.api.routing import Command, Query, SchemaType, add_routes


def _settle(what: str, summary: str, body: SchemaType = requests.Reason) -> Command:
    return Command(
        f"/ops/rebuilds/{{rebuild_id}}/{what}",
        "audit",
        f"{what}_rebuild",
        summary,
        body,
        replies.Rebuild,
    )


ROUTES = (
    Query("/ops/rebuilds", "audit", "list_rebuilds", "List rebuilds", None, replies.Rebuilds),
    Query(
        "/ops/rebuilds/{rebuild_id}",
        "audit",
        "get_rebuild",
        "Follow a rebuild",
        None,
        replies.Rebuild,
    ),
    Command(
        "/ops/rebuilds",
        "audit",
        "request_rebuild",
        "Make views again from the log, beside the live ones",
        requests.RequestRebuild,
        replies.Rebuild,
    ),
    Command(
        "/ops/rebuilds:rollback",
        "audit",
        "rollback_views",
        "Go back to the generation before the last swap",
        requests.RollbackViews,
        replies.Rebuild,
    ),
    _settle("pause", "Stop folding and keep what is done"),
    _settle("resume", "Go on with a rebuild that was paused or has failed"),
    _settle("cancel", "Give a rebuild up"),
    _settle("swap", "Make a rebuild that is ready live"),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
