"""Writing many rows at once, on SQLite and PostgreSQL."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg2.extensions import get_wait_callback
from psycopg2.extras import execute_values
from sqlalchemy import Connection

ROWS_PER_STATEMENT = 300

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def is_sqlite(connection: Connection) -> bool:
    """Tell whether the database is SQLite."""
    return connection.dialect.name == "sqlite"


def append(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows that are not there yet: COPY on PostgreSQL."""
    cursor = connection.connection.cursor()
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES"
    if is_sqlite(connection):
        cursor.executemany(f"{into} ({', '.join('?' * len(columns))})", rows)
        return
    if get_wait_callback() is not None:  # a green process: psycopg2 cannot COPY in one
        execute_values(cursor, f"{into} %s", rows, page_size=ROWS_PER_STATEMENT)
        return
    text = "".join("\t".join(map(_field, row)) + "\n" for row in rows)
    cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text))


def upsert(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    key: int,
) -> None:
    """Insert rows, or replace those with the same first ``key`` columns."""
    fresh = ", ".join(f"{name} = excluded.{name}" for name in columns[key:])
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES"
    conflict = f"ON CONFLICT ({', '.join(columns[:key])}) DO UPDATE SET {fresh}"
    cursor = connection.connection.cursor()
    if is_sqlite(connection):
        cursor.executemany(f"{into} ({', '.join('?' * len(columns))}) {conflict}", rows)
    else:
        execute_values(cursor, f"{into} %s {conflict}", rows, page_size=ROWS_PER_STATEMENT)


def select_by_key(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    keys: Iterable[Sequence[Any]],
    *,
    key: int,
) -> list[Sequence[Any]]:
    """Return the rows whose first ``key`` columns are one of ``keys``."""
    wanted = list(keys)
    mark = "?" if is_sqlite(connection) else "%s"
    one = f"({', '.join([mark] * key)})"
    cursor = connection.connection.cursor()
    found: list[Sequence[Any]] = []
    for start in range(0, len(wanted), ROWS_PER_STATEMENT):
        chunk = wanted[start : start + ROWS_PER_STATEMENT]
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE ({', '.join(columns[:key])}) "
            f"IN (VALUES {', '.join([one] * len(chunk))})",
            [part for parts in chunk for part in parts],
        )
        found += cursor.fetchall()
    return found


def delete_by_key(
    connection: Connection, table: str, columns: Sequence[str], keys: Sequence[Sequence[Any]]
) -> None:
    """Delete the rows whose ``columns`` are one of ``keys``."""
    mark = "?" if is_sqlite(connection) else "%s"
    one = f"({', '.join([mark] * len(columns))})"
    cursor = connection.connection.cursor()
    for start in range(0, len(keys), ROWS_PER_STATEMENT):
        chunk = keys[start : start + ROWS_PER_STATEMENT]
        cursor.execute(
            f"DELETE FROM {table} WHERE ({', '.join(columns)}) "
            f"IN (VALUES {', '.join([one] * len(chunk))})",
            [part for parts in chunk for part in parts],
        )


def delete_where(connection: Connection, table: str, values: Mapping[str, Any]) -> None:
    """Delete the rows that have these ``values``."""
    mark = "?" if is_sqlite(connection) else "%s"
    matches = " AND ".join(f"{name} = {mark}" for name in values)
    cursor = connection.connection.cursor()
    cursor.execute(f"DELETE FROM {table} WHERE {matches}", tuple(values.values()))


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
