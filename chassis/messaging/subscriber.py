"""The consumer's core, the same over every bus: checkpoints, duplicates, holes, catching up.

One checkpoint per (owner, partition) is written in the transaction of the effects. ``seq`` at or
below it is a duplicate and dropped; the next one is applied; a later one shows a hole, and what is
missing is fetched from the owner first. So duplicates, reordering, lost messages and a lost broker
all heal in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import Event

Place: TypeAlias = tuple[str, str]
"""(owning service, partition)."""

Apply: TypeAlias = Callable[[Connection, Sequence[Event]], None]
"""Apply envelopes, each partition's in order, inside a transaction that somebody else commits."""

PAGE = 1000


class Source(Protocol):
    """The owner of a log, as far as a consumer needs it. An ``EventLog`` is one."""

    def heads(self) -> dict[str, int]:
        """Return the last ``seq`` of every partition."""

    def read(self, partition: str, after_seq: int = 0, limit: int = PAGE) -> list[Event]:
        """Return envelopes after ``after_seq``, in order."""


class Subscriber:
    """Applies the events of ``sources`` to one consumer's database, each once and in order."""

    def __init__(
        self,
        consumer: str,
        database: Database,
        sources: Mapping[str, Source],
        apply: Apply,
        *,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self.consumer = consumer
        self.database = database
        self.sources = dict(sources)
        self._apply = apply
        self._committed = committed
        self._mark = "?" if database.engine.dialect.name == "sqlite" else "%s"

    def receive(self, events: Iterable[Event]) -> int:
        """Apply a batch in any order, with duplicates and holes; return how many were new.

        When it returns, the effects are durable: only now may messages be acknowledged. When it
        raises, nothing of the batch was applied.
        """
        grouped: dict[Place, dict[int, Event]] = defaultdict(dict)
        for event in events:
            grouped[event["service"], event["partition"]][event["seq"]] = event
        if not grouped:
            return 0
        positions = self._positions(grouped)
        batch = {
            place: self._gapless(place, positions[place], by_seq)
            for place, by_seq in sorted(grouped.items())
        }
        return self._commit(batch)

    def catch_up(self) -> int:
        """Fetch from every owner what this consumer has not applied; return how many events."""
        applied = 0
        for service, source in self.sources.items():
            heads = source.heads()
            positions = self._positions([(service, partition) for partition in heads])
            for partition, head in sorted(heads.items()):
                at = positions[service, partition]
                while at < head:
                    page = source.read(partition, at, PAGE)
                    if not page:
                        break
                    applied += self._commit({(service, partition): page})
                    at = page[-1]["seq"]
        return applied

    def lag(self) -> dict[Place, tuple[int, int]]:
        """Return (applied, owner's head) of every place that is behind."""
        behind = {}
        for service, source in self.sources.items():
            heads = source.heads()
            positions = self._positions([(service, partition) for partition in heads])
            for partition, head in heads.items():
                if (at := positions[service, partition]) < head:
                    behind[service, partition] = (at, head)
        return behind

    def position(self, service: str, partition: str) -> int:
        """Return the last ``seq`` applied of a place, 0 if none."""
        return self._positions([(service, partition)])[service, partition]

    def _gapless(self, place: Place, at: int, by_seq: Mapping[int, Event]) -> list[Event]:
        service, partition = place
        run: list[Event] = []
        for seq in sorted(by_seq):
            while at + 1 < seq:
                page = self.sources[service].read(partition, at, min(PAGE, seq - at - 1))
                if not page:
                    raise LookupError(f"{service} does not have {partition} after {at}")
                run += page
                at = page[-1]["seq"]
            if seq == at + 1:
                run.append(by_seq[seq])
                at = seq
        return run

    def _commit(self, batch: Mapping[Place, list[Event]]) -> int:
        with self.database.write() as connection:
            positions = self._stored(connection, batch)
            fresh = {
                place: [event for event in run if event["seq"] > positions.get(place, 0)]
                for place, run in batch.items()
            }
            fresh = {place: run for place, run in fresh.items() if run}
            for run in fresh.values():
                self._apply(connection, run)
            if fresh:
                mark = self._mark
                connection.exec_driver_sql(
                    f"INSERT INTO checkpoints VALUES ({mark}, {mark}, {mark}) "
                    "ON CONFLICT (service, partition) DO UPDATE SET seq = excluded.seq",
                    [(*place, run[-1]["seq"]) for place, run in fresh.items()],
                )
        if fresh:
            self._committed()
        return sum(len(run) for run in fresh.values())

    def _positions(self, places: Iterable[Place]) -> dict[Place, int]:
        with self.database.read() as connection:
            stored = self._stored(connection, places)
        return {place: stored.get(place, 0) for place in places}

    def _stored(self, connection: Connection, places: Iterable[Place]) -> dict[Place, int]:
        wanted = list(places)
        found: dict[Place, int] = {}
        mark = self._mark
        for start in range(0, len(wanted), 400):
            chunk = wanted[start : start + 400]
            rows = connection.exec_driver_sql(
                "SELECT service, partition, seq FROM checkpoints WHERE (service, partition) IN "
                f"(VALUES {', '.join([f'({mark}, {mark})'] * len(chunk))})",
                tuple(part for place in chunk for part in place),
            )
            found.update({(service, partition): seq for service, partition, seq in rows})
        return found
