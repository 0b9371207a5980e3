"""Are two generations of a view the same? Count, digest, and the names of what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

NAMED = 20
"""So many differing rows are named."""

_DIFFERENT = text(
    "SELECT n.partition, n.key, CASE WHEN o.document IS NULL THEN 'missing' ELSE 'wrong' END "
    "FROM view_rows n LEFT JOIN view_rows o ON o.view = n.view AND o.generation = :old "
    "AND o.partition = n.partition AND o.key = n.key "
    "WHERE n.view = :view AND n.generation = :new "
    "AND (o.document IS NULL OR o.document <> n.document) "
    "UNION ALL "
    "SELECT o.partition, o.key, 'too many' FROM view_rows o LEFT JOIN view_rows n "
    "ON n.view = o.view AND n.generation = :new AND n.partition = o.partition AND n.key = o.key "
    "WHERE o.view = :view AND o.generation = :old AND n.document IS NULL LIMIT :limit"
)
_ROWS = text(
    "SELECT partition, key, document FROM view_rows WHERE view = :view AND generation = :generation"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewReport:
    """The live rows of a view beside the rebuilt ones.

    ``different`` names up to ``NAMED`` rows as (partition, key, what the live one was): ``wrong``,
    ``missing`` or ``too many``.
    """

    view: str
    rows_live: int
    rows_rebuilt: int
    digest_live: str
    digest_rebuilt: str
    equal: bool
    different: tuple[tuple[str, str, str], ...]


def compare(connection: Connection, view: str, *, live: int, rebuilt: int) -> ViewReport:
    """Compare two generations of ``view``."""
    rows_live, digest_live = digest_of(connection, view, live)
    rows_rebuilt, digest_rebuilt = digest_of(connection, view, rebuilt)
    equal = (rows_live, digest_live) == (rows_rebuilt, digest_rebuilt)
    values = {"view": view, "old": live, "new": rebuilt, "limit": NAMED}
    named = [] if equal else connection.execute(_DIFFERENT, values).all()
    return ViewReport(
        view=view,
        rows_live=rows_live,
        rows_rebuilt=rows_rebuilt,
        digest_live=digest_live,
        digest_rebuilt=digest_rebuilt,
        equal=equal,
        different=tuple((partition, key, what) for partition, key, what in named),
    )


def digest(rows: Iterable[tuple[str, str, str]]) -> tuple[int, str]:
    """Return count and digest of (partition, key, document): the sum of the rows' SHA-256.

    A sum, so that the order of the rows does not matter and a row that is there twice does.
    """
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256("\0".join(row).encode()).digest())
    return count, f"{total % 2**256:064x}"


def digest_of(connection: Connection, view: str, generation: int) -> tuple[int, str]:
    """Return count and digest of one generation of ``view``."""
    # Streamed: PostgreSQL's driver would otherwise hold the whole result in memory.
    streaming = _ROWS.execution_options(stream_results=True)
    with connection.execute(streaming, {"view": view, "generation": generation}) as found:
        return digest((partition, key, document) for partition, key, document in found)
