"""Are two sets of rows the same? Count, digest regardless of order, names of what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

NAMED = 20
"""So many differing rows are named."""

_DIFFERENT = text(
    "SELECT s.partition, s.key FROM oversight_shadow s LEFT JOIN oversight_rows l "
    "ON l.view = s.view AND l.partition = s.partition AND l.key = s.key "
    "WHERE s.run = :run AND s.view = :view AND (l.document IS NULL OR l.document <> s.document) "
    "UNION ALL "
    "SELECT l.partition, l.key FROM oversight_rows l LEFT JOIN oversight_shadow s "
    "ON s.run = :run AND s.view = l.view AND s.partition = l.partition AND s.key = l.key "
    "WHERE l.view = :view AND s.document IS NULL LIMIT :limit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewReport:
    """The live rows of a view beside the rebuilt ones.

    ``different`` names (partition, key) of rows that were wrong, missing or too many, up to
    ``NAMED`` of them.
    """

    view: str
    rows_live: int
    rows_rebuilt: int
    digest_live: str
    digest_rebuilt: str
    equal: bool
    different: tuple[tuple[str, str], ...]


def compare(connection: Connection, view: str, run: str) -> ViewReport:
    """Compare the live rows of ``view`` with those that rebuild ``run`` made."""
    live, rebuilt = {"view": view}, {"view": view, "run": run}
    select = "SELECT partition, key, document FROM"
    rows_live, digest_live = _digest(
        connection, f"{select} oversight_rows WHERE view = :view", live
    )
    rows_rebuilt, digest_rebuilt = _digest(
        connection, f"{select} oversight_shadow WHERE run = :run AND view = :view", rebuilt
    )
    equal = (rows_live, digest_live) == (rows_rebuilt, digest_rebuilt)
    named = [] if equal else connection.execute(_DIFFERENT, {**rebuilt, "limit": NAMED}).all()
    return ViewReport(
        view=view,
        rows_live=rows_live,
        rows_rebuilt=rows_rebuilt,
        digest_live=digest_live,
        digest_rebuilt=digest_rebuilt,
        equal=equal,
        different=tuple((partition, key) for partition, key in named),
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


def _digest(connection: Connection, statement: str, values: dict[str, str]) -> tuple[int, str]:
    # Streamed: PostgreSQL's driver would otherwise hold the whole result in memory.
    streaming = text(statement).execution_options(stream_results=True)
    with connection.execute(streaming, values) as found:
        return digest((partition, key, document) for partition, key, document in found)
