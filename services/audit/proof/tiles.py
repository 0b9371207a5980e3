"""The leaves of a log's tree, stored in tiles; the last one grows until it is full.

What is in a tile is sealed: whoever changes the event later is found out, and where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import encode_row, leaf_hash
from chassis.messaging.checkpoints import Place
from services.audit import copied, sql
from services.audit.proof.merkle import TILE, ListedLeaves, root

COLUMNS = ("service", "partition", "tile", "leaves", "root")
AT_ONCE = 64
"""Tiles made in one transaction."""

HASH = hashlib.sha256().digest_size
_FULL = f"LENGTH(leaves) = {TILE * HASH}"

_ROOTS = text(
    "SELECT tile, root FROM tree_tiles "
    f"WHERE service = :service AND partition = :partition AND {_FULL} ORDER BY tile"
)
_TILE = text(
    "SELECT leaves FROM tree_tiles "
    "WHERE service = :service AND partition = :partition AND tile = :tile"
)
_COUNT = text(
    "SELECT COUNT(*) FROM tree_tiles "
    f"WHERE service = :service AND partition = :partition AND {_FULL}"
)


def leaves_of(service: str, rows: Sequence[Sequence[Any]]) -> list[bytes]:
    """Return the leaf hashes of stored rows."""
    return [leaf_hash(encode_row(service, row)) for row in rows]


def extend(database: Database, place: Place, head: int) -> int:
    """Seal the events up to ``head`` that are not sealed yet; return how many tiles were written.

    Raises:
        CopyHasHole: the copy misses an event.
    """
    made = 0
    while True:
        with database.write() as connection:
            fresh = seal(connection, place, head, at_once=AT_ONCE)
        made += fresh
        if fresh < AT_ONCE:
            return made


def seal(connection: Connection, place: Place, head: int, *, at_once: int | None = None) -> int:
    """Do what ``extend`` does in one transaction, at most ``at_once`` tiles."""
    have = int(connection.execute(_COUNT, _values(place)).scalar() or 0)
    until = -(-head // TILE) if at_once is None else min(-(-head // TILE), have + at_once)
    fresh = [_tile(connection, place, number, head) for number in range(have, until)]
    if fresh:
        sql.upsert(connection, "tree_tiles", COLUMNS, fresh, key=3)
    return len(fresh)


class CopiedLeaves:
    """The leaves of the tree over the copy of one log."""

    def __init__(self, connection: Connection, place: Place) -> None:
        self._connection = connection
        self._place = place
        found = connection.execute(_ROOTS, _values(place))
        self._roots = {row.tile: bytes(row.root) for row in found}
        self._read = lru_cache(maxsize=8)(self._leaves)

    def tile(self, number: int) -> bytes | None:
        return self._roots.get(number)

    def leaf(self, index: int) -> bytes:
        return self._read(index // TILE)[index % TILE]

    def _leaves(self, number: int) -> list[bytes]:
        if number in self._roots:
            values = {**_values(self._place), "tile": number}
            return unpacked(self._connection.execute(_TILE, values).scalar_one())
        start = number * TILE
        head = copied.places(self._connection)[self._place]
        pages = copied.rows(self._connection, self._place, start, min(head, start + TILE))
        return [leaf for page in pages for leaf in leaves_of(self._place[0], page)]


def sealed_in(connection: Connection, place: Place, tile: int) -> int:
    """Return how many leaves a stored tile has."""
    values = {**_values(place), "tile": tile}
    return len(unpacked(connection.execute(_TILE, values).scalar_one()))


def unpacked(leaves: Any) -> list[bytes]:
    """Return the hashes in a stored tile."""
    packed = bytes(leaves)
    return [packed[at : at + HASH] for at in range(0, len(packed), HASH)]


def _tile(connection: Connection, place: Place, number: int, head: int) -> tuple[Any, ...]:
    start = number * TILE
    (page,) = copied.rows(connection, place, start, min(head, start + TILE))
    leaves = leaves_of(place[0], page)
    return (*place, number, b"".join(leaves), root(ListedLeaves(leaves), len(leaves)))


def _values(place: Place) -> dict[str, str]:
    return {"service": place[0], "partition": place[1]}
