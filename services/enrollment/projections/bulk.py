"""Statements over many rows: one upsert, one read by ids, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, select
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 500


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``; where the primary key is taken, update the other columns."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    statement = (
        statement.on_conflict_do_update(index_elements=keys, set_=fresh)
        if fresh
        else statement.on_conflict_do_nothing()
    )
    connection.execute(statement, [dict(row) for row in rows])


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
