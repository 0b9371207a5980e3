"""Events per second over a real broker: relayed with confirms, and consumed by audit."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pika

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.log import EventLog
from chassis.kernel.call import CHINA, Call, Principal
from chassis.messaging import topology
from chassis.messaging.relay import Relay
from chassis.messaging.relay_log import RelayLog
from chassis.service import Service
from chassis.testing.world import settings_for
from chassis.worker import Worker
from contracts.safety.incidents import IncidentReported
from services.audit.definition import DEFINITION as AUDIT
from services.safety.definition import DEFINITION as SAFETY
from tests.stack.waiting import until

SCHOOLS = 50
EVENTS = 30_000
AT_ONCE = 100
NOW = datetime(2026, 9, 1, 16, 0, tzinfo=CHINA)


class Nobody:
    """An owner with no events: what arrives then came by the bus."""

    def heads(self) -> dict[str, int]:
        return {}

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        return []


def relay(database_url: str, amqp_url: str) -> Mapping[str, Any]:
    """Relay a full log to a quorum queue until every event is confirmed."""
    owner = _owner(database_url)
    _subscribe(amqp_url)
    seconds = _relayed(owner.log, amqp_url)
    owner.database.close()
    return {"events": EVENTS, "per_second": round(EVENTS / seconds)}


def consume(owner_url: str, audit_url: str, amqp_url: str) -> Mapping[str, Any]:
    """Consume a full queue into audit: the copy of each event, and the views."""
    owner = _owner(owner_url)
    _subscribe(amqp_url)
    _relayed(owner.log, amqp_url)
    sources = {name: Nobody() for name in AUDIT.listens_to}
    service = build(AUDIT, settings_for(audit_url), MachineClock(), sources)
    worker = Worker(service, amqp_url)
    started = time.perf_counter()
    worker.start()
    until(lambda: _copied(service) == EVENTS, within=120, told=lambda: f"{_copied(service)}")
    seconds = time.perf_counter() - started
    worker.stop()
    worker.wait()
    service.database.close()
    owner.database.close()
    return {"events": EVENTS, "per_second": round(EVENTS / seconds)}


def _owner(database_url: str) -> Service:
    """Return safety with a log of incidents over many schools."""
    service = build(SAFETY, settings_for(database_url), MachineClock(), {"enrollment": Nobody()})
    call = Call(
        principal=Principal(account_id="bench", role="teacher"), now=NOW, correlation_id="bench"
    )
    for batch in range(EVENTS // AT_ONCE):
        school = f"school-{batch % SCHOOLS}"
        with service.log.unit_of_work(school, call) as work:
            for number in range(AT_ONCE):
                name = f"{batch}-{number}"
                work.append(f"incident-{name}", [_incident(name, school)])
    return service


def _incident(incident_id: str, school_id: str) -> IncidentReported:
    return IncidentReported(
        incident_id=incident_id,
        school_id=school_id,
        severity="minor",
        category="injury",
        occurred_at=NOW,
        student_ids=("student",),
        guardian_notified_at=None,
    )


def _subscribe(amqp_url: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        topology.declare_subscription(connection.channel(), "audit", AUDIT.listens_to)


def _relayed(log: EventLog, amqp_url: str) -> float:
    """Relay everything; return the seconds from connecting to the last stored confirm."""
    relaying = Relay(log, amqp_url)
    thread = threading.Thread(target=relaying.run)
    stored = RelayLog(log.database)
    heads = log.heads()
    started = time.perf_counter()
    thread.start()
    until(lambda: stored.positions() == heads, within=120)
    seconds = time.perf_counter() - started
    relaying.stop()
    thread.join()
    return seconds


def _copied(service: Service) -> int:
    with service.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM audit_events").scalar() or 0)
