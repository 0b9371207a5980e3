"""Events per second that audit consumes from a full queue: the copy of each, and the views."""

from __future__ import annotations

import time
from typing import TypedDict

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.service import Service
from chassis.testing.world import Silent, settings_for
from chassis.worker import Worker
from services.audit.definition import DEFINITION
from tests.bench.place import Place
from tests.bench.relay import full_log, relayed, subscribe
from tests.bench.units import Count, PerSecond
from tests.stack.waiting import until


class Figures(TypedDict):
    events: Count
    per_second: PerSecond


def measure(place: Place, events: int) -> Figures:
    """Fill audit's queues, then start a worker and wait until it has taken in everything."""
    amqp_url = place.vhost()
    owner = full_log(place.database("postgresql"), events)
    subscribe(amqp_url)
    relayed(owner.log, amqp_url)
    sources = {name: Silent() for name in DEFINITION.listens_to}
    service = build(DEFINITION, settings_for(place.database("postgresql")), MachineClock(), sources)
    worker = Worker(service, amqp_url)
    started = time.perf_counter()
    worker.start()
    until(lambda: _copied(service) == events, within=120, told=lambda: f"{_copied(service)}")
    seconds = time.perf_counter() - started
    worker.stop()
    worker.wait()
    service.database.close()
    owner.database.close()
    return {"events": events, "per_second": round(events / seconds)}


def _copied(service: Service) -> int:
    with service.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM audit_events").scalar() or 0)
