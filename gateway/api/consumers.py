"""Consumers, for operators: how far each is, what is parked, and deliveries again."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.operations import replies, requests
from gateway.api.routing import Command, Query, Route, add_routes

CONSUMERS = ("enrollment", "fees", "attendance", "safety", "audit")


def _routes(consumer: str) -> tuple[Route, ...]:
    base = f"/ops/consumers/{consumer}"
    one = f"{base}/parked/{{service}}/{{partition}}/{{seq}}"
    return (
        Query(
            f"{base}/checkpoints",
            consumer,
            "read_checkpoints",
            f"Show how far {consumer} is with each log",
            None,
            replies.Checkpoints,
            named=f"read_checkpoints_{consumer}",
        ),
        Query(
            f"{base}/parked",
            consumer,
            "list_parked",
            f"List the events that {consumer} could not apply",
            requests.ListParked,
            replies.ParkedList,
            named=f"list_parked_{consumer}",
        ),
        Query(
            one,
            consumer,
            "show_parked",
            f"Show one event that {consumer} could not apply",
            None,
            replies.ParkedShown,
            named=f"show_parked_{consumer}",
        ),
        Command(
            f"{one}/retry",
            consumer,
            "retry_parked",
            f"Let {consumer} try a parked event again, and those behind it",
            requests.Settle,
            replies.Settled,
            named=f"retry_parked_{consumer}",
        ),
        Command(
            f"{one}/discard",
            consumer,
            "discard_parked",
            f"Give a parked event of {consumer} up, and apply those behind it",
            requests.Settle,
            replies.Settled,
            named=f"discard_parked_{consumer}",
        ),
        Command(
            f"{base}/replay/{{service}}/{{partition}}",
            consumer,
            "replay",
            f"Deliver stored events again to {consumer} only",
            requests.Replay,
            replies.Replayed,
            named=f"replay_{consumer}",
        ),
    )


ROUTES = tuple(route for consumer in CONSUMERS for route in _routes(consumer))


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
