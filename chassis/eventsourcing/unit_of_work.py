"""One transaction on one partition: load, decide, append, project, and the stored outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import from_row
from chassis.eventsourcing.log import EventLog
from chassis.kernel.call import Call
from chassis.kernel.decider import Decider
from chassis.kernel.errors import ConcurrencyConflict, VersionMismatch
from chassis.vault import VaultSession

State = TypeVar("State")

Follow: TypeAlias = Callable[["UnitOfWork", Any], None]
"""``follow(work, event)``: what else the service does about its own event, as part of the same."""


@dataclass(frozen=True, slots=True)
class Decision(Generic[State]):
    """What a command led to: the new events, the state after them, the stream's version."""

    events: Sequence[Any]
    state: State
    version: int


class UnitOfWork:
    """Buffers what is appended; ``flush`` writes it in one go before the commit.

    ``appended`` tells whether anything was; ``rows`` are those still in the buffer.
    """

    def __init__(
        self,
        log: EventLog,
        connection: Connection,
        partition: str,
        call: Call,
        head: int,
        earlier: tuple[Any, ...] | None,
    ) -> None:
        self.log = log
        self.connection = connection
        self.partition = partition
        self.call = call
        self.head = head
        self.earlier = earlier
        self.rows: list[tuple[Any, ...]] = []
        self.appended = False
        self.outcome: tuple[str, str, str] | None = None
        self._followed: list[tuple[str, Any]] = []
        self._versions: dict[str, int] = {}
        self._recorded_at = call.now.isoformat(timespec="milliseconds")

    @property
    def vault(self) -> VaultSession:
        """The vault of personal data, in this transaction."""
        assert self.log.vault is not None, f"{self.log.service} was built without a vault"
        return self.log.vault.session(self.connection)

    def load(self, decider: Decider[State, Any, Any], stream_id: str) -> State:
        """Return the state of a stream and remember its version for the append."""
        history = self.log.stream(self.connection, self.partition, stream_id)
        return self._fold(decider, stream_id, history)

    def load_many(
        self, decider: Decider[State, Any, Any], stream_ids: Sequence[str]
    ) -> dict[str, State]:
        """Return the states of many streams of one kind, in one query."""
        histories = self.log.streams(self.connection, self.partition, stream_ids)
        return {
            stream_id: self._fold(decider, stream_id, history)
            for stream_id, history in histories.items()
        }

    def load_each(self, deciders: Mapping[str, Decider[Any, Any, Any]]) -> list[Any]:
        """Return the states of streams of different kinds, in one query and in their order."""
        histories = self.log.streams(self.connection, self.partition, list(deciders))
        return [
            self._fold(decider, stream_id, histories[stream_id])
            for stream_id, decider in deciders.items()
        ]

    def _fold(
        self,
        decider: Decider[State, Any, Any],
        stream_id: str,
        history: list[tuple[Any, int]],
    ) -> State:
        self._versions[stream_id] = history[-1][1] if history else 0
        return decider.fold(event for event, _ in history)

    def execute(
        self,
        decider: Decider[State, Any, Any],
        stream_id: str,
        command: Any,
        *,
        state: State | None = None,
        occurred_at: datetime | None = None,
    ) -> Decision[State]:
        """Load a stream, let the decider answer ``command``, append what it decided.

        ``state`` is what ``load`` returned, if this unit of work has loaded the stream already and
        appended nothing to it since.

        Raises:
            BusinessRuleViolation: the decider refused.
            VersionMismatch: the caller's ``If-Match`` names another version.
        """
        if state is None or stream_id not in self._versions:
            state = self.load(decider, stream_id)
        wanted = self.call.if_match
        if wanted is not None and wanted != self._versions[stream_id]:
            raise VersionMismatch(version=self._versions[stream_id])
        events = decider.decide(state, command)
        version = self.append(stream_id, events, occurred_at=occurred_at)
        for event in events:
            state = decider.evolve(state, event)
        return Decision(events, state, version)

    def append(
        self,
        stream_id: str,
        events: Sequence[Any],
        *,
        expected_version: int | None = None,
        occurred_at: datetime | None = None,
    ) -> int:
        """Append ``events`` to a stream, update the read models, return its new version.

        Without ``expected_version`` the version seen by ``load`` is expected, 0 if never loaded.

        Raises:
            ConcurrencyConflict: the stream was loaded at another version than the expected one.
        """
        version = self._versions.get(stream_id, 0)
        if (
            expected_version is not None
            and stream_id in self._versions
            and expected_version != version
        ):
            raise ConcurrencyConflict(f"{stream_id}: expected {expected_version}, is {version}")
        if expected_version is not None:
            version = expected_version
        for event in events:
            version += 1
            self._record(stream_id, version, event, occurred_at)
        self._versions[stream_id] = version
        return version

    def _record(
        self, stream_id: str, version: int, event: Any, occurred_at: datetime | None
    ) -> None:
        name, schema_version, data = self.log.codec.encode(event)
        call = self.call
        self.head += 1
        occurred = occurred_at.isoformat(timespec="milliseconds") if occurred_at else None
        profile, policy_version = call.policy or (None, None)
        row = (
            self.partition,
            self.head,
            self.log.ids(),
            stream_id,
            version,
            name,
            schema_version,
            occurred or self._recorded_at,
            self._recorded_at,
            call.principal.account_id,
            call.principal.role,
            call.correlation_id,
            call.causation_id,
            profile,
            policy_version,
            data,
        )
        self.rows.append(row)
        self.appended = True
        if name in self.log.follows:
            self._followed.append((name, event))
        projections = self.log.projections.get(name, ())
        if projections:
            envelope = from_row(self.log.service, row)
            for project in projections:
                project(self.connection, envelope)

    def follow_up(self) -> None:
        """Let those who follow what was appended do their part, and those who follow that."""
        while self._followed:
            name, event = self._followed.pop(0)
            for follow in self.log.follows[name]:
                follow(self, event)

    def go_on(self) -> None:
        """See what others appended through this same transaction, before appending more.

        Nothing of this unit of work itself may be waiting for its ``flush``.
        """
        assert not self.rows
        self.head, _ = self.log.store.lock(self.connection, self.partition, None)

    def write_out(self) -> None:
        """Empty the buffer into the transaction, so that a large command fits into memory.

        Raises:
            ConcurrencyConflict: a stream version was taken meanwhile.
        """
        self.log.store.flush(self.connection, self.partition, self.head, self.rows, None)
        self.rows.clear()

    def flush(self) -> None:
        """Write the buffered events, the partition's new head and the command's outcome.

        Raises:
            ConcurrencyConflict: a stream version or the idempotency key was taken meanwhile.
        """
        self.follow_up()
        self.log.store.flush(self.connection, self.partition, self.head, self.rows, self.outcome)


@contextmanager
def unit_of_work(
    log: EventLog,
    partition: str,
    call: Call,
    *,
    key: str | None = None,
    announce: bool = True,
    first: Callable[[Connection], object] = lambda connection: None,
) -> Iterator[UnitOfWork]:
    """Open a unit of work that locks ``partition``; commit on exit, roll back on an exception.

    ``key`` looks up the outcome of an earlier run of the same command (``work.earlier``).
    Inside somebody's ``turn`` the commit is theirs, and so is to ``announce``. ``first`` locks
    what must be locked before the partition.

    Raises:
        ConcurrencyConflict: somebody else wrote the same stream version or key. Try again.
    """
    with log.database.write() as connection:
        first(connection)
        work = joined(log, connection, partition, call, key=key)
        yield work
        work.flush()
    if work.appended and announce:
        log.announce()


def joined(
    log: EventLog, connection: Connection, partition: str, call: Call, *, key: str | None = None
) -> UnitOfWork:
    """Return a unit of work on a transaction that somebody else commits.

    That somebody calls ``flush`` on it, and the log's ``announce`` after the commit.
    """
    head, earlier = log.store.lock(connection, partition, key)
    return UnitOfWork(log, connection, partition, call, head, earlier)
