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
from chassis.messaging.checkpoints import Checkpoints, Place

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
        self._checkpoints = Checkpoints(database)

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
        positions = self._checkpoints.at(grouped)
        batch = {
            place: self._gapless(place, positions[place], by_seq)
            for place, by_seq in sorted(grouped.items())
        }
        return self._commit(batch)

    def catch_up(self, due: Callable[[Place, int], bool] = lambda place, at: True) -> int:
        """Fetch from every owner what this consumer has not applied; return how many events.

        Places go on without each other: one that fails (a fact of another place is not here yet,
        an owner is away) keeps no other back. The first failure is raised in the end. ``due``
        is asked about each place that is behind, with its checkpoint.
        """
        applied = 0
        failures: list[Exception] = []
        for service, source in self.sources.items():
            try:
                heads = source.heads()
            except Exception as error:
                failures.append(error)
                continue
            positions = self._checkpoints.at([(service, partition) for partition in heads])
            for (_, partition), at in sorted(positions.items()):
                if at >= heads[partition] or not due((service, partition), at):
                    continue
                try:
                    applied += self._fetch((service, partition), at, heads[partition])
                except Exception as error:
                    failures.append(error)
        if failures:
            raise failures[0]
        return applied

    def catch_up_with(self, service: str, partition: str, seq: int) -> int:
        """Fetch one partition up to ``seq``, if this consumer listens to it; return how many."""
        if service not in self.sources:
            return 0
        place = (service, partition)
        return self._fetch(place, self.position(*place), seq)

    def _fetch(self, place: Place, at: int, head: int) -> int:
        service, partition = place
        applied = 0
        while at < head:
            page = self.sources[service].read(partition, at, PAGE)
            if not page:
                break
            applied += self._commit({place: page})
            at = page[-1]["seq"]
        return applied

    def lag(self) -> dict[Place, tuple[int, int]]:
        """Return (applied, owner's head) of every place that is behind."""
        behind = {}
        for service, source in self.sources.items():
            heads = source.heads()
            positions = self._checkpoints.at([(service, partition) for partition in heads])
            for partition, head in heads.items():
                if (at := positions[service, partition]) < head:
                    behind[service, partition] = (at, head)
        return behind

    def position(self, service: str, partition: str) -> int:
        """Return the last ``seq`` applied of a place, 0 if none."""
        return self._checkpoints.at([(service, partition)])[service, partition]

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
            positions = self._checkpoints.claim(connection, batch)
            fresh = {
                place: [event for event in run if event["seq"] > positions[place]]
                for place, run in batch.items()
            }
            fresh = {place: run for place, run in fresh.items() if run}
            if fresh:
                self._apply(connection, [event for run in fresh.values() for event in run])
                last = {place: run[-1]["seq"] for place, run in fresh.items()}
                self._checkpoints.advance(connection, last)
        if fresh:
            self._committed()
        return sum(len(run) for run in fresh.values())
