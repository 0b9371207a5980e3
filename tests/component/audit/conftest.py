"""An audit service over a throw-away database and four logs to listen to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import Principal
from chassis.messaging.subscriber import Subscriber
from chassis.service import Service
from chassis.testing.world import FixedClock, call, fresh_sqlite, settings_for
from services.audit import bootstrap, migrations
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
        query = text("SELECT view, partition, key, document FROM oversight_rows")
        with self.service.database.read() as connection:
            return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}

    def run(self, statement: str, **values: Any) -> None:
        with self.service.database.write() as connection:
            connection.execute(text(statement), values)


def build(url: str) -> Audit:
    """Return an audit service over the database at ``url``."""
    logs, clock = Logs(), FixedClock(START)
    return Audit(bootstrap.build(settings_for(url), clock, logs), logs, clock)


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[Audit]:
    world = build(fresh_sqlite(tmp_path / "audit.sqlite", migrations))
    yield world
    world.service.database.close()
