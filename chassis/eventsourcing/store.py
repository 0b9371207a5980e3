"""What differs between databases on the append path, as siblings behind one interface."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.kernel.errors import ConcurrencyConflict
from chassis.many_rows import insert_many
from chassis.round_trips import post

Row = tuple[Any, ...]
Outcome = tuple[str, str, str]
"""(key, fingerprint of the request, reply as JSON)."""

_COLUMNS = ", ".join(EVENT_COLUMNS)
_ROWS_PER_STATEMENT = 500


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> Any:
    """Execute on the driver's own cursor: SQLAlchemy's share of an append was half its time."""
    cursor = connection.connection.cursor()
    cursor.execute(statement, values)
    return cursor


class Store(Protocol):
    """Lock a partition and learn its head; write what a unit of work appended."""

    def lock(
        self, connection: Connection, partition: str, key: str | None
    ) -> tuple[int, Row | None]:
        """Lock ``partition``; return its head and the (fingerprint, reply) stored under ``key``."""

    def flush(
        self,
        connection: Connection,
        partition: str,
        head: int,
        rows: Sequence[Row],
        outcome: Outcome | None,
    ) -> None:
        """Write the events, the new head and the outcome.

        Raises:
            ConcurrencyConflict: a stream version, or the outcome's key, is already taken; on
                PostgreSQL from a later statement of the transaction, at the latest its COMMIT.
        """


class SqliteStore:
    """SQLite serialises writers itself; statements cost no round trip."""

    _insert = f"INSERT INTO events ({_COLUMNS}) VALUES ({', '.join('?' * len(EVENT_COLUMNS))})"

    _lock = (
        "SELECT (SELECT seq FROM partition_heads WHERE partition = ?), o.fingerprint, o.reply "
        "FROM (SELECT 1) LEFT JOIN outcomes o ON o.key = ? AND o.partition = ?"
    )

    def lock(
        self, connection: Connection, partition: str, key: str | None
    ) -> tuple[int, Row | None]:
        found = run(connection, self._lock, (partition, key, partition)).fetchone()
        return found[0] or 0, (found[1], found[2]) if found[1] is not None else None

    def flush(
        self,
        connection: Connection,
        partition: str,
        head: int,
        rows: Sequence[Row],
        outcome: Outcome | None,
    ) -> None:
        try:
            if rows:
                connection.connection.cursor().executemany(self._insert, rows)
                run(
                    connection,
                    "INSERT INTO partition_heads VALUES (?, ?) "
                    "ON CONFLICT (partition) DO UPDATE SET seq = excluded.seq",
                    (partition, head),
                )
            if outcome is not None:
                run(connection, "INSERT INTO outcomes VALUES (?, ?, ?, ?)", (partition, *outcome))
        except sqlite3.IntegrityError as error:
            raise ConcurrencyConflict(str(error)) from error


class PostgresqlStore:
    """PostgreSQL: one round trip to lock, none to write: that travels with the COMMIT."""

    _row = f"({', '.join(['%s'] * len(EVENT_COLUMNS))})"
    _lock = (
        "SELECT h.seq, o.fingerprint, o.reply FROM partition_heads h "
        "LEFT JOIN outcomes o ON o.partition = h.partition AND o.key = %s "
        "WHERE h.partition = %s FOR UPDATE OF h"
    )

    def lock(
        self, connection: Connection, partition: str, key: str | None
    ) -> tuple[int, Row | None]:
        found = run(connection, self._lock, (key, partition)).fetchone()
        if found is None:
            post(
                connection,
                "INSERT INTO partition_heads VALUES (%s, 0) ON CONFLICT DO NOTHING",
                (partition,),
            )
            found = run(connection, self._lock, (key, partition)).fetchone()
        return found[0], (found[1], found[2]) if found[1] is not None else None

    def flush(
        self,
        connection: Connection,
        partition: str,
        head: int,
        rows: Sequence[Row],
        outcome: Outcome | None,
    ) -> None:
        parts: list[str] = []
        values: list[Any] = []
        many = len(rows) > _ROWS_PER_STATEMENT
        if rows:
            parts.append("h AS (UPDATE partition_heads SET seq = %s WHERE partition = %s)")
            values += [head, partition]
        if outcome is not None:
            parts.append("o AS (INSERT INTO outcomes VALUES (%s, %s, %s, %s))")
            values += [partition, *outcome]
        if rows and not many:
            marks = ", ".join([self._row] * len(rows))
            parts.append(f"e AS (INSERT INTO events ({_COLUMNS}) VALUES {marks})")
            values += [value for row in rows for value in row]
        if many:
            insert_many(connection, "events", EVENT_COLUMNS, rows)
        if parts:
            post(connection, f"WITH {', '.join(parts)} SELECT 1", values)


def store_for(dialect: str) -> Store:
    """Return the store that speaks ``dialect`` (``sqlite`` or ``postgresql``)."""
    return SqliteStore() if dialect == "sqlite" else PostgresqlStore()
