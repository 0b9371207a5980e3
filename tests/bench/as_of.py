"""One school-year of one school, half a million events: the past, a check, a proof, heads."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypedDict

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.testing.world import SIGNING_KEY, Silent, call, settings_for
from services.attendance.definition import DEFINITION as ATTENDANCE
from services.audit import snapshots
from services.audit.proof import heads, proofs, verifying
from tests.bench.place import Place
from tests.bench.rebuild_live import OPERATOR, fill, open_audit
from tests.bench.units import Count, PerSecond, Seconds

SCHOOL = "school-0"


class Figures(TypedDict):
    events: Count
    snapshots: Count
    snapshots_seconds: Seconds
    as_of_seconds_max: Seconds
    first_head_seconds: Seconds
    next_head_seconds: Seconds
    proof_seconds: Seconds
    verify_seconds: Seconds
    verify_per_second: PerSecond


def measure(place: Place, events: int) -> Figures:
    """Return the seconds of an as-of answer, a check and a proof."""
    owner_url, audit_url = place.database("postgresql"), place.database("postgresql")
    owner = build(ATTENDANCE, settings_for(owner_url), MachineClock(), {"enrollment": Silent()})
    fill(owner, [SCHOOL], events)
    audit = open_audit(audit_url, owner, [SCHOOL])
    assert audit.subscriber is not None
    audit.subscriber.catch_up()
    shots, shot = _timed(lambda: snapshots.extend(audit.database))
    instants = [f"2026-{month:02d}-17T12:00:00+08:00" for month in (9, 10, 11)]
    seconds = [_timed(lambda at=at: _past(audit, at))[1] for at in instants]
    sealed = _timed(lambda: heads.sign(audit.database, SCHOOL, SIGNING_KEY, MachineClock().now()))
    signed = _timed(lambda: heads.sign(audit.database, SCHOOL, SIGNING_KEY, MachineClock().now()))
    with audit.database.read() as connection:
        proof = _timed(lambda: proofs.inclusion(connection, ("attendance", SCHOOL), events // 2))
    checked, took = _timed(
        lambda: verifying.verify(audit.database, audit.subscriber.sources, SIGNING_KEY)
    )
    assert checked.found == [], checked.found
    for service in (owner, audit):
        service.database.close()
    return {
        "events": events,
        "snapshots": shots,
        "snapshots_seconds": round(shot, 2),
        "as_of_seconds_max": round(max(seconds), 2),
        "first_head_seconds": round(sealed[1], 2),
        "next_head_seconds": round(signed[1], 3),
        "proof_seconds": round(proof[1], 3),
        "verify_seconds": round(took, 1),
        "verify_per_second": round(events / took),
    }


def _past(audit: Any, instant: str) -> None:
    reply = call(audit, OPERATOR, "oversight", {"view": "custody"}, {"as_of": instant})
    assert reply["status"] == "ok", reply


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started
