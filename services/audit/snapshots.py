"""Rows of the past, kept every so many events, so that an as-of answer starts near its end."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection, text

from chassis.eventsourcing.database import Database
from chassis.messaging.checkpoints import Place
from services.audit import copied, generations, sql
from services.audit.folding import Failures, Folding, Rows, fold, living
from services.audit.refold import parked_at
from services.audit.rows import decode, text_of
from services.audit.views import ALL

EVERY = 20_000
"""Events of one service and school between two snapshots."""

COLUMNS = ("view", "generation", "partition", "seq", "rows")

_NEWEST = text(
    "SELECT s.seq, s.rows FROM view_snapshots s JOIN view_generations g "
    "ON g.view = s.view AND g.live = s.generation "
    "WHERE s.view = :view AND s.partition = :partition AND s.seq <= :upto "
    "ORDER BY s.seq DESC LIMIT 1"
)
_LAST = text(
    "SELECT s.view, s.partition, MAX(s.seq) AS seq FROM view_snapshots s JOIN view_generations g "
    "ON g.view = s.view AND g.live = s.generation GROUP BY s.view, s.partition"
)


def store(
    connection: Connection,
    generation: int,
    views: Iterable[str],
    partition: str,
    seq: int,
    rows: Rows,
) -> None:
    """Keep one school's ``rows`` of ``views`` as they are after event ``seq``."""
    by_view: dict[str, list[tuple[str, str]]] = {view: [] for view in views}
    for (view, _, key), row in living(rows):
        by_view[view].append((key, text_of(row)))
    shots = [
        (view, generation, partition, seq, zlib.compress(msgspec.json.encode(kept), 1))
        for view, kept in by_view.items()
    ]
    sql.upsert(connection, "view_snapshots", COLUMNS, shots, key=4)


def newest(connection: Connection, view: str, partition: str, upto: int) -> tuple[int, Rows]:
    """Return the newest snapshot not after ``upto``: its ``seq`` and rows; 0 and none at worst."""
    values = {"view": view, "partition": partition, "upto": upto}
    found = connection.execute(_NEWEST, values).first()
    if found is None:
        return 0, {}
    kept = msgspec.json.decode(zlib.decompress(bytes(found.rows)))
    return found.seq, {(view, partition, key): decode(row) for key, row in kept}


def upto(
    connection: Connection, folding: Folding, place: Place, last: int, without: set[int]
) -> Rows:
    """Return the rows of one service's views in one school as they were after event ``last``."""
    rows: Rows = {}
    for view in folding.of_service(place[0]).views:
        alone = Folding([view])
        start, kept = newest(connection, view.NAME, place[1], last)
        for _, page in copied.events(connection, place, start, last, alone.hears):
            heard = [event for event in page if event["seq"] not in without]
            fold(alone, kept, heard, Failures(), forget=True)
        rows.update(kept)
    return rows


def extend(database: Database, views: Folding | None = None) -> int:
    """Keep what is due since the last snapshot of every school; return how many were made.

    One transaction a snapshot. A fold as of an event that is done gives the same rows for ever.
    """
    folding = views or Folding(ALL)
    with database.read() as connection:
        heads = copied.places(connection)
        last = {(row.view, row.partition): row.seq for row in connection.execute(_LAST)}
        live = generations.live(connection)
    made = 0
    for place, head in heads.items():
        for view in folding.of_service(place[0]).views:
            due = last.get((view.NAME, place[1]), 0) + EVERY
            while due <= head:
                _shoot(database, Folding([view]), place, due, live)
                made, due = made + 1, due + EVERY
    return made


def _shoot(
    database: Database, alone: Folding, place: Place, seq: int, live: Mapping[str, int]
) -> None:
    (view,) = alone.views
    with database.read() as connection:
        rows = upto(connection, alone, place, seq, parked_at(connection, place))
    with database.write() as connection:
        if generations.live(connection)[view.NAME] == live[view.NAME]:
            store(connection, live[view.NAME], [view.NAME], place[1], seq, rows)
