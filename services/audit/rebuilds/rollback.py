"""Back to the generation before the last swap, brought up to date first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from chassis.eventsourcing.log import EventLog
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.checkpoints import Place
from services.audit import copied, generations
from services.audit.comparison import compare
from services.audit.folding import Failures, Folding
from services.audit.rebuilds import record
from services.audit.rebuilds.fence import NEAR, ROUNDS, fold_stored, lock, say_swapped
from services.audit.rebuilds.record import Rebuild
from services.audit.refold import FoldFails, align, parked_at
from services.audit.rows import StoredRows
from services.audit.views import named

_AT = text(
    "SELECT partition, seq FROM view_positions WHERE view = :view AND generation = :generation"
)


class NothingBefore(BusinessRuleViolation):
    """The views have no generation to go back to."""

    code = "rebuild.nothing-before"


def targets(connection: Connection, views: tuple[str, ...]) -> dict[str, int]:
    """Return ``{view: generation}`` to go back to.

    Raises:
        NothingBefore: a view has none.
    """
    before = generations.previous(connection)
    missing = [view for view in views if view not in before]
    if missing:
        raise NothingBefore(missing=missing)
    return {view: before[view] for view in views}


def roll_back(log: EventLog, rebuild: Rebuild, now: datetime) -> dict[str, Any]:
    """Make the generation before live again; return the report."""
    database = log.database
    with database.read() as connection:
        to = targets(connection, rebuild.views)
    reached: dict[tuple[str, Place], int] = {}
    events = 0
    for _ in range(ROUNDS):
        with database.read() as connection:
            behind = _behind(connection, to, reached)
        if sum(head - at for at, head in behind.values()) <= NEAR:
            break
        for (view, place), (at, head) in behind.items():
            while at < head:
                until = min(head, at + copied.PAGE)
                with database.write() as connection:
                    events += _advance(connection, view, to[view], place, at, until)
                at = reached[view, place] = until
    with database.write() as connection:
        lock(connection)
        now_live = generations.live(connection)
        for (view, place), (at, head) in _behind(connection, to, reached).items():
            events += _advance(connection, view, to[view], place, at, head)
        for view, generation in to.items():
            align(connection, named(view), generation, now_live[view])
        found = [
            compare(connection, view, live=now_live[view], rebuilt=generation)
            for view, generation in to.items()
        ]
        report = {
            "events": events,
            "equal": all(view.equal for view in found),
            "views": [asdict(view) for view in found],
            "failures": [],
        }
        record.report(connection, rebuild, report)
        generations.swap(connection, to)
        record.move(connection, rebuild, record.SWAPPED)
        record.stamp(connection, rebuild, "finished_at", now)
        say_swapped(log, connection, rebuild, report, now)
    log.announce()
    return report


def _behind(
    connection: Connection,
    to: Mapping[str, int],
    reached: Mapping[tuple[str, Place], int],
) -> dict[tuple[str, Place], tuple[int, int]]:
    heads = copied.places(connection)
    found = {}
    for view, generation in to.items():
        values = {"view": view, "generation": generation}
        at = {row.partition: row.seq for row in connection.execute(_AT, values)}
        for place, head in heads.items():
            stands = max(at.get(place[1], 0), reached.get((view, place), 0))
            if place[0] == named(view).SERVICE and stands < head:
                found[view, place] = (stands, head)
    return found


def _advance(
    connection: Connection, view: str, generation: int, place: Place, at: int, until: int
) -> int:
    alone = Folding([named(view)])
    stored = StoredRows({view: generation})
    without = parked_at(connection, place)
    count = 0
    for _, page in copied.events(connection, place, at, until, alone.hears):
        events = [event for event in page if event["seq"] not in without]
        failures = Failures()
        fold_stored(connection, stored, alone, events, failures)
        if failures.errors:
            raise FoldFails(
                view=view,
                service=place[0],
                partition=place[1],
                error=f"#{min(failures.errors)}",
            )
        count += len(events)
    return count
