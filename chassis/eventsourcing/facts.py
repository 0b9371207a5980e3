"""Facts of other services, kept as plain rows: one upsert per event, declared as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement


class FactTable:
    """A table that remembers the newest ``data`` fields of some event types by their key.

    ``columns`` are the key and the fields, named as in the event's ``data``; fields that an event
    does not carry keep their value.
    """

    def __init__(
        self, metadata: MetaData, name: str, *, key: Sequence[str], columns: Sequence[Column[Any]]
    ) -> None:
        self.table = Table(name, metadata, *columns)
        self._key = tuple(key)
        self._upserts: dict[tuple[str, ...], Statement] = {}
        matches = " AND ".join(f"{column} = :{column}" for column in self._key)
        self._select = Statement(
            f"SELECT {', '.join(self.table.c.keys())} FROM {name} WHERE {matches}"
        )

    def project(self, connection: Connection, event: Event) -> None:
        """Insert or update the row of ``event``."""
        self.put(connection, event["data"])

    def put(self, connection: Connection, data: Mapping[str, Any]) -> None:
        """Insert or update one row from a mapping that may carry more than the columns."""
        values = {column.name: data[column.name] for column in self.table.c if column.name in data}
        names = tuple(values)
        if names not in self._upserts:
            self._upserts[names] = self._upsert(names)
        self._upserts[names].run(connection, **values)

    def get(self, connection: Connection, *key: str) -> dict[str, Any] | None:
        """Return the row under ``key``, or None."""
        return self._select.first(connection, **dict(zip(self._key, key, strict=True)))

    def _upsert(self, names: tuple[str, ...]) -> Statement:
        fresh = [f"{name} = excluded.{name}" for name in names if name not in self._key]
        action = f"UPDATE SET {', '.join(fresh)}" if fresh else "NOTHING"
        return Statement(
            f"INSERT INTO {self.table.name} ({', '.join(names)}) "
            f"VALUES ({', '.join(f':{name}' for name in names)}) "
            f"ON CONFLICT ({', '.join(self._key)}) DO {action}"
        )
