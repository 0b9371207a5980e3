"""How far the owners are known to be, so that an answer can say what it may be missing.

Whenever a subscriber asks an owner for its heads (to catch up, or to sweep for lost messages), the
answer is kept in ``known_heads``. It is written in the transaction that applies the events, so
ordinary traffic costs nothing extra. News that no transaction has taken along by the next time of
asking, because applying failed, are written then: that is when an answer is incomplete. While
nothing happens, only the time of asking is refreshed, now and then.

A query compares ``known_heads`` with the checkpoints: two small tables, no call to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, text

from chassis.clock import Clock
from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import Event, decode
from chassis.messaging.checkpoints import Place
from chassis.messaging.subscriber import PAGE, Source
from services.audit import sql

REFRESH = timedelta(seconds=10)


class HeadsBook:
    """What the owners last said, and what of it is not yet stored. One per process that ingests."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._stored: dict[Place, int] = {}
        self._news: dict[Place, int] = {}
        self._taken: dict[Place, int] = {}
        self._asked: dict[str, datetime] = {}
        self._refreshed: dict[str, datetime] = {}

    def heard(self, service: str, heads: dict[str, int]) -> None:
        """Note an owner's answer; store it now if the last one's news are still waiting."""
        waiting = any(place[0] == service for place in self._news)
        self._asked[service] = self._clock.now()
        self._news |= {
            (service, partition): seq
            for partition, seq in heads.items()
            if self._stored.get((service, partition)) != seq
        }
        if waiting or self._is_stale(service):
            with self._database.write() as connection:
                self.write(connection)
            self.written()

    def write(self, connection: Connection) -> None:
        """Store the news, in a transaction that somebody commits."""
        self._taken = dict(self._news)
        if self._taken:
            heads = [(*place, seq) for place, seq in self._taken.items()]
            columns = ("service", "partition", "seq")
            sql.upsert(connection, "known_heads", columns, heads, key=2)
        fresh = [
            (service, at.isoformat(timespec="milliseconds"))
            for service, at in self._asked.items()
            if self._refreshed.get(service) != at
        ]
        if fresh:
            sql.upsert(connection, "asked", ("service", "at"), fresh, key=1)

    def written(self) -> None:
        """Forget the news: the transaction that stored them is committed."""
        self._stored |= self._taken
        for place, seq in self._taken.items():
            if self._news.get(place) == seq:
                del self._news[place]
        self._refreshed = dict(self._asked)

    def _is_stale(self, service: str) -> bool:
        if any(place[0] == service for place in self._news):
            return False  # about to be stored with the events
        last = self._refreshed.get(service)
        return last is None or abs(self._asked[service] - last) >= REFRESH


class WatchedSource:
    """An owner's log whose heads are noted whenever somebody asks for them."""

    def __init__(self, source: Source, heard: Callable[[dict[str, int]], None]) -> None:
        self._source = source
        self._heard = heard

    def heads(self) -> dict[str, int]:
        heads = self._source.heads()
        self._heard(heads)
        return heads

    def read(self, partition: str, after_seq: int = 0, limit: int = PAGE) -> list[Event]:
        return self._source.read(partition, after_seq, limit)

    def digest(self, partition: str, after_seq: int, to_seq: int) -> tuple[int, int]:
        return self._source.digest(partition, after_seq, to_seq)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far an answer can be trusted; the fields of every oversight reply."""

    as_of: str
    lag_ms: int
    complete: bool
    heads_seen_at: str | None


_BEHIND = text(
    "SELECT h.partition, e.recorded_at FROM known_heads h "
    "LEFT JOIN checkpoints c ON c.service = h.service AND c.partition = h.partition "
    "LEFT JOIN audit_events e "
    "ON e.service = h.service AND e.partition = h.partition AND e.seq = c.seq "
    "WHERE h.service IN :services AND h.seq > COALESCE(c.seq, 0)"
).bindparams(bindparam("services", expanding=True))

_PARKED = text("SELECT partition, event FROM parked_events WHERE service IN :services").bindparams(
    bindparam("services", expanding=True)
)

_ASKED = text("SELECT service, at FROM asked WHERE service IN :services").bindparams(
    bindparam("services", expanding=True)
)


def freshness(
    connection: Connection,
    services: Collection[str],
    *,
    now: datetime,
    counts: Callable[[str], bool],
) -> Freshness:
    """Return how fresh the views fed by ``services`` are in the partitions that ``counts``."""
    wanted: dict[str, Any] = {"services": sorted(services)}
    asked = {row.service: row.at for row in connection.execute(_ASKED, wanted)}
    seen_at = min(asked.values()) if len(asked) == len(services) else None
    behind = [
        recorded_at
        for partition, recorded_at in connection.execute(_BEHIND, wanted)
        if counts(partition)
    ]
    # What a view could not take in is missing from it as much as what has not arrived.
    behind += [
        decode(event.encode())["recorded_at"]
        for partition, event in connection.execute(_PARKED, wanted)
        if counts(partition)
    ]
    current = now.isoformat(timespec="milliseconds")
    if not behind:
        return Freshness(seen_at or current, 0, seen_at is not None, seen_at)
    # A place of which nothing is applied yet has no age; the time of asking is a lower bound.
    as_of = min(recorded_at or seen_at or current for recorded_at in behind)
    lag = now - datetime.fromisoformat(as_of)
    return Freshness(as_of, max(0, int(lag.total_seconds() * 1000)), False, seen_at)
