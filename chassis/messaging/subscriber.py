"""The consumer's core, the same over every bus: checkpoints, duplicates, holes, catching up.

One checkpoint per (owner, partition) is written in the transaction of the effects. ``seq`` at or
below it is a duplicate and dropped; the next one is applied; a later one shows a hole, and what is
missing is fetched from the owner first. So duplicates, reordering, lost messages and a lost broker
all heal in the same way.

An event that cannot be applied is parked, and with it the later ones of its stream; the checkpoint
moves on, because they are accounted for. See ``parking``.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from sqlalchemy import Connection

from chassis.clock import Clock, MachineClock
from chassis.eventsourcing.database import Database, savepoint
from chassis.eventsourcing.envelope import Event
from chassis.messaging import parking
from chassis.messaging.checkpoints import Checkpoints, Mark, Place
from chassis.messaging.parking import OUTAGES, Stream, stream_of

log = logging.getLogger(__name__)

Apply: TypeAlias = Callable[[Connection, Sequence[Event]], None]
"""Apply envelopes, each partition's in order, inside a transaction that somebody else commits."""

PAGE = 1000


class Source(Protocol):
    """The owner of a log, as far as a consumer needs it. An ``EventLog`` is one."""

    def heads(self) -> dict[str, int]:
        """Return the last ``seq`` of every partition."""

    def read(self, partition: str, after_seq: int = 0, limit: int = PAGE) -> list[Event]:
        """Return envelopes after ``after_seq``, in order."""

    def digest(self, partition: str, after_seq: int, to_seq: int) -> tuple[int, int]:
        """Return count and digest of a range of events."""


Again: TypeAlias = Callable[[Connection, Sequence[Event]], dict[int, str]]
"""Take events that were applied before once more; return what was done, by ``seq``."""


def nothing(_connection: Connection, _events: Sequence[Event]) -> None:
    """Keep nothing: what a consumer without a copy of its own does with every event."""


class Subscriber:
    """Applies the events of ``sources`` to one consumer's database, each once and in order.

    ``keep`` is done with every event before anything else and is never parked: a copy that must
    have no hole. ``apply`` is what may fail. Where these differ from applying an event in its turn:
    ``late`` applies one that was parked, ``again`` those of a replay that were applied before.
    """

    def __init__(
        self,
        consumer: str,
        database: Database,
        sources: Mapping[str, Source],
        apply: Apply,
        *,
        keep: Apply = nothing,
        late: Apply | None = None,
        again: Again | None = None,
        committed: Callable[[], None] = lambda: None,
        clock: Clock | None = None,
    ) -> None:
        self.consumer = consumer
        self.database = database
        self.sources = dict(sources)
        self.checkpoints = Checkpoints(database)
        self.clock = clock or MachineClock()
        self.committed = committed
        self.late = late or apply
        self.again = again or self._apply_again
        self.keep = keep
        self.apply = apply

    def receive(self, events: Iterable[Event]) -> int:
        """Account for a batch in any order, with duplicates and holes; return how many were new.

        When it returns, the effects are durable: only now may messages be acknowledged. When it
        raises, a part may have been applied, and the same batch can be received again.
        """
        grouped: dict[Place, dict[int, Event]] = defaultdict(dict)
        for event in events:
            grouped[event["service"], event["partition"]][event["seq"]] = event
        if not grouped:
            return 0
        positions = self.checkpoints.at(grouped)
        batch = {
            place: self._gapless(place, positions[place], by_seq)
            for place, by_seq in sorted(grouped.items())
        }
        return self._commit(batch)

    def catch_up(self, due: Callable[[Place, int], bool] = lambda place, at: True) -> int:
        """Fetch from every owner what this consumer has not applied; return how many events.

        Places go on without each other: one that fails (an owner is away) keeps no other back.
        The first failure is raised in the end. ``due`` is asked about each place that is behind,
        with its checkpoint.
        """
        applied = 0
        failures: list[Exception] = []
        for service, source in self.sources.items():
            try:
                heads = source.heads()
            except Exception as error:
                failures.append(error)
                continue
            positions = self.checkpoints.at([(service, partition) for partition in heads])
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

    def retry_due(self) -> int:
        """Try again what is parked and due; return how many events were applied."""
        now = self.clock.now()
        with self.database.read() as connection:
            waiting = parking.due(connection, now)
        applied = 0
        for stream in waiting:
            with self.database.write() as connection:
                self.checkpoints.claim(connection, [stream[:2]])
                applied += len(self.drain(connection, stream))
            self.committed()
        return applied

    def wake(self) -> None:
        """Let what an older release did not understand be tried by this one: at a start."""
        with self.database.write() as connection:
            parking.wake(connection, self.clock.now())

    def drain(self, connection: Connection, stream: Stream) -> list[Event]:
        """Apply what is parked of ``stream``, in order, up to the first that fails; return it.

        The place's checkpoint is claimed by the caller, so that nobody else applies or parks.
        """
        applied = []
        for row in parking.of_stream(connection, stream):
            try:
                with savepoint(connection):
                    # Gone first, so that ``late`` sees what is still parked.
                    parking.remove(connection, row.event)
                    self.late(connection, [row.event])
            except OUTAGES:
                raise
            except Exception as error:  # whatever an effect does wrong is kept for a person
                parking.failed_again(connection, row, error, self.clock.now())
                self._tell("consumer.retry-failed", row.event, error)
                break
            applied.append(row.event)
        return applied

    def take(self, connection: Connection, events: Sequence[Event], mark: Mark) -> None:
        """Account for events of one place that follow on ``mark``, which the caller claimed."""
        self.keep(connection, events)
        self._apply_apart(connection, events)
        place = events[0]["service"], events[0]["partition"]
        self.checkpoints.advance(connection, {place: mark.after(events)})

    def lag(self) -> dict[Place, tuple[int, int]]:
        """Return (applied, owner's head) of every place that is behind."""
        behind = {}
        for service, source in self.sources.items():
            heads = source.heads()
            positions = self.checkpoints.at([(service, partition) for partition in heads])
            for partition, head in heads.items():
                if (at := positions[service, partition]) < head:
                    behind[service, partition] = (at, head)
        return behind

    def position(self, service: str, partition: str) -> int:
        """Return the last ``seq`` accounted for of a place, 0 if none."""
        return self.checkpoints.at([(service, partition)])[service, partition]

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

    def _commit(self, batch: Mapping[Place, Sequence[Event]]) -> int:
        try:
            return self._account_for(batch, self._apply_together)
        except OUTAGES:
            raise
        except Exception:  # one of them cannot be applied: find it, and let the others go on
            return sum(
                self._account_for({place: run}, self._apply_apart) for place, run in batch.items()
            )

    def _account_for(self, batch: Mapping[Place, Sequence[Event]], how: Apply) -> int:
        with self.database.write() as connection:
            marks = self.checkpoints.claim(connection, batch)
            fresh = {
                place: run
                for place, events in batch.items()
                if (run := [event for event in events if event["seq"] > marks[place].seq])
            }
            if fresh:
                everything = [event for run in fresh.values() for event in run]
                self.keep(connection, everything)
                how(connection, everything)
                self.checkpoints.advance(
                    connection, {place: marks[place].after(run) for place, run in fresh.items()}
                )
        if fresh:
            self.committed()
        return sum(len(run) for run in fresh.values())

    def _apply_together(self, connection: Connection, events: Sequence[Event]) -> None:
        blocked = parking.streams(connection)
        if blocked:
            behind = [event for event in events if stream_of(event) in blocked]
            parking.line_up(connection, behind, self.clock.now())
            events = [event for event in events if stream_of(event) not in blocked]
        if events:
            self.apply(connection, events)

    def _apply_apart(self, connection: Connection, events: Sequence[Event]) -> None:
        blocked = parking.streams(connection)
        for event in events:
            stream = stream_of(event)
            if stream in blocked:
                parking.line_up(connection, [event], self.clock.now())
                continue
            try:
                with savepoint(connection):
                    self.apply(connection, [event])
            except OUTAGES:
                raise
            except Exception as error:  # whatever an effect does wrong is kept for a person
                parking.park(connection, event, error, self.clock.now())
                self._tell("consumer.parked", event, error)
                blocked.add(stream)

    def _apply_again(self, connection: Connection, events: Sequence[Event]) -> dict[int, str]:
        outcomes = {}
        for event in events:
            try:
                with savepoint(connection):
                    self.apply(connection, [event])
                outcomes[event["seq"]] = "applied again"
            except OUTAGES:
                raise
            except Exception as error:  # the others go on; the operator sees which did not
                outcomes[event["seq"]] = f"failed: {parking.described(error)}"
        return outcomes

    def _tell(self, what: str, event: Event, error: Exception) -> None:
        log.warning(
            what,
            extra={
                "consumer": self.consumer,
                "place": (event["service"], event["partition"]),
                "seq": event["seq"],
                "type": event["type"],
                "reason": parking.described(error),
            },
            exc_info=error,
        )
