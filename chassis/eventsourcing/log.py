"""One service's event log: its events by (partition, seq) and by stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import (
    DIGEST_MODULUS,
    Event,
    encode_row,
    from_row,
    leaf_hash,
)
from chassis.eventsourcing.store import Row, run, store_for
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.kernel.ids import IdFactory
from chassis.vault import Vault

Listener: TypeAlias = Callable[[], None]
Projection: TypeAlias = Callable[[Connection, dict[str, Any]], None]
"""``project(connection, event)``: update a read model by one envelope."""

PAGE = 1000
SEQ, TYPE = EVENT_COLUMNS.index("seq"), EVENT_COLUMNS.index("type")

_SELECT = f"SELECT {', '.join(EVENT_COLUMNS)} FROM events "


class EventLog:
    """What was said, and how: a unit of work (see ``unit_of_work``) appends, everybody reads.

    ``projections`` are the read models updated in the append transaction, ``follows`` what else is
    done there, by type.
    """

    def __init__(
        self,
        service: str,
        database: Database,
        codec: Codec,
        *,
        projections: Mapping[str, Sequence[Projection]] | None = None,
        follows: Mapping[str, Sequence[Callable[[Any, Any], None]]] | None = None,
        vault: Vault | None = None,
        ids: IdFactory = new_id,
    ) -> None:
        self.service = service
        self.database = database
        self.codec = codec
        self.projections = projections or {}
        self.follows = follows or {}
        self.vault = vault
        self.ids = ids
        self.store = store_for(database.engine.dialect.name)
        self.listeners: list[Listener] = []
        self._mark = "?" if database.engine.dialect.name == "sqlite" else "%s"

    def announce(self) -> None:
        """Tell the listeners (an in-process bus, a relay) that there are new events."""
        for listener in self.listeners:
            listener()

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        """Return up to ``limit`` envelopes of ``partition`` after ``after_seq``, in order."""
        return [from_row(self.service, row) for row in self.read_rows(partition, after_seq, limit)]

    def read_rows(self, partition: str, after_seq: int, limit: int) -> Sequence[Row]:
        """Return the stored rows behind ``read``, unparsed."""
        mark = self._mark
        with self.database.read() as connection:
            found = run(
                connection,
                f"{_SELECT} WHERE partition = {mark} AND seq > {mark} ORDER BY seq LIMIT {mark}",
                (partition, after_seq, limit),
            )
            return [tuple(row) for row in found]

    def digest(
        self, partition: str, after_seq: int, to_seq: int, *, types: Sequence[str] | None = None
    ) -> tuple[int, int]:
        """Return count and digest (see ``checkpoints``) of a range of events, of some types or all.

        Reads page by page, so memory does not grow with the range.
        """
        count = total = 0
        while after_seq < to_seq:
            rows = self.read_rows(partition, after_seq, min(PAGE, to_seq - after_seq))
            if not rows:
                break
            for row in rows:
                if types is None or row[TYPE] in types:
                    count += 1
                    total += int.from_bytes(leaf_hash(encode_row(self.service, row)))
            after_seq = rows[-1][SEQ]
        return count, total % DIGEST_MODULUS

    def heads(self) -> dict[str, int]:
        """Return the last ``seq`` of every partition that has events."""
        with self.database.read() as connection:
            found = connection.exec_driver_sql("SELECT partition, seq FROM partition_heads")
            return {partition: seq for partition, seq in found if seq}

    def stream(
        self, connection: Connection, partition: str, stream_id: str
    ) -> list[tuple[Any, int]]:
        """Return the domain events of one stream with their versions."""
        mark = self._mark
        found = run(
            connection,
            "SELECT type, schema_version, data, stream_version FROM events "
            f"WHERE partition = {mark} AND stream_id = {mark} ORDER BY stream_version",
            (partition, stream_id),
        )
        return [(self.codec.decode(name, version, data), at) for name, version, data, at in found]

    def history(self, connection: Connection, partition: str, stream_id: str) -> list[Event]:
        """Return the envelopes of one stream: who did what and when, beside what happened."""
        mark = self._mark
        found = run(
            connection,
            f"{_SELECT} WHERE partition = {mark} AND stream_id = {mark} ORDER BY stream_version",
            (partition, stream_id),
        )
        return [from_row(self.service, row) for row in found]

    def streams(
        self, connection: Connection, partition: str, stream_ids: Sequence[str]
    ) -> dict[str, list[tuple[Any, int]]]:
        """Return many streams at once, by their id; an unknown one is an empty list."""
        histories: dict[str, list[tuple[Any, int]]] = {stream_id: [] for stream_id in stream_ids}
        mark = self._mark
        for start in range(0, len(stream_ids), 500):
            chunk = stream_ids[start : start + 500]
            found = run(
                connection,
                "SELECT stream_id, type, schema_version, data, stream_version FROM events "
                f"WHERE partition = {mark} AND stream_id IN ({', '.join([mark] * len(chunk))}) "
                "ORDER BY stream_id, stream_version",
                (partition, *chunk),
            )
            for stream_id, name, version, data, at in found:
                histories[stream_id].append((self.codec.decode(name, version, data), at))
        return histories
