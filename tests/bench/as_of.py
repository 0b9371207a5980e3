"""One school-year of one school, half a million events: the past, a check, a proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.testing.world import SIGNING_KEY, call, settings_for
from services.attendance.definition import DEFINITION as ATTENDANCE
from services.audit import snapshots
from services.audit.proof import heads, proofs, verifying
from tests.bench import rebuild_live
from tests.bench.bus import Nobody
from tests.bench.rebuild_live import OPERATOR

EVENTS = 500_000
SCHOOL = "school-0"


def measure(owner_url: str, audit_url: str) -> Mapping[str, Any]:
    """Return the seconds of an as-of answer, a check and a proof over 500,000 events."""
    rebuild_live.SCHOOLS = 1
    owner = build(ATTENDANCE, settings_for(owner_url), MachineClock(), {"enrollment": Nobody()})
    rebuild_live._fill(owner, EVENTS)
    audit = rebuild_live._audit(audit_url, owner)
    assert audit.subscriber is not None
    audit.subscriber.catch_up()
    shots, shot = _timed(lambda: snapshots.extend(audit.database))
    instants = [f"2026-{month:02d}-17T12:00:00+08:00" for month in (9, 10, 11)]
    seconds = [_timed(lambda at=at: _past(audit, at))[1] for at in instants]
    sealed = _timed(lambda: heads.sign(audit.database, SCHOOL, SIGNING_KEY, MachineClock().now()))
    signed = _timed(lambda: heads.sign(audit.database, SCHOOL, SIGNING_KEY, MachineClock().now()))
    with audit.database.read() as connection:
        proof = _timed(lambda: proofs.inclusion(connection, ("attendance", SCHOOL), 250_000))
    checked, took = _timed(
        lambda: verifying.verify(audit.database, audit.subscriber.sources, SIGNING_KEY)
    )
    assert checked.found == [], checked.found
    for service in (owner, audit):
        service.database.close()
    return {
        "events": EVENTS,
        "snapshots": shots,
        "snapshots_seconds": round(shot, 2),
        "as_of_seconds_max": round(max(seconds), 2),
        "first_head_seconds": round(sealed[1], 2),
        "next_head_seconds": round(signed[1], 3),
        "proof_seconds": round(proof[1], 3),
        "verify_seconds": round(took, 1),
        "verify_per_second": round(EVENTS / took),
    }


def _past(audit: Any, instant: str) -> None:
    reply = call(audit, OPERATOR, "oversight", {"view": "custody"}, {"as_of": instant})
    assert reply["status"] == "ok", reply


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return work(), time.perf_counter() - started
