"""The feed of a log: for consumers that fill holes, for integrators and operators."""

from __future__ import annotations

from typing import Annotated

from contracts.shapes import Nothing, Range, query, reply, request

MAX_PAGE = 1000


@request
class ReadEvents:
    """The events of a partition after a ``seq``, in order."""

    partition: str
    after_seq: Annotated[int, Range(0)] = 0
    limit: Annotated[int, Range(1, MAX_PAGE)] = MAX_PAGE


@request
class ReadDigest:
    """The events after ``after_seq`` up to ``to_seq``, of some ``types`` or of all."""

    partition: str
    after_seq: Annotated[int, Range(0)] = 0
    to_seq: Annotated[int, Range(0)]
    types: tuple[str, ...] | None = None


@reply
class Events:
    """Envelopes, as they are stored."""

    items: tuple[dict[str, object], ...]


@reply
class Heads:
    """The last ``seq`` of every partition that has events."""

    heads: dict[str, int]


@reply
class Digest:
    """``digest``: the sum of the events' leaf hashes modulo 2^256, in hex."""

    count: int
    digest: str
    head: int


READ_EVENTS = query(
    "read_events", "", "Read events in order", ReadEvents, Events, roles=("operator",)
)
READ_HEADS = query(
    "read_heads", "", "Read how far each partition is", Nothing, Heads, roles=("operator",)
)
READ_DIGEST = query(
    "read_digest",
    "",
    "Read the digest of a range of events",
    ReadDigest,
    Digest,
    roles=("operator",),
)
