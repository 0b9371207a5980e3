"""Where reports get their rows: the live generation, or a fold of the log up to an instant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, Connection, bindparam, text

from services.audit.folding import Rows, living
from services.audit.generations import LIVE_ROWS
from services.audit.rows import decode
from services.audit.views.view import Row

_PARTITIONS: BindParameter[list[str]] = bindparam("partitions", expanding=True)
_WHERE = "WHERE r.view = :view AND r.partition IN :partitions"

_ROWS = text(
    f"SELECT r.partition, r.document FROM {LIVE_ROWS} {_WHERE} ORDER BY r.partition, r.key"
).bindparams(_PARTITIONS)
_ONE = text(
    f"SELECT r.partition, r.document FROM {LIVE_ROWS} {_WHERE} AND r.key = :key"
).bindparams(_PARTITIONS)
_COUNTS = text(
    f"SELECT r.partition, substr(r.key, 1, 10), COUNT(*) FROM {LIVE_ROWS} {_WHERE} "
    "GROUP BY r.partition, substr(r.key, 1, 10)"
).bindparams(_PARTITIONS)
_NEWEST = text(
    f"SELECT r.partition, r.document FROM {LIVE_ROWS} {_WHERE} ORDER BY r.key DESC LIMIT :limit"
).bindparams(_PARTITIONS)


class Live:
    """The live generation of every view."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, view: str, partitions: Sequence[str]) -> Mapping[str, list[Row]]:
        values = {"view": view, "partitions": list(partitions)}
        return _grouped(self._connection.execute(_ROWS, values))

    def one(self, view: str, key: str, partitions: Sequence[str]) -> Mapping[str, Row]:
        values = {"view": view, "key": key, "partitions": list(partitions)}
        return {row[0]: decode(row[1]) for row in self._connection.execute(_ONE, values)}

    def counts(self, view: str, partitions: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        values = {"view": view, "partitions": list(partitions)}
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for partition, day, count in self._connection.execute(_COUNTS, values):
            found[partition][day] = count
        return found

    def newest(self, view: str, partitions: Sequence[str], limit: int) -> Mapping[str, list[Row]]:
        values = {"view": view, "partitions": list(partitions), "limit": limit}
        return _grouped(self._connection.execute(_NEWEST, values))


class Folded:
    """Rows that were folded for this one answer."""

    def __init__(self, rows: Rows) -> None:
        self._rows = sorted(living(rows))

    def rows(self, view: str, partitions: Sequence[str]) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for (named, partition, _), row in self._rows:
            if named == view and partition in partitions:
                found[partition].append(row)
        return found

    def one(self, view: str, key: str, partitions: Sequence[str]) -> Mapping[str, Row]:
        return {
            partition: row
            for (named, partition, name), row in self._rows
            if (named, name) == (view, key) and partition in partitions
        }

    def counts(self, view: str, partitions: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for (named, partition, key), _ in self._rows:
            if named == view and partition in partitions:
                found[partition][key[:10]] += 1
        return found

    def newest(self, view: str, partitions: Sequence[str], limit: int) -> Mapping[str, list[Row]]:
        chosen = [
            (key, partition, row)
            for (named, partition, key), row in self._rows
            if named == view and partition in partitions
        ]
        found: dict[str, list[Row]] = defaultdict(list)
        for _, partition, row in sorted(chosen, key=lambda each: each[0], reverse=True)[:limit]:
            found[partition].append(row)
        return found


def _grouped(found: object) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for partition, document in found:  # type: ignore[attr-defined]
        grouped[partition].append(decode(document))
    return grouped
