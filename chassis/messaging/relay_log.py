"""The relay's side of a service's log: what is new, the rows of it, and how far it got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.store import Row, run
from chassis.eventsourcing.tables import EVENT_COLUMNS

Range: TypeAlias = tuple[str, int, int]
"""(partition, after this seq, up to this seq)."""

_COLUMNS = ", ".join(f"e.{name}" for name in EVENT_COLUMNS)
_LOCK = "hp3.relay"
_PLACES_PER_STATEMENT = 300


class RelayLog:
    """Reads any number of partitions in one statement, and keeps ``relay_positions``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sqlite = database.engine.dialect.name == "sqlite"
        self._mark = "?" if self._sqlite else "%s"
        self._lock: Connection | None = None

    def heads(self) -> dict[str, int]:
        """Return the last ``seq`` of every partition."""
        return self._pairs("SELECT partition, seq FROM partition_heads")

    def positions(self) -> dict[str, int]:
        """Return the last ``seq`` of every partition that the bus has confirmed."""
        return self._pairs("SELECT partition, seq FROM relay_positions")

    def rows(self, ranges: Sequence[Range]) -> list[Row]:
        """Return the events of all ``ranges``, each partition's in order."""
        mark = self._mark
        found: list[Row] = []
        with self._database.read() as connection:
            for start in range(0, len(ranges), _PLACES_PER_STATEMENT):
                chunk = ranges[start : start + _PLACES_PER_STATEMENT]
                places = ", ".join([f"({mark}, {mark}, {mark})"] * len(chunk))
                found += run(
                    connection,
                    f"WITH wanted(partition, after, upto) AS (VALUES {places}) "
                    f"SELECT {_COLUMNS} FROM wanted w JOIN events e ON e.partition = w.partition "
                    "AND e.seq > w.after AND e.seq <= w.upto ORDER BY e.partition, e.seq",
                    tuple(part for place in chunk for part in place),
                )
        return found

    def save(self, positions: Mapping[str, int]) -> None:
        """Store positions; never backward, so that two relays do no harm."""
        places = list(positions.items())
        mark = self._mark
        with self._database.write() as connection:
            for start in range(0, len(places), _PLACES_PER_STATEMENT):
                chunk = places[start : start + _PLACES_PER_STATEMENT]
                run(
                    connection,
                    f"INSERT INTO relay_positions VALUES {_tuples(mark, chunk)} "
                    "ON CONFLICT (partition) DO UPDATE SET seq = excluded.seq "
                    "WHERE relay_positions.seq < excluded.seq",
                    tuple(part for place in chunk for part in place),
                )

    def try_lock(self) -> bool:
        """Whether this process is now the one that relays; lasts until ``unlock``."""
        if self._sqlite:  # the embedded mode's file has one process
            return True
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            held = connection.exec_driver_sql(
                "SELECT pg_try_advisory_lock(hashtext(%s))", (_LOCK,)
            ).scalar()
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        if held:
            self._lock = connection
        else:
            connection.close()
        return bool(held)

    def unlock(self) -> None:
        """Let another process relay."""
        if self._lock is not None:
            self._lock.invalidate()  # the server frees a session's locks with the session
            self._lock.close()
            self._lock = None

    def _pairs(self, statement: str) -> dict[str, int]:
        with self._database.read() as connection:
            return dict(run(connection, statement).fetchall())


def _tuples(mark: str, rows: Iterable[Any]) -> str:
    return ", ".join(f"({mark}, {mark})" for _ in rows)
