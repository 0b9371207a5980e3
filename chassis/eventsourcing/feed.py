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


class _Range(Schema):
    class Meta:
        unknown = EXCLUDE

    partition = fields.String(required=True)
    after_seq = fields.Integer(load_default=0, validate=validate.Range(min=0))
    to_seq = fields.Integer(required=True, validate=validate.Range(min=0))
    types = fields.List(fields.String(), load_default=None, allow_none=True)


def feed(log: EventLog) -> dict[str, QueryRoute]:
    """Return ``read_events`` (one partition, in order), ``read_heads`` and ``read_digest``.

    ``read_digest`` answers ``{"count", "digest", "head"}`` of the events after ``after_seq`` up to
    ``to_seq``, of some ``types`` or of all: the sum of their leaf hashes modulo 2^256, in hex.
    """

    def read_events(_connection: Connection, request: Request, _call: Call) -> dict[str, Any]:
        return {"items": log.read(request["partition"], request["after_seq"], request["limit"])}

    def read_heads(_connection: Connection, _request: Request, _call: Call) -> dict[str, Any]:
        return {"heads": log.heads()}

    def read_digest(_connection: Connection, request: Request, _call: Call) -> dict[str, Any]:
        head = log.heads().get(request["partition"], 0)
        wanted = (request["partition"], request["after_seq"], request["to_seq"])
        count, digest = log.digest(*wanted, types=request["types"])
        return {"count": count, "digest": f"{digest:064x}", "head": head}

    return {
        "read_digest": QueryRoute(read_digest, READERS, _Range()),
        "read_events": QueryRoute(read_events, READERS, _Page()),
        "read_heads": QueryRoute(read_heads, READERS),
    }
