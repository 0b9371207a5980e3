"""Statements over many rows: one upsert, one read by ids, the same on both databases."""

# ruff: noqa: S608 - statements are composed from our own tables' names; values are bound

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, select

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
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    row_marks = f"({', '.join([mark] * len(columns))})"
    # One statement must not touch a row twice; the last of equal keys stands.
    unique = list({tuple(row[name] for name in keys): row for row in rows}.values())
    for start in range(0, len(unique), CHUNK):
        chunk = unique[start : start + CHUNK]
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({', '.join(columns)}) "
            f"VALUES {', '.join([row_marks] * len(chunk))} "
            f"ON CONFLICT ({', '.join(keys)}) {action}",
            tuple(row[name] for row in chunk for name in columns),
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
