"""How far a consumer got with each log: one row per (owner, partition), moved with the effects.

Beside the last ``seq`` stands a digest of what was accounted for: the sum of the events' leaf
hashes modulo 2^256, the same in whatever order and whatever pieces the events came. The owner can
compute it from its log, so two numbers tell whether a consumer saw exactly what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import DIGEST_MODULUS, Event, encode, leaf_hash
from chassis.round_trips import post

Place: TypeAlias = tuple[str, str]
"""(owning service, partition)."""

_PLACES_PER_STATEMENT = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a consumer stands in one log: the last ``seq``, and the digest up to there."""

    seq: int = 0
    digest: int = 0

    def after(self, events: Iterable[Event]) -> Mark:
        """Return the mark once ``events``, which follow on, are accounted for."""
        seq, digest = self.seq, self.digest
        for event in events:
            seq = event["seq"]
            digest += int.from_bytes(leaf_hash(encode(event)))
        return Mark(seq, digest % DIGEST_MODULUS)


class Checkpoints:
    """The mark of every place; ``Mark()`` where nothing was applied."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sqlite = database.engine.dialect.name == "sqlite"
        self._mark = "?" if self._sqlite else "%s"

    def at(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the committed ``seq`` of ``places``."""
        wanted = list(places)
        with self._database.read() as connection:
            found = self._select(connection, wanted)
        return {place: found.get(place, Mark()).seq for place in wanted}

    def all(self) -> list[dict[str, Any]]:
        """Return every stored checkpoint as plain data."""
        with self._database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT service, partition, seq, since, digest FROM checkpoints "
                "ORDER BY service, partition"
            )
            return [dict(row) for row in rows.mappings()]

    def claim(self, connection: Connection, places: Iterable[Place]) -> dict[Place, Mark]:
        """Return them locked until the commit, so that no two processes apply the same event."""
        wanted = sorted(places)
        if self._sqlite:  # the writing transaction is the only one anyway
            return dict.fromkeys(wanted, Mark()) | self._select(connection, wanted)
        lock = " ORDER BY service, partition FOR UPDATE"
        found = self._select(connection, wanted, lock)
        missing = [place for place in wanted if place not in found]
        if missing:
            self._insert(connection, dict.fromkeys(missing, Mark()), "DO NOTHING")
            found |= self._select(connection, missing, lock)
        return found

    def advance(self, connection: Connection, marks: Mapping[Place, Mark]) -> None:
        """Move the checkpoints to ``marks``."""
        self._insert(
            connection,
            marks,
            "(service, partition) DO UPDATE SET seq = excluded.seq, digest = excluded.digest",
        )

    def _insert(self, connection: Connection, marks: Mapping[Place, Mark], conflict: str) -> None:
        rows = [(*place, mark.seq, f"{mark.digest:064x}") for place, mark in marks.items()]
        row = f"({', '.join([self._mark] * 4)})"
        for start in range(0, len(rows), _PLACES_PER_STATEMENT):
            chunk = rows[start : start + _PLACES_PER_STATEMENT]
            post(
                connection,
                "INSERT INTO checkpoints (service, partition, seq, digest) "
                f"VALUES {', '.join([row] * len(chunk))} ON CONFLICT {conflict}",
                tuple(value for values in chunk for value in values),
            )

    def _select(
        self, connection: Connection, places: list[Place], suffix: str = ""
    ) -> dict[Place, Mark]:
        found: dict[Place, Mark] = {}
        row = f"({self._mark}, {self._mark})"
        for start in range(0, len(places), _PLACES_PER_STATEMENT):
            chunk = places[start : start + _PLACES_PER_STATEMENT]
            rows = connection.exec_driver_sql(
                "SELECT service, partition, seq, digest FROM checkpoints "
                "WHERE (service, partition) IN "
                f"(VALUES {', '.join([row] * len(chunk))}){suffix}",
                tuple(part for place in chunk for part in place),
            )
            for service, partition, seq, digest in rows:
                found[service, partition] = Mark(seq, int(digest, 16))
        return found
