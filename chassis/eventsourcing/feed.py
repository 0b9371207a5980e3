"""The feed of a log as queries: for consumers that fill holes, for integrators and operators."""

from __future__ import annotations

from chassis.eventsourcing.handling import Handles, Reading
from contracts.operations import feed as said
from contracts.shapes import Nothing


def read_events(reading: Reading, request: said.ReadEvents) -> said.Events:
    """Return a page of one partition's envelopes, in order."""
    found = reading.log.read(request.partition, request.after_seq, request.limit)
    return said.Events(items=tuple(found))


def read_heads(reading: Reading, _request: Nothing) -> said.Heads:
    """Return the last ``seq`` of every partition."""
    return said.Heads(heads=reading.log.heads())


def read_digest(reading: Reading, request: said.ReadDigest) -> said.Digest:
    """Return count and digest of a range of events."""
    log = reading.log
    head = log.heads().get(request.partition, 0)
    count, digest = log.digest(
        request.partition, request.after_seq, request.to_seq, types=request.types
    )
    return said.Digest(count=count, digest=f"{digest:064x}", head=head)


FEED: Handles = {
    said.READ_EVENTS: read_events,
    said.READ_HEADS: read_heads,
    said.READ_DIGEST: read_digest,
}
