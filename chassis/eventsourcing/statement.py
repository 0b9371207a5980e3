"""Fixed SQL statements for hot paths: written once, run on the driver's own cursor.

SQLAlchemy builds and hashes an expression at each call, which on a path of a few statements costs
more than the database. Everything that varies in shape uses SQLAlchemy; what is always the same
and runs with every command is a ``Statement``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg2.extras import execute_batch
from sqlalchemy import Connection

from chassis.round_trips import post

_NAME = re.compile(r"(?<![:\w]):([a-z_]+)")


class Statement:
    """SQL with ``:name`` parameters, for SQLite and PostgreSQL alike. ``%`` cannot appear in it."""

    __slots__ = ("_postgresql", "_sqlite")

    def __init__(self, text: str) -> None:
        self._sqlite = text
        self._postgresql = _NAME.sub(r"%(\1)s", text)

    def run(self, connection: Connection, **values: Any) -> None:
        """Execute what has no answer; on PostgreSQL it travels with the next statement."""
        post(connection, self._for(connection), values)

    def run_many(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Execute once per row."""
        cursor = connection.connection.cursor()
        if connection.dialect.name == "postgresql":
            execute_batch(cursor, self._postgresql, rows, page_size=200)
        else:
            cursor.executemany(self._sqlite, rows)

    def first(self, connection: Connection, **values: Any) -> dict[str, Any] | None:
        """Return the first row by column name, or None."""
        cursor = self._asked(connection, values)
        row = cursor.fetchone()
        return None if row is None else _named(cursor, row)

    def all(self, connection: Connection, **values: Any) -> list[dict[str, Any]]:
        """Return every row by column name."""
        cursor = self._asked(connection, values)
        return [_named(cursor, row) for row in cursor.fetchall()]

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Return every row by position."""
        found: list[tuple[Any, ...]] = self._asked(connection, values).fetchall()
        return found

    def _asked(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        cursor = connection.connection.cursor()
        cursor.execute(self._for(connection), values)
        return cursor

    def _for(self, connection: Connection) -> str:
        return self._postgresql if connection.dialect.name == "postgresql" else self._sqlite


def _named(cursor: Any, row: Sequence[Any]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
