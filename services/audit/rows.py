"""The stored rows of the views: read the touched ones, write them back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Connection

from services.audit import sql
from services.audit.folding import RowKey, Rows, Touch, apply
from services.audit.views.view import Row

COLUMNS = ("view", "partition", "key", "document")

_decode = msgspec.json.Decoder().decode
# Sorted, so that equal rows are equal text, whatever way their fields came together.
_encode = msgspec.json.Encoder(order="sorted").encode


def encode(row: Row) -> str:
    """Return the one text of a row."""
    return _encode(row).decode()


def decode(document: str) -> Row:
    """Return the row of a stored text."""
    row: Row = _decode(document)
    return row


class LiveRows:
    """The rows that queries read."""

    table = "oversight_rows"
    columns: tuple[str, ...] = COLUMNS

    def fold(self, connection: Connection, touches: list[Touch]) -> None:
        """Read the rows that ``touches`` name, fold, and write what became of them."""
        keys = {row_key for row_key, _, _ in touches}
        rows = self._load(connection, keys)
        stored = set(rows)
        apply(rows, touches)
        self.write(connection, rows)
        gone = [self._stored_key(key) for key in stored if rows[key] is None]
        if gone:
            sql.delete_by_key(connection, self.table, self.columns[:-1], gone)

    def write(self, connection: Connection, rows: Rows) -> int:
        """Write the rows that there are; return how many."""
        fresh = [
            (*self._stored_key(key), encode(row)) for key, row in rows.items() if row is not None
        ]
        if fresh:
            sql.upsert(connection, self.table, self.columns, fresh, key=len(self.columns) - 1)
        return len(fresh)

    def _load(self, connection: Connection, keys: Collection[RowKey]) -> Rows:
        found = sql.select_by_key(
            connection,
            self.table,
            self.columns,
            map(self._stored_key, keys),
            key=len(self.columns) - 1,
        )
        return {(row[-4], row[-3], row[-2]): decode(row[-1]) for row in found}

    def _stored_key(self, key: RowKey) -> tuple[Any, ...]:
        return key


class ShadowRows(LiveRows):
    """The rows of one rebuild, beside the live ones."""

    table = "oversight_shadow"
    columns = ("run", *COLUMNS)

    def __init__(self, run: str) -> None:
        self.run = run

    def _stored_key(self, key: RowKey) -> tuple[Any, ...]:
        return (self.run, *key)
