"""Statements over many rows: one upsert, one read by ids, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, select

from chassis.many_rows import insert_many

CHUNK = 500


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``; where the primary key is taken, update the other columns.

    Many rows per statement: psycopg2 sends the rows of an ``executemany`` one round trip each.
    """
    if not rows:
        return
    columns = list(rows[0])
    keys = [column.name for column in table.primary_key]
    fresh = [f"{name} = excluded.{name}" for name in columns if name not in keys]
    action = f"DO UPDATE SET {', '.join(fresh)}" if fresh else "DO NOTHING"
    # One statement must not touch a row twice; the last of equal keys stands.
    unique = {tuple(row[name] for name in keys): row for row in rows}
    insert_many(
        connection,
        table.name,
        columns,
        [tuple(row[name] for name in columns) for row in unique.values()],
        f"ON CONFLICT ({', '.join(keys)}) {action}",
    )


def rows_of(
    connection: Connection, table: Table, column: Column[Any], values: Iterable[str]
) -> list[RowMapping]:
    """Return the rows of ``table`` whose ``column`` is one of ``values``."""
    wanted = sorted(set(values))
    found: list[RowMapping] = []
    for start in range(0, len(wanted), CHUNK):
        query = select(table).where(column.in_(wanted[start : start + CHUNK]))
        found += connection.execute(query).mappings().all()
    return found
