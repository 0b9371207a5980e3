"""Do what is asked: fold the parts in several processes, go through the fence, clean up.

Whoever calls ``work`` does it: the command line, or a chore of audit's worker. Killed at any point,
the next call goes on.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import suppress
from functools import cache
from typing import Any

from sqlalchemy import text

from chassis.clock import Clock
from chassis.eventsourcing.database import Database, open_database
from chassis.eventsourcing.log import EventLog
from chassis.messaging.checkpoints import Place
from services.audit import copied, generations, sql
from services.audit.rebuilds import fence, record
from services.audit.rebuilds.lock import alone
from services.audit.rebuilds.part import Stopped, fold_part, of
from services.audit.rebuilds.record import Rebuild
from services.audit.rebuilds.rollback import roll_back
from services.audit.refold import FoldFails

LOOK_SECONDS = 0.5

Tell = Callable[[Rebuild], object]
"""Called now and then while parts are folded."""


def work(log: EventLog, clock: Clock, *, jobs: int = 1, tell: Tell = lambda rebuild: None) -> bool:
    """Do the rebuild that waits to be done; False if there is none, or another process does it.

    Raises:
        CopyHasHole, FoldFails: it cannot be done; the rebuild has failed and says why.
    """
    with alone(log.database) as mine:
        if not mine:
            return False
        with log.database.read() as connection:
            waiting = [
                each
                for each in record.everything(connection)
                if each.state in (record.REQUESTED, record.RUNNING)
            ]
        if not waiting:
            return False
        rebuild = waiting[-1]
        try:
            with suppress(Stopped):
                _do(log, clock, rebuild, jobs, tell)
        except (copied.CopyHasHole, FoldFails) as why:
            _fail(log.database, clock, rebuild, str(why))
            raise
        clean_up(log.database)
        return True


def _do(log: EventLog, clock: Clock, rebuild: Rebuild, jobs: int, tell: Tell) -> None:
    database = log.database
    with database.write() as connection:
        record.move(connection, rebuild, record.RUNNING, of=(record.REQUESTED, record.RUNNING))
        record.stamp(connection, rebuild, "started_at", clock.now())
        if rebuild.kind == record.REBUILD:
            folding = of(rebuild)
            heads = copied.places(connection)
            mine = {place: n for place, n in heads.items() if folding.hears_service(place[0])}
            record.plan(connection, rebuild, mine)
    if rebuild.kind == record.ROLLBACK:
        roll_back(log, rebuild, clock.now())
        return
    _fold_parts(database, rebuild, jobs, tell)
    fence.catch_up(database, rebuild)
    _check(database, rebuild)
    fence.finish(log, rebuild, clock.now())


def _fold_parts(database: Database, rebuild: Rebuild, jobs: int, tell: Tell) -> None:
    with database.read() as connection:
        waiting = [part for part in record.parts(connection, rebuild) if not part.done]
    waiting.sort(key=lambda part: part.head, reverse=True)  # the longest first, so none is last
    places = [(part.place, part.head) for part in waiting]
    if jobs == 1 or database.engine.dialect.name == "sqlite" or len(places) < 2:
        for place, head in places:
            _check(database, rebuild)
            fold_part(database, rebuild, place, head)
            tell(rebuild)
        return
    url = database.engine.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(places)), mp_context=context) as pool:
        running = {pool.submit(_fold, url, rebuild, place, head) for place, head in places}
        try:
            _wait(running, rebuild, tell)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _wait(running: set[Future[None]], rebuild: Rebuild, tell: Tell) -> None:
    while running:
        done, running = wait(running, timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED")
        tell(rebuild)
        for each in done:
            each.result()


def _fold(url: str, rebuild: Rebuild, place: Place, head: int) -> None:
    """One part, in a process of the pool."""
    database = _opened(url)
    _check(database, rebuild)
    fold_part(database, rebuild, place, head)


@cache
def _opened(url: str) -> Database:
    return open_database(url, pool_size=2)


def _check(database: Database, rebuild: Rebuild) -> None:
    with database.read() as connection:
        if record.state_of(connection, rebuild.rebuild_id) != record.RUNNING:
            raise Stopped(rebuild.rebuild_id)


def _fail(database: Database, clock: Clock, rebuild: Rebuild, why: str) -> None:
    with database.write() as connection:
        record.move(connection, rebuild, record.FAILED)
        record.stamp(connection, rebuild, "finished_at", clock.now())
        record.report(connection, rebuild, {"error": why})


def clean_up(database: Database, tables: Sequence[str] = ("view_rows", "view_snapshots")) -> int:
    """Remove the rows of generations that nobody can come back to, a school at a time."""
    with database.read() as connection:
        kept = [r.generation for r in record.everything(connection) if r.state in record.OPEN]
        gone = generations.obsolete(connection, kept)
    for view, generation in gone:
        of_it: dict[str, Any] = {"view": view, "generation": generation}
        for table in tables:
            for partition in _partitions(database, table, of_it):
                with database.write() as connection:
                    sql.delete_where(connection, table, {**of_it, "partition": partition})
        with database.write() as connection:
            sql.delete_where(connection, "view_positions", of_it)
    return len(gone)


def _partitions(database: Database, table: str, values: dict[str, Any]) -> list[str]:
    query = text(
        f"SELECT DISTINCT partition FROM {table} WHERE view = :view AND generation = :generation"
    )
    with database.read() as connection:
        return [row.partition for row in connection.execute(query, values)]
