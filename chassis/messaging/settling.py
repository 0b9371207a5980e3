"""Retry or discard a parked event, on an operator's word: in one transaction, and on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from chassis.eventsourcing.database import savepoint
from chassis.eventsourcing.envelope import Event
from chassis.kernel.errors import BusinessRuleViolation, NotFound
from chassis.messaging import parking
from chassis.messaging.parking import Parked, Stream
from chassis.messaging.subscriber import Subscriber


class NothingParked(NotFound):
    code = "parked.not-found"


class WaitsBehind(BusinessRuleViolation):
    """The event only waits for an earlier one of its stream."""

    code = "parked.waits-behind"


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a stream: applied in order, the one that failed, how many are left."""

    applied: list[Event]
    failed: Parked | None
    left: int


def line_of(connection: Connection, service: str, partition: str, seq: int) -> list[Parked]:
    """Return what is parked of the stream of one event, first in line first.

    Raises:
        NothingParked: that event is not parked here.
    """
    for row in parking.everything(connection):
        event = row.event
        if (event["service"], event["partition"], event["seq"]) == (service, partition, seq):
            return parking.of_stream(connection, row.stream)
    raise NothingParked(service=service, partition=partition, seq=seq)


def first_in_line(line: list[Parked], seq: int) -> Parked:
    """Return the first, which must be ``seq``.

    Raises:
        WaitsBehind: another is first and must be settled before.
    """
    first = line[0]
    if first.event["seq"] != seq:
        raise WaitsBehind(seq=first.event["seq"])
    return first


def retry(subscriber: Subscriber, connection: Connection, first: Parked) -> Settled:
    """Apply the first in line and those behind it, up to the first that fails."""
    return _drained(subscriber, connection, first.stream)


def discard(subscriber: Subscriber, connection: Connection, first: Parked) -> Settled:
    """Give the first in line up, and apply those behind it, up to the first that fails."""
    parking.remove(connection, first.event)
    return _drained(subscriber, connection, first.stream)


def _drained(subscriber: Subscriber, connection: Connection, stream: Stream) -> Settled:
    applied = subscriber.drain(connection, stream)
    left = parking.of_stream(connection, stream)
    return Settled(applied, left[0] if left else None, len(left))


class _Undone(Exception):
    """Ends a trial."""


@contextmanager
def trial(connection: Connection, *, undo: bool) -> Iterator[None]:
    """Undo everything done inside, if ``undo``: that is what a dry run is."""
    with suppress(_Undone), savepoint(connection):
        yield
        if undo:
            raise _Undone
