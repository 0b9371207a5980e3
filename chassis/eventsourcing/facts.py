"""Facts of other services, kept as plain rows: one upsert per event, declared as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, MetaData, RowMapping, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.eventsourcing.envelope import Event


class FactTable:
    """A table that remembers the newest ``data`` fields of some event types by their key.

    ``columns`` are the key and the fields, named as in the event's ``data``; fields that an event
    does not carry keep their value.
    """

    def __init__(
        self, metadata: MetaData, name: str, *, key: Sequence[str], columns: Sequence[Column]
    ) -> None:
        self.table = Table(name, metadata, *columns)
        self._key = tuple(key)

    def project(self, connection: Connection, event: Event) -> None:
        """Insert or update the row of ``event``."""
        self.put(connection, event["data"])

    def put(self, connection: Connection, data: Mapping[str, Any]) -> None:
        """Insert or update one row from a mapping that may carry more than the columns."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        values = {column.name: data[column.name] for column in self.table.c if column.name in data}
        fresh = {name: value for name, value in values.items() if name not in self._key}
        insert = dialect.insert(self.table).values(values)
        connection.execute(
            insert.on_conflict_do_update(index_elements=self._key, set_=fresh)
            if fresh
            else insert.on_conflict_do_nothing()
        )

    def get(self, connection: Connection, *key: str) -> RowMapping | None:
        """Return the row under ``key``, or None."""
        matches = [self.table.c[name] == value for name, value in zip(self._key, key, strict=True)]
        return connection.execute(select(self.table).where(*matches)).mappings().first()
