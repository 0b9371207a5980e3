"""How far a consumer got with each log: one row per (owner, partition), moved with the effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.database import Database

Place: TypeAlias = tuple[str, str]
"""(owning service, partition)."""

_PLACES_PER_STATEMENT = 400


class Checkpoints:
    """The last ``seq`` applied of every place, 0 where nothing was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sqlite = database.engine.dialect.name == "sqlite"
        self._mark = "?" if self._sqlite else "%s"

    def at(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the committed checkpoints of ``places``."""
        wanted = list(places)
        with self._database.read() as connection:
            return dict.fromkeys(wanted, 0) | self._select(connection, wanted)

    def claim(self, connection: Connection, places: Iterable[Place]) -> dict[Place, int]:
        """Return them locked until the commit, so that no two processes apply the same event."""
        wanted = sorted(places)
        if self._sqlite:  # the writing transaction is the only one anyway
            return dict.fromkeys(wanted, 0) | self._select(connection, wanted)
        lock = " ORDER BY service, partition FOR UPDATE"
        found = self._select(connection, wanted, lock)
        missing = [place for place in wanted if place not in found]
        if missing:
            self._insert(connection, dict.fromkeys(missing, 0), "NOTHING")
            found |= self._select(connection, missing, lock)
        return found

    def advance(self, connection: Connection, positions: Mapping[Place, int]) -> None:
        """Move the checkpoints to ``positions``."""
        self._insert(
            connection, positions, "UPDATE SET seq = excluded.seq", on="(service, partition)"
        )

    def _insert(
        self, connection: Connection, positions: Mapping[Place, int], action: str, on: str = ""
    ) -> None:
        rows = [(*place, seq) for place, seq in positions.items()]
        row = f"({self._mark}, {self._mark}, {self._mark})"
        for start in range(0, len(rows), _PLACES_PER_STATEMENT):
            chunk = rows[start : start + _PLACES_PER_STATEMENT]
            connection.exec_driver_sql(
                "INSERT INTO checkpoints (service, partition, seq) "
                f"VALUES {', '.join([row] * len(chunk))} "
                f"ON CONFLICT {on} DO {action}",
                tuple(value for values in chunk for value in values),
            )

    def _select(
        self, connection: Connection, places: list[Place], suffix: str = ""
    ) -> dict[Place, int]:
        found: dict[Place, int] = {}
        row = f"({self._mark}, {self._mark})"
        for start in range(0, len(places), _PLACES_PER_STATEMENT):
            chunk = places[start : start + _PLACES_PER_STATEMENT]
            rows = connection.exec_driver_sql(
                "SELECT service, partition, seq FROM checkpoints WHERE (service, partition) IN "
                f"(VALUES {', '.join([row] * len(chunk))}){suffix}",
                tuple(part for place in chunk for part in place),
            )
            found.update({(service, partition): seq for service, partition, seq in rows})
        return found
