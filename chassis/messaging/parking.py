"""Parked events: what a consumer could not apply, kept in order per stream until it can.

A failing event goes into ``parked_events`` in the transaction that moves the checkpoint past it, so
nothing is lost and nothing else waits. Later events of its stream line up behind it. It is tried
again with growing delays; then it waits for a person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import psycopg2
import sqlalchemy.exc
from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event, decode, encode
from chassis.eventsourcing.statement import Statement
from chassis.kernel.errors import ConcurrencyConflict, NewerVersion, NotYet
from chassis.messaging.calls import RemoteFailure, ServiceUnavailable

Stream: TypeAlias = tuple[str, str, str]
"""(owning service, partition, stream id)."""

RETRYING, PARKED, WAITING = "retrying", "parked", "waiting"
"""States: tried again by itself; a person must decide; behind another of its stream."""

OUTAGES = (
    ConcurrencyConflict,
    OSError,
    RemoteFailure,
    ServiceUnavailable,
    psycopg2.InterfaceError,
    psycopg2.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.OperationalError,
    sqlite3.OperationalError,
)
"""Failures that say nothing about the event: the same is tried again, and nothing is parked."""

DELAYS = (1, 2, 5, 15, 40)
"""Seconds before the second try, the third …; after the last one a person must decide."""
NOT_YET_DELAYS = (1, 1, 2, 5, *[10] * 180)
"""The same for a fact that has not arrived yet: it is given half an hour."""
LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Parked:
    """One row: the event, its state, how often it was tried, what went wrong."""

    event: Event
    state: str
    attempts: int
    error: str | None
    parked_at: str
    next_try_at: str | None

    @property
    def stream(self) -> Stream:
        """The stream that the event belongs to."""
        return stream_of(self.event)


def stream_of(event: Event) -> Stream:
    """Return the stream of an event."""
    return event["service"], event["partition"], event["stream_id"]


def described(error: BaseException) -> str:
    """Return a failure in one short line; services keep personal data out of their errors."""
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]


def verdict(error: BaseException, attempts: int, now: datetime) -> tuple[str, str | None]:
    """Return the state after failed attempt number ``attempts``, and when to try again."""
    if isinstance(error, NewerVersion):
        return PARKED, None  # no delay helps; the next release does
    delays = NOT_YET_DELAYS if isinstance(error, NotYet) else DELAYS
    if attempts > len(delays):
        return PARKED, None
    return RETRYING, stamp(now + timedelta(seconds=delays[attempts - 1]))


def stamp(instant: datetime) -> str:
    """Return an instant as it is stored; all of one offset, so that text sorts as time."""
    return instant.isoformat(timespec="milliseconds")


_COLUMNS = "event, state, attempts, error, parked_at, next_try_at"
_STREAMS = Statement("SELECT DISTINCT service, partition, stream_id FROM parked_events")
_INSERT = Statement(
    "INSERT INTO parked_events (service, partition, seq, stream_id, type, event, state, attempts, "
    "error, parked_at, next_try_at) VALUES (:service, :partition, :seq, :stream_id, :type, :event, "
    ":state, :attempts, :error, :parked_at, :next_try_at)"
)
_UPDATE = Statement(
    "UPDATE parked_events SET state = :state, attempts = :attempts, error = :error, "
    "next_try_at = :next_try_at "
    "WHERE service = :service AND partition = :partition AND seq = :seq"
)
_DELETE = Statement(
    "DELETE FROM parked_events WHERE service = :service AND partition = :partition AND seq = :seq"
)
_OF_STREAM = Statement(
    f"SELECT {_COLUMNS} FROM parked_events WHERE service = :service AND partition = :partition "
    "AND stream_id = :stream_id ORDER BY seq"
)
_DUE = Statement(
    "SELECT service, partition, stream_id FROM parked_events "
    "WHERE state = 'retrying' AND next_try_at <= :now ORDER BY next_try_at"
)
_WAKE = Statement(
    "UPDATE parked_events SET state = 'retrying', next_try_at = :now "
    "WHERE state = 'parked' AND error LIKE :newer"
)
_ALL = Statement(
    f"SELECT {_COLUMNS} FROM parked_events ORDER BY service, partition, stream_id, seq"
)
_COUNTS = Statement(
    "SELECT service, partition, COUNT(*) AS parked FROM parked_events GROUP BY service, partition"
)


def streams(connection: Connection) -> set[Stream]:
    """Return the streams that have something parked: normally none."""
    return {(row[0], row[1], row[2]) for row in _STREAMS.rows(connection)}


def park(connection: Connection, event: Event, error: BaseException, now: datetime) -> None:
    """Keep an event whose first attempt failed."""
    state, next_try_at = verdict(error, 1, now)
    _insert(connection, event, state, 1, described(error), now, next_try_at)


def keep(connection: Connection, event: Event, error: str, now: datetime) -> None:
    """Keep an event that a person must decide about, with what is known to be wrong."""
    _insert(connection, event, PARKED, 1, error, now, None)


def line_up(connection: Connection, events: Iterable[Event], now: datetime) -> None:
    """Keep events of streams that have something parked, behind it."""
    for event in events:
        _insert(connection, event, WAITING, 0, None, now, None)


def failed_again(connection: Connection, row: Parked, error: BaseException, now: datetime) -> None:
    """Note that another attempt failed; one that waited for its turn is now first in line."""
    attempts = row.attempts + 1
    state, next_try_at = verdict(error, attempts, now)
    _UPDATE.run(
        connection,
        state=state,
        attempts=attempts,
        error=described(error),
        next_try_at=next_try_at,
        **_place(row.event),
    )


def remove(connection: Connection, event: Event) -> None:
    """Forget an event that was applied or given up."""
    _DELETE.run(connection, **_place(event))


def of_stream(connection: Connection, stream: Stream) -> list[Parked]:
    """Return what is parked of a stream, first in line first."""
    service, partition, stream_id = stream
    found = _OF_STREAM.rows(connection, service=service, partition=partition, stream_id=stream_id)
    return [_parked(row) for row in found]


def due(connection: Connection, now: datetime) -> list[Stream]:
    """Return the streams whose first in line is to be tried again by now."""
    found = _DUE.rows(connection, now=stamp(now))
    return [(row[0], row[1], row[2]) for row in found]


def wake(connection: Connection, now: datetime) -> None:
    """Try what an older release did not understand: this one may."""
    _WAKE.run(connection, now=stamp(now), newer=f"{NewerVersion.__name__}: %")


def everything(connection: Connection) -> list[Parked]:
    """Return all that is parked, by owner, partition and stream."""
    return [_parked(row) for row in _ALL.rows(connection)]


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many events are parked, per (owner, partition)."""
    return {(row[0], row[1]): row[2] for row in _COUNTS.rows(connection)}


def _insert(
    connection: Connection,
    event: Event,
    state: str,
    attempts: int,
    error: str | None,
    now: datetime,
    next_try_at: str | None,
) -> None:
    _INSERT.run(
        connection,
        **_place(event),
        stream_id=event["stream_id"],
        type=event["type"],
        event=encode(event).decode(),
        state=state,
        attempts=attempts,
        error=error,
        parked_at=stamp(now),
        next_try_at=next_try_at,
    )


def _place(event: Event) -> dict[str, Any]:
    return {name: event[name] for name in ("service", "partition", "seq")}


def _parked(row: Sequence[Any]) -> Parked:
    return Parked(decode(row[0].encode()), *row[1:])
