"""The envelope: one shape for an event in the log, on the bus and in the feed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec

Event: TypeAlias = dict[str, Any]
"""An envelope as plain dictionaries: what consumers, views and the feed work with."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def from_row(service: str, row: Sequence[Any], data: Any = None) -> Event:
    """Return the envelope of a stored row (columns as in ``tables.EVENT_COLUMNS``)."""
    return {
        "event_id": row[2],
        "service": service,
        "partition": row[0],
        "seq": row[1],
        "stream_id": row[3],
        "stream_version": row[4],
        "type": row[5],
        "schema_version": row[6],
        "occurred_at": row[7],
        "recorded_at": row[8],
        "actor": {"account_id": row[9], "role": row[10]},
        "correlation_id": row[11],
        "causation_id": row[12],
        "policy": None if row[13] is row[14] is None else {"profile": row[13], "version": row[14]},
        "data": _decode(row[15]) if data is None else data,
    }


def to_row(event: Event) -> tuple[Any, ...]:
    """Return the columns of an envelope; the inverse of ``from_row``."""
    policy = event["policy"] or {"profile": None, "version": None}
    actor = event["actor"]
    return (
        event["partition"],
        event["seq"],
        event["event_id"],
        event["stream_id"],
        event["stream_version"],
        event["type"],
        event["schema_version"],
        event["occurred_at"],
        event["recorded_at"],
        actor["account_id"],
        actor["role"],
        event["correlation_id"],
        event["causation_id"],
        policy["profile"],
        policy["version"],
        _encode(event["data"]).decode(),
    )


def encode_row(service: str, row: Sequence[Any]) -> bytes:
    """Return the JSON body of a stored row without parsing its ``data``."""
    return _encode(from_row(service, row, msgspec.Raw(row[15].encode())))


def encode(event: Event) -> bytes:
    """Return the one text of an envelope: what was published, byte for byte.

    Fields in the envelope's order, no white space, ``data`` as it was stored. ``encode_row`` of
    the owner's row, the message on the bus and ``encode`` of either decoded are the same bytes.
    """
    return _encode(event)


DIGEST_MODULUS = 2**256
"""A digest of many events is the sum of their leaf hashes modulo this: order does not matter."""


def leaf_hash(body: bytes) -> bytes:
    """Return the RFC 9162 leaf hash (32 bytes) of an envelope's text."""
    return hashlib.sha256(b"\x00" + body).digest()


def decode(body: bytes) -> Event:
    """Return the envelope in a message body."""
    event: Event = _decode(body)
    return event
