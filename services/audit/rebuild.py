"""Rebuild the views from the copy of the log, from zero, while events keep coming in.

    1. Every partition's events are folded in memory, page by page in order, into shadow rows.
    2. The fence: the checkpoints are locked, so that ingest waits, and what came in meanwhile is
       folded too. Live and shadow rows now stand for the same events.
    3. They are compared view by view (count, digest, names of what differs), and a view that
       differs is swapped, in the same transaction.

Until that transaction commits nobody sees a change, and nothing is lost if the rebuild dies. Memory
holds one page of events and the rows of one partition, however long the log is.
"""

# ruff: noqa: S608 - statements are composed from this package's own table names; values are bound

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import Event, from_row
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.messaging.checkpoints import Place
from services.audit import sql
from services.audit.comparison import ViewReport, compare
from services.audit.folding import Folding, RowKey, Rows, apply
from services.audit.rows import ShadowRows
from services.audit.views import ALL
from services.audit.views.view import Row, View

PAGE = 2000
FLUSH_ROWS = 5000
_TYPE = EVENT_COLUMNS.index("type")
_SEQ = EVENT_COLUMNS.index("seq")


class CopyHasHole(Exception):
    """The copy of the log misses an event, so nothing can be rebuilt from it."""


class RebuildDisturbed(Exception):
    """Another rebuild began meanwhile and took the shadow rows away. Run it again."""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild read and found; ``events`` counts every event read, relevant or not."""

    events: int
    seconds: float
    views: tuple[ViewReport, ...]

    @property
    def equal(self) -> bool:
        """Tell whether the live rows were what the log says."""
        return all(view.equal for view in self.views)


def rebuild(database: Database, views: Sequence[View] = ALL) -> RebuildReport:
    """Rebuild ``views`` and return how the live rows compared.

    Raises:
        CopyHasHole: the copy of the log is damaged; nothing was changed.
        RebuildDisturbed: somebody else rebuilds at the same time; nothing was changed.
    """
    run = _Run(database, views)
    started = time.monotonic()
    run.clear(of_others=True)
    try:
        run.fold_all()
        reports = run.finish()
    finally:
        run.clear()
    return RebuildReport(run.events, time.monotonic() - started, reports)


class _Run:
    def __init__(self, database: Database, views: Sequence[View]) -> None:
        self.events = 0
        self._database = database
        self._mark = "?" if database.engine.dialect.name == "sqlite" else "%s"
        self._folding = Folding(views)
        self._shadow = ShadowRows(new_id())
        self._written = 0
        self._reached: dict[Place, int] = {}

    def clear(self, *, of_others: bool = False) -> None:
        """Remove the shadow rows of this run, or of all others (left by runs that died)."""
        matches = "<>" if of_others else "="
        with self._database.write() as connection:
            connection.exec_driver_sql(
                f"DELETE FROM oversight_shadow WHERE run {matches} {self._mark}",
                (self._shadow.run,),
            )

    def fold_all(self) -> None:
        """Fold every partition into shadow rows."""
        waiting: dict[RowKey, Row | None] = {}
        with self._database.read() as connection:
            places = self._places(connection)
        for place, head in places.items():
            waiting.update(self._fold(place, head))
            if len(waiting) >= FLUSH_ROWS:
                self._flush(waiting)
                waiting = {}
        self._flush(waiting)

    def finish(self) -> tuple[ViewReport, ...]:
        """Fold what came in meanwhile, compare and swap, with ingest waiting."""
        with self._database.write() as connection:
            if not sql.is_sqlite(connection):
                # Ingest locks its checkpoints before anything else, so it waits here, not midway.
                connection.exec_driver_sql("LOCK TABLE checkpoints IN EXCLUSIVE MODE")
            self._check_shadow(connection)
            for place, head in self._places(connection).items():
                at = self._reached.get(place, 0)
                for page in self._pages(connection, place, at, head):
                    self._shadow.fold(connection, self._folding.touches(page))
            return tuple(self._settle(connection, view.NAME) for view in self._folding.views)

    def _fold(self, place: Place, head: int) -> Rows:
        rows: Rows = {}
        with self._database.read() as connection:
            for page in self._pages(connection, place, 0, head):
                apply(rows, self._folding.touches(page))
        return {key: row for key, row in rows.items() if row is not None}

    def _pages(
        self, connection: Connection, place: Place, at: int, head: int
    ) -> Iterator[list[Event]]:
        """Yield the events of ``place`` that a view hears, page by page up to ``head``."""
        service = place[0]
        statement = (
            f"SELECT {', '.join(EVENT_COLUMNS)} FROM audit_events WHERE service = {self._mark} "
            f"AND partition = {self._mark} AND seq > {self._mark} ORDER BY seq LIMIT {PAGE}"
        )
        while at < head:
            cursor = connection.connection.cursor()
            cursor.execute(statement, (*place, at))
            found = [row for row in cursor.fetchall() if row[_SEQ] <= head]
            if not found or found[-1][_SEQ] != at + len(found):
                raise CopyHasHole(f"{service}/{place[1]}: an event after {at} is missing")
            at = self._reached[place] = found[-1][_SEQ]
            self.events += len(found)
            hears = self._folding.hears
            yield [from_row(service, row) for row in found if hears(service, row[_TYPE])]

    def _places(self, connection: Connection) -> dict[Place, int]:
        """Return how far the copy goes, for every place that a view hears."""
        found = connection.exec_driver_sql("SELECT service, partition, seq FROM checkpoints")
        return {
            (service, partition): seq
            for service, partition, seq in sorted(map(tuple, found))
            if self._folding.hears_service(service)
        }

    def _flush(self, rows: Rows) -> None:
        with self._database.write() as connection:
            self._written += self._shadow.write(connection, rows)

    def _check_shadow(self, connection: Connection) -> None:
        count = f"SELECT COUNT(*) FROM oversight_shadow WHERE run = {self._mark}"
        if connection.exec_driver_sql(count, (self._shadow.run,)).scalar() != self._written:
            raise RebuildDisturbed("another rebuild began meanwhile; run it again")

    def _settle(self, connection: Connection, view: str) -> ViewReport:
        report = compare(connection, view, self._shadow.run)
        if not report.equal:
            mark, names = self._mark, "view, partition, key, document"
            connection.exec_driver_sql(f"DELETE FROM oversight_rows WHERE view = {mark}", (view,))
            connection.exec_driver_sql(
                f"INSERT INTO oversight_rows ({names}) SELECT {names} FROM oversight_shadow "
                f"WHERE run = {mark} AND view = {mark}",
                (self._shadow.run, view),
            )
        return report
