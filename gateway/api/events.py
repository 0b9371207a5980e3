"""The event feed, for integrators and operators: one envelope per line."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Response
from flask_smorest import Blueprint

from contracts.language import SERVICES
from contracts.operations.feed import MAX_PAGE
from contracts.schemas import loader, schema_of
from contracts.shapes import Id, OneOf, Range, request
from gateway.api.documentation import got, refusals
from gateway.api.routing import add_view
from gateway.calls import call
from gateway.requests import arguments

NDJSON = "application/x-ndjson"


@request
class Feed:
    """The events of a school or district after a ``seq``; ask again after the last line's.

    Each service numbers its own events. Without ``service`` all of them follow one another, which
    is for reading; a client that goes on where it stopped names the service.
    """

    partition: Id
    service: Annotated[str, OneOf(SERVICES)] | None = None
    after_seq: Annotated[int, Range(0, 2**31 - 1)] = 0
    limit: Annotated[int, Range(1, MAX_PAGE)] = MAX_PAGE


def _events() -> Response:
    feed = loader(Feed, as_text=True).load(arguments())
    asked = {"partition": feed.partition, "after_seq": feed.after_seq, "limit": feed.limit}
    lines = [
        msgspec.json.encode(envelope)
        for owner in ([feed.service] if feed.service else SERVICES)
        for envelope in call(owner, "read_events", {}, asked)["body"]["items"]
    ]
    return Response(b"".join(line + b"\n" for line in lines), content_type=NDJSON)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = got(
        "Read events in order",
        arguments=schema_of(Feed, as_text=True),
        reply=schema_of(Feed),
    )
    doc["responses"] = {
        "200": {
            "description": "One event envelope per line, ordered by `seq`.",
            "content": {NDJSON: {"schema": {"type": "string"}}},
        },
        **refusals(),
    }
    add_view(blueprint, "GET", "/events", "read_events", _events, doc)
