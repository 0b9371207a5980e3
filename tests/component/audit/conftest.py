"""An audit service over a throw-away database and four logs to listen to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from chassis import assembly
from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import Principal
from chassis.messaging.subscriber import Subscriber
from chassis.service import Service
from chassis.testing.world import FixedClock, call, fresh_sqlite, settings_for
from services.audit import migrations
from services.audit.definition import DEFINITION
from services.audit.generations import LIVE_ROWS
from services.audit.rebuilds import record, work
from tests.component.audit.logs import START, Logs

OPERATOR = Principal(account_id="o", role="operator")


@dataclass
class Audit:
    """The service under test and what a test does with it."""

    service: Service
    logs: Logs
    clock: FixedClock

    @property
    def subscriber(self) -> Subscriber:
        assert self.service.subscriber is not None
        return self.service.subscriber

    def later(self, **by: float) -> None:
        self.clock.instant += timedelta(**by)

    def ask(self, view: str, by: Principal = OPERATOR, **body: Any) -> WireReply:
        return call(self.service, by, "oversight", {"view": view}, body)

    def see(self, view: str, by: Principal = OPERATOR, **body: Any) -> dict[str, Any]:
        reply = self.ask(view, by, **body)
        assert reply["status"] == "ok", reply
        seen: dict[str, Any] = reply["body"]
        return seen

    def rows(self) -> dict[tuple[str, str, str], str]:
        query = text(f"SELECT r.view, r.partition, r.key, r.document FROM {LIVE_ROWS}")
        with self.service.database.read() as connection:
            return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}

    def stands(self) -> dict[tuple[str, str], tuple[int, int, str]]:
        """What the live rows stand for: seq, count and digest by (view, partition)."""
        query = text(
            "SELECT p.view, p.partition, p.seq, p.count, p.digest FROM view_positions p "
            "JOIN view_generations g ON g.view = p.view AND g.live = p.generation"
        )
        with self.service.database.read() as connection:
            found = connection.execute(query)
            return {(row[0], row[1]): (row[2], row[3], row[4]) for row in found if row[3]}

    def command(self, operation: str, rebuild_id: str = "", **body: Any) -> WireReply:
        params = {"rebuild_id": rebuild_id} if rebuild_id else {}
        return call(self.service, OPERATOR, operation, params, {"reason": "a test", **body})

    def command_of(self, operation: str, body: dict[str, Any]) -> WireReply:
        return call(self.service, OPERATOR, operation, {}, body)

    def request(self, *views: str, operation: str = "request_rebuild", **body: Any) -> str:
        reply = self.command(operation, views=list(views), **body)
        assert reply["status"] == "ok", reply
        rebuild_id: str = reply["body"]["rebuild_id"]
        return rebuild_id

    def work(self, jobs: int = 1) -> bool:
        return work.work(self.service.log, self.clock, jobs=jobs)

    def get(self, rebuild_id: str) -> record.Rebuild:
        with self.service.database.read() as connection:
            return record.get(connection, rebuild_id)

    def rebuild(self, *views: str, **body: Any) -> record.Rebuild:
        rebuild_id = self.request(*views, **body)
        assert self.work()
        return self.get(rebuild_id)

    def run(self, statement: str, **values: Any) -> None:
        with self.service.database.write() as connection:
            connection.execute(text(statement), values)


def build(url: str, **owners: Any) -> Audit:
    """Return an audit service over the database at ``url``; ``owners`` are real logs."""
    logs, clock = Logs(), FixedClock(START)
    return Audit(
        assembly.build(DEFINITION, settings_for(url), clock, {**logs, **owners}), logs, clock
    )


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[Audit]:
    world = build(fresh_sqlite(tmp_path / "audit.sqlite", migrations))
    yield world
    world.service.database.close()
