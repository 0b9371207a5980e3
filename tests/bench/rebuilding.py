"""Events per second when audit takes in a day's log, and when it rebuilds the views from zero."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, TypedDict

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.kernel.call import Principal
from chassis.testing.world import Silent, call, settings_for
from services.audit.definition import DEFINITION
from services.audit.rebuilds import record, work
from tests.bench.place import Kind, Place
from tests.bench.units import Count, PerSecond

SCHOOLS = 50
BATCH = 1000
OPERATOR = Principal(account_id="bench", role="operator")


class Figures(TypedDict):
    events: Count
    ingested_per_second: PerSecond
    per_second: PerSecond


def measure(place: Place, children: int, *, database: Kind) -> Figures:
    """Return both rates over 50 schools, each with its children in care and handed over."""
    sources = {name: Silent() for name in DEFINITION.listens_to}
    service = build(DEFINITION, settings_for(place.database(database)), MachineClock(), sources)
    assert service.subscriber is not None
    count, batch = 0, []
    started = time.perf_counter()
    for event in _events(children):
        batch.append(event)
        if len(batch) == BATCH:
            count += service.subscriber.receive(batch)
            batch = []
    count += service.subscriber.receive(batch)
    ingested = time.perf_counter() - started
    call(service, OPERATOR, "request_rebuild", {}, {"views": [], "reason": "measured"})
    started = time.perf_counter()
    assert work.work(service.log, MachineClock())
    rebuilt = time.perf_counter() - started
    with service.database.read() as connection:
        report = record.everything(connection)[0].report
    service.database.close()
    assert report is not None
    assert report["equal"], report
    return {
        "events": count,
        "ingested_per_second": round(count / ingested),
        "per_second": round(report["events"] / rebuilt),
    }


def _events(children: int) -> Iterator[dict[str, Any]]:
    for number in range(SCHOOLS):
        school = f"school-{number}"
        about = {
            "school_id": school,
            "district_id": "district",
            "name": school,
            "profile": "urban-district",
            "stage": "primary",
            "area": "urban",
        }
        yield _event("enrollment", school, 1, "SchoolRegistered", about)
    for number in range(SCHOOLS):
        school = f"school-{number}"
        for child in range(children):
            place = {
                "student_id": f"{school}-{child}",
                "session_id": f"session-{child // 40}",
                "class_id": f"class-{child // 40}",
                "date": "2026-09-01",
            }
            yield _event("attendance", school, 2 * child + 1, "PupilCheckedIn", place)
            handed = {
                **place,
                "school_id": school,
                "receiver_id": "receiver",
                "relation": "mother",
                "proof": ["one_time_code"],
                "guard_id": "guard",
                "code_id": "code",
                "place": "gate",
            }
            yield _event("attendance", school, 2 * child + 2, "ChildHandedOver", handed)


def _event(
    service: str, partition: str, seq: int, type_: str, data: dict[str, Any]
) -> dict[str, Any]:
    at = "2026-09-01T15:30:00.000+08:00"
    return {
        "event_id": f"{service}-{partition}-{seq}",
        "service": service,
        "partition": partition,
        "seq": seq,
        "stream_id": f"any-{partition}",
        "stream_version": seq,
        "type": type_,
        "schema_version": 1,
        "occurred_at": at,
        "recorded_at": at,
        "actor": {"account_id": "bench", "role": "system"},
        "correlation_id": "bench",
        "causation_id": None,
        "policy": None,
        "data": data,
    }
