"""The end of a rebuild: fold what came in meanwhile, compare, and make the new rows live.

First in rounds, a page a transaction, while ingest goes on. Then the fence: every checkpoint is
locked, so that ingest waits for a moment; the last events are folded, the generations compared, the
pointers moved, all in one transaction. Readers never wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.database import Database
from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import joined
from chassis.kernel.call import Call, Principal
from chassis.messaging import parking
from chassis.messaging.checkpoints import Place
from contracts.audit.rebuilds import ViewsSwapped
from services.audit import copied, generations, sql
from services.audit.comparison import ViewReport, compare
from services.audit.folding import Failures, Folding, fold
from services.audit.own_log import PLATFORM
from services.audit.rebuilds import part as parts_of
from services.audit.rebuilds import record
from services.audit.rebuilds.record import Part, Rebuild
from services.audit.refold import align, parked_at
from services.audit.rows import StoredRows, heard

NEAR = 2_000
"""So few events may be left for the fence."""
ROUNDS = 50


def lock(connection: Connection) -> None:
    """Let ingest wait until this transaction ends."""
    if not sql.is_sqlite(connection):
        # Ingest locks its checkpoints before anything else, so it waits here, not midway.
        connection.exec_driver_sql("LOCK TABLE checkpoints IN EXCLUSIVE MODE")


def catch_up(database: Database, rebuild: Rebuild) -> int:
    """Fold what came in since the parts were done, until little is left; return how many."""
    folded = 0
    for _ in range(ROUNDS):
        with database.read() as connection:
            behind = _behind(connection, rebuild)
        left = sum(head - part.seq for part, head in behind)
        if left <= NEAR:
            break
        for part, head in behind:
            while part.seq < head:
                with database.write() as connection:
                    until = min(head, part.seq + copied.PAGE)
                    part = _advance(connection, rebuild, part, until)
            folded += head - part.seq
    return folded


def finish(log: EventLog, rebuild: Rebuild, now: datetime) -> dict[str, Any]:
    """Go through the fence; return the report.

    The new generation is live then if that was asked for, and either it leaves out no event that
    the live one shows or a person has said that it may.
    """
    with log.database.write() as connection:
        lock(connection)
        for part, head in _behind(connection, rebuild):
            _advance(connection, rebuild, part, head)
        live = generations.live(connection)
        parts = record.parts(connection, rebuild)
        if not parts_of.rebuilds_all(rebuild):
            failing = {part.place[1] for part in parts if part.failures}
            for view in parts_of.of(rebuild).views:
                align(connection, view, rebuild.generation, live[view.NAME], but=failing)
        found = [
            compare(connection, view, live=live[view], rebuilt=rebuild.generation)
            for view in rebuild.views
        ]
        report = _report(found, parts)
        record.report(connection, rebuild, report)
        swap = rebuild.swap == record.SWAP_ANYWAY or (
            rebuild.swap == record.SWAP_IF_CLEAN and not _fresh_failures(connection, parts)
        )
        if swap:
            _settle_parked(connection, rebuild, parts, now)
            _swap(log, connection, rebuild, report, now)
        else:
            record.move(connection, rebuild, record.READY, of=(record.RUNNING,))
    if swap:
        log.announce()
    return report


def _fresh_failures(connection: Connection, parts: Sequence[Part]) -> bool:
    known = {(*row.stream[:2], row.event["seq"]) for row in parking.everything(connection)}
    return any((*part.place, seq) not in known for part in parts for seq in part.failures)


def _swap(
    log: EventLog,
    connection: Connection,
    rebuild: Rebuild,
    report: Mapping[str, Any],
    now: datetime,
) -> None:
    generations.swap(connection, dict.fromkeys(rebuild.views, rebuild.generation))
    record.move(connection, rebuild, record.SWAPPED)
    record.stamp(connection, rebuild, "finished_at", now)
    say_swapped(log, connection, rebuild, report, now)


def say_swapped(
    log: EventLog,
    connection: Connection,
    rebuild: Rebuild,
    report: Mapping[str, Any],
    now: datetime,
) -> None:
    """Put the swap on record in audit's own log, in its transaction."""
    by = Principal(account_id=rebuild.requested_by, role="operator")
    work = joined(log, connection, PLATFORM, Call(principal=by, now=now, correlation_id="rebuild"))
    swapped = ViewsSwapped(
        rebuild_id=rebuild.rebuild_id,
        kind=rebuild.kind,
        views=rebuild.views,
        generation=rebuild.generation,
        events=report["events"],
        different=tuple(each["view"] for each in report["views"] if not each["equal"]),
    )
    work.append(f"rebuild-{rebuild.rebuild_id}", [swapped], expected_version=0)
    work.flush()


def _behind(connection: Connection, rebuild: Rebuild) -> list[tuple[Part, int]]:
    folding = parts_of.of(rebuild)
    heads = {
        place: head
        for place, head in copied.places(connection).items()
        if folding.hears_service(place[0])
    }
    known = {part.place: part for part in record.parts(connection, rebuild)}
    found = [(known.get(place) or Part(place, 0, 0, True, {}), heads[place]) for place in heads]
    return [(part, head) for part, head in found if part.seq < head]


def _advance(connection: Connection, rebuild: Rebuild, part: Part, until: int) -> Part:
    folding = parts_of.of(rebuild).of_service(part.place[0])
    stored = StoredRows(dict.fromkeys((view.NAME for view in folding.views), rebuild.generation))
    without = set() if parts_of.rebuilds_all(rebuild) else parked_at(connection, part.place)
    failures = Failures()
    for seq, (stream, error) in part.failures.items():
        failures.errors[seq], failures.stream_of[seq] = error, stream
        failures.streams.add(stream)
    for _, page in copied.events(connection, part.place, part.seq, until, folding.hears):
        events = [event for event in page if event["seq"] not in without]
        fold_stored(connection, stored, folding, events, failures)
    moved = Part(part.place, part.head, until, True, parts_of.failures_of(failures))
    record.save_part(connection, rebuild, moved)
    return moved


def fold_stored(
    connection: Connection,
    stored: StoredRows,
    folding: Folding,
    events: Sequence[Event],
    failures: Failures,
) -> None:
    """Fold ``events`` into stored rows as ``StoredRows.fold`` does, but past failures."""
    rows = stored.load(connection, parts_of.keys(folding, events))
    before = set(rows)
    taken = fold(folding, rows, events, failures)
    stored.write(connection, rows)
    stored.remove(connection, (key for key in before if rows[key] is None))
    stored.advance(connection, heard(folding, taken))


def _report(found: Sequence[ViewReport], parts: Sequence[Part]) -> dict[str, Any]:
    failures = [
        {"service": part.place[0], "partition": part.place[1], "seq": seq, "error": error}
        for part in parts
        for seq, (_, error) in sorted(part.failures.items())
    ]
    return {
        "events": sum(part.seq for part in parts),
        "equal": all(view.equal for view in found),
        "views": [asdict(view) for view in found],
        "failures": failures,
    }


def _settle_parked(
    connection: Connection, rebuild: Rebuild, parts: Sequence[Part], now: datetime
) -> None:
    """Let what is parked be what the new rows leave out."""
    if not parts_of.rebuilds_all(rebuild):
        return
    wanted: dict[tuple[str, str, int], str | None] = {
        (*part.place, seq): error
        for part in parts
        for seq, (_, error) in sorted(part.failures.items())
    }
    for row in parking.everything(connection):
        parking.remove(connection, row.event)
    for (service, partition, seq), error in wanted.items():
        place: Place = (service, partition)
        (_, (event,)), *_ = copied.events(connection, place, seq - 1, seq, lambda *_: True)
        if error is None:
            parking.line_up(connection, [event], now)
        else:
            parking.keep(connection, event, error, now)
