"""The stored rows of the views: read the touched ones, write them back, keep what they stand for.

Rows belong to a generation of their view. Readers see the live one; a rebuild makes another beside
it. ``view_positions`` says, per view and school, which events the rows stand for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event, encode, leaf_hash
from chassis.messaging.checkpoints import Mark
from services.audit import sql
from services.audit.folding import Folding, RowKey, Rows, apply
from services.audit.views.view import Row

COLUMNS = ("view", "generation", "partition", "key", "document")
POSITION = ("view", "generation", "partition", "seq", "count", "digest")

Stand: TypeAlias = tuple[int, Mark]
"""How many events a view heard in a partition, and the mark of them."""

_decode = msgspec.json.Decoder().decode
# Sorted, so that equal rows are equal text, whatever way their fields came together.
_encode = msgspec.json.Encoder(order="sorted").encode


def text_of(row: Row) -> str:
    """Return the one text of a row."""
    return _encode(row).decode()


def decode(document: str) -> Row:
    """Return the row of a stored text."""
    row: Row = _decode(document)
    return row


class StoredRows:
    """Rows of a choice of views, each in one generation: ``{view: generation}``."""

    def __init__(self, generations: Mapping[str, int]) -> None:
        self.generations = generations

    def fold(self, connection: Connection, folding: Folding, events: Collection[Event]) -> None:
        """Fold ``events`` of any places into the rows, and move the positions."""
        touches = folding.touches(events)
        rows = self.load(connection, {row_key for row_key, _, _ in touches})
        stored = set(rows)
        apply(rows, touches)
        self.write(connection, rows)
        self.remove(connection, (key for key in stored if rows[key] is None))
        self.advance(connection, heard(folding, events))

    def load(self, connection: Connection, keys: Iterable[RowKey]) -> Rows:
        """Return the rows under ``keys``, as far as there are any."""
        wanted = map(self._stored_key, keys)
        found = sql.select_by_key(connection, "view_rows", COLUMNS, wanted, key=4)
        return {(row[0], row[2], row[3]): decode(row[4]) for row in found}

    def write(self, connection: Connection, rows: Rows) -> None:
        """Write the rows that there are."""
        fresh = [(*self._stored_key(k), text_of(row)) for k, row in rows.items() if row is not None]
        if fresh:
            sql.upsert(connection, "view_rows", COLUMNS, fresh, key=4)

    def remove(self, connection: Connection, keys: Iterable[RowKey]) -> None:
        """Delete the rows under ``keys``."""
        gone = [self._stored_key(key) for key in keys]
        if gone:
            sql.delete_by_key(connection, "view_rows", COLUMNS[:-1], gone)

    def clear(self, connection: Connection, partition: str, views: Iterable[str]) -> None:
        """Delete one school's rows and positions of ``views``."""
        for view in views:
            values = {"view": view, "generation": self.generations[view], "partition": partition}
            sql.delete_where(connection, "view_rows", values)
            sql.delete_where(connection, "view_positions", values)

    def replace(
        self,
        connection: Connection,
        partition: str,
        views: Iterable[str],
        rows: Rows,
        stands: Mapping[tuple[str, str], Stand],
    ) -> None:
        """Write one school's rows of ``views`` in place of whatever there is."""
        self.clear(connection, partition, views)
        fresh = [(*self._stored_key(k), text_of(row)) for k, row in rows.items() if row is not None]
        if fresh:
            sql.append(connection, "view_rows", COLUMNS, fresh)
        self.set_positions(connection, stands)

    def set_positions(
        self, connection: Connection, stands: Mapping[tuple[str, str], Stand]
    ) -> None:
        """Store what the rows of (view, partition) stand for."""
        rows = [
            (view, self.generations[view], partition, mark.seq, count, f"{mark.digest:064x}")
            for (view, partition), (count, mark) in stands.items()
        ]
        if rows:
            sql.upsert(connection, "view_positions", POSITION, rows, key=3)

    def advance(self, connection: Connection, news: Mapping[tuple[str, str], list[Event]]) -> None:
        """Move the positions over ``news``, the events that each (view, partition) heard."""
        if not news:
            return
        keys = [(view, self.generations[view], partition) for view, partition in news]
        found = sql.select_by_key(connection, "view_positions", POSITION, keys, key=3)
        stands = {(r[0], r[2]): (r[4], Mark(r[3], int(r[5], 16))) for r in found}
        self.set_positions(connection, after(stands, news))

    def _stored_key(self, key: RowKey) -> tuple[Any, ...]:
        view, partition, name = key
        return (view, self.generations[view], partition, name)


def heard(folding: Folding, events: Iterable[Event]) -> dict[tuple[str, str], list[Event]]:
    """Return the events that each view hears, by (view, partition), in their order."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        for view in folding.listeners(event):
            found.setdefault((view.NAME, event["partition"]), []).append(event)
    return found


def after(
    stands: Mapping[tuple[str, str], Stand], news: Mapping[tuple[str, str], list[Event]]
) -> dict[tuple[str, str], Stand]:
    """Return what rows stand for once ``news`` are folded in."""
    leaves: dict[int, int] = {}
    moved = {}
    for place, events in news.items():
        count, mark = stands.get(place, (0, Mark()))
        digest = mark.digest
        for event in events:
            leaf = leaves.get(id(event))
            if leaf is None:
                leaf = leaves[id(event)] = int.from_bytes(leaf_hash(encode(event)))
            digest += leaf
        moved[place] = (count + len(events), Mark(events[-1]["seq"], digest % 2**256))
    return moved
