"""Events per second relayed from a log into a quorum queue, until every confirm is stored."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from typing import TypedDict

import pika

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import CHINA, Call, Principal
from chassis.messaging import topology
from chassis.messaging.relay import Relay
from chassis.messaging.relay_log import RelayLog
from chassis.service import Service
from chassis.testing.world import Silent, settings_for
from contracts.safety.incidents import IncidentReported
from services.audit.definition import DEFINITION as AUDIT
from services.safety.definition import DEFINITION as SAFETY
from tests.bench.place import Place
from tests.bench.units import Count, PerSecond
from tests.stack.waiting import until

SCHOOLS = 50
AT_ONCE = 100
NOW = datetime(2026, 9, 1, 16, 0, tzinfo=CHINA)


class Figures(TypedDict):
    events: Count
    per_second: PerSecond


def measure(place: Place, events: int) -> Figures:
    """Relay a full log until every event is confirmed."""
    amqp_url = place.vhost()
    owner = full_log(place.database("postgresql"), events)
    subscribe(amqp_url)
    seconds = relayed(owner.log, amqp_url)
    owner.database.close()
    return {"events": events, "per_second": round(events / seconds)}


def full_log(database_url: str, events: int) -> Service:
    """Return safety with a log of ``events`` incidents, a hundred at once, over many schools."""
    service = build(SAFETY, settings_for(database_url), MachineClock(), {"enrollment": Silent()})
    call = Call(
        principal=Principal(account_id="bench", role="teacher"), now=NOW, correlation_id="bench"
    )
    for batch in range(events // AT_ONCE):
        school = f"school-{batch % SCHOOLS}"
        with unit_of_work(service.log, school, call) as work:
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


def subscribe(amqp_url: str) -> None:
    """Declare audit's queues, so that what is relayed waits there."""
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        topology.declare_subscription(connection.channel(), "audit", AUDIT.listens_to)


def relayed(log: EventLog, amqp_url: str) -> float:
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
