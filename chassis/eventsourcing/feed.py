"""The feed of a log as queries: for consumers that fill holes, for integrators and operators."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy import Connection

from chassis.eventsourcing.application import QueryRoute, Request
from chassis.eventsourcing.log import EventLog
from chassis.kernel.call import Call

READERS = frozenset({"operator"})
MAX_PAGE = 1000


class _Page(Schema):
    class Meta:
        unknown = EXCLUDE

    partition = fields.String(required=True)
    after_seq = fields.Integer(load_default=0, validate=validate.Range(min=0))
    limit = fields.Integer(load_default=MAX_PAGE, validate=validate.Range(min=1, max=MAX_PAGE))


def feed(log: EventLog) -> dict[str, QueryRoute]:
    """Return the queries ``read_events`` (one partition, in order) and ``read_heads``."""

    def read_events(_connection: Connection, request: Request, _call: Call) -> dict[str, Any]:
        return {"items": log.read(request["partition"], request["after_seq"], request["limit"])}

    def read_heads(_connection: Connection, _request: Request, _call: Call) -> dict[str, Any]:
        return {"heads": log.heads()}

    return {
        "read_events": QueryRoute(read_events, READERS, _Page()),
        "read_heads": QueryRoute(read_heads, READERS),
    }
