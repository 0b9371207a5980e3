"""The event feed, for integrators and operators: one envelope per line."""

from __future__ import annotations

import msgspec
from flask import Response
from flask_smorest import Blueprint
from marshmallow import fields, validate

from contracts.shapes import Strict, identifier
from gateway.api.documentation import query, refusals
from gateway.api.routing import add_view
from gateway.calls import call
from gateway.requests import arguments

NDJSON = "application/x-ndjson"
OWNERS = ("enrollment", "fees", "attendance", "safety", "audit")
MAX_PAGE = 1000


class Feed(Strict):
    """The events of a school or district after a ``seq``; ask again after the last line's.

    Each service numbers its own events. Without ``service`` all of them follow one another, which
    is for reading; a client that goes on where it stopped names the service.
    """

    partition = identifier()
    service = fields.String(load_default=None, validate=validate.OneOf(OWNERS))
    after_seq = fields.Integer(load_default=0, validate=validate.Range(min=0, max=2**31 - 1))
    limit = fields.Integer(load_default=MAX_PAGE, validate=validate.Range(min=1, max=MAX_PAGE))


def _events() -> Response:
    asked = Feed().load(arguments())
    service = asked.pop("service")
    lines = [
        msgspec.json.encode(envelope)
        for owner in ([service] if service else OWNERS)
        for envelope in call(owner, "read_events", {}, asked)["body"]["items"]
    ]
    return Response(b"".join(line + b"\n" for line in lines), content_type=NDJSON)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = query("Read events in order", arguments=Feed, reply=Feed)
    doc["responses"] = {
        "200": {
            "description": "One event envelope per line, ordered by `seq`.",
            "content": {NDJSON: {"schema": {"type": "string"}}},
        },
        **refusals(),
    }
    add_view(blueprint, "GET", "/events", "read_events", _events, doc)
