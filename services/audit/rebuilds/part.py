"""Fold one part of a rebuild, the log of one service and school, from its first event.

In memory are one page of events and the part's rows; should the rows become too many they go into
the table, and are read from there as they are touched. So memory does not grow with the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import Event
from chassis.messaging.checkpoints import Place
from services.audit import copied, snapshots
from services.audit.folding import Failures, Folding, RowKey, Rows, fold
from services.audit.rebuilds import record
from services.audit.rebuilds.record import Part, Rebuild
from services.audit.refold import parked_at
from services.audit.rows import Stand, StoredRows, after, heard
from services.audit.views import ALL, named

SPILL_ROWS = 20_000
"""Rows of one part kept in memory; more of them go into the table."""
TELL_EVENTS = 10_000
"""After so many events the part says how far it is, and looks whether it should stop."""


class Stopped(Exception):
    """The rebuild was paused or cancelled; the part is folded again when it goes on."""


def of(rebuild: Rebuild) -> Folding:
    """Return the folding of the views that are rebuilt."""
    return Folding(named(view) for view in rebuild.views)


def fold_part(database: Database, rebuild: Rebuild, place: Place, head: int) -> Part:
    """Fold ``place`` up to ``head``, write its rows and note that it is done; all or nothing.

    Raises:
        Stopped: somebody paused or cancelled the rebuild.
        CopyHasHole: the copy of the log is damaged.
    """
    run = _Run(database, rebuild, place, head)
    with database.write() as connection:  # what a killed attempt may have left
        run.stored.clear(connection, place[1], run.views)
        run.without = set() if rebuilds_all(rebuild) else parked_at(connection, place)
    with database.read() as connection:
        for seq, page in copied.events(connection, place, 0, head, run.folding.hears):
            run.take(seq, page)
    return run.finish()


def rebuilds_all(rebuild: Rebuild) -> bool:
    """Tell whether every view is rebuilt: then parked events are folded too, and settled."""
    return set(rebuild.views) == {view.NAME for view in ALL}


class _Run:
    def __init__(self, database: Database, rebuild: Rebuild, place: Place, head: int) -> None:
        self.folding = of(rebuild).of_service(place[0])
        self.views = [view.NAME for view in self.folding.views]
        self.stored = StoredRows(dict.fromkeys(self.views, rebuild.generation))
        self.without: set[int] = set()
        self._database = database
        self._rebuild = rebuild
        self._place = place
        self._head = head
        self._rows: Rows = {}
        self._stands: dict[tuple[str, str], Stand] = {}
        self._failures = Failures()
        self._spilled = False
        self._told = self._shot = 0

    def take(self, seq: int, page: list[Event]) -> None:
        page = [event for event in page if event["seq"] not in self.without]
        if self._spilled:
            self._fetch(page)
        taken = fold(self.folding, self._rows, page, self._failures, forget=not self._spilled)
        self._stands |= after(self._stands, heard(self.folding, taken))
        if len(self._rows) > SPILL_ROWS:
            self._spill()
        if seq - self._shot >= snapshots.EVERY and not self._spilled:
            self._shoot(seq)
        if seq - self._told >= TELL_EVENTS:
            self._tell(seq)

    def finish(self) -> Part:
        part = Part(self._place, self._head, self._head, True, failures_of(self._failures))
        with self._database.write() as connection:
            if self._spilled:
                self._write(connection)
                self.stored.set_positions(connection, self._stands)
            else:
                self.stored.replace(
                    connection, self._place[1], self.views, self._rows, self._stands
                )
            record.save_part(connection, self._rebuild, part)
        return part

    def _spill(self) -> None:
        with self._database.write() as connection:
            self._write(connection)
        self._rows.clear()
        self._spilled = True

    def _write(self, connection: Connection) -> None:
        self.stored.write(connection, self._rows)
        self.stored.remove(connection, (key for key, row in self._rows.items() if row is None))

    def _fetch(self, page: list[Event]) -> None:
        missing = {key for key in keys(self.folding, page) if key not in self._rows}
        with self._database.read() as connection:
            self._rows.update(self.stored.load(connection, missing))

    def _shoot(self, seq: int) -> None:
        with self._database.write() as connection:
            snapshots.store(
                connection, self._rebuild.generation, self.views, self._place[1], seq, self._rows
            )
        self._shot = seq

    def _tell(self, seq: int) -> None:
        with self._database.write() as connection:
            if record.state_of(connection, self._rebuild.rebuild_id) != record.RUNNING:
                raise Stopped(self._rebuild.rebuild_id)
            record.save_part(
                connection, self._rebuild, Part(self._place, self._head, seq, False, {})
            )
        self._told = seq


def failures_of(failures: Failures) -> dict[int, tuple[str, str | None]]:
    """Return failures as a part keeps them."""
    return {seq: (failures.stream_of[seq], error) for seq, error in failures.errors.items()}


def keys(folding: Folding, page: Iterable[Event]) -> Iterable[RowKey]:
    """Yield the keys of the rows that the events of a page touch, as far as they can be told."""
    for event in page:
        try:
            touched = folding.touches((event,))
        except Exception:  # noqa: S112 - the fold itself will fail on it and say so
            continue
        yield from (row_key for row_key, _, _ in touched)
