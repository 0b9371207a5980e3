"""Commands per second through the application object: check, load, decide, append, project, commit.

The command is ``safety.notify_guardian``: one stream loaded, one event appended, one row of a read
model changed, the outcome stored under the idempotency key. 50 schools, all writers on all of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.assembly import build
from chassis.eventsourcing.envelope import Event
from chassis.kernel.call import CHINA, Principal
from chassis.security import issue_token
from chassis.service import Service
from chassis.testing.world import TOKEN_KEY, FixedClock, settings_for
from services.safety.definition import DEFINITION

SCHOOLS = 50
NOW = datetime(2026, 9, 1, 16, 0, tzinfo=CHINA)


class _Nobody:
    def heads(self) -> dict[str, int]:
        return {}

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        return []


def measure(database_url: str, *, threads: int, commands: int) -> dict[str, float]:
    """Return commands per second with ``threads`` writers."""
    safety = build(
        DEFINITION, settings_for(database_url), FixedClock(NOW), {"enrollment": _Nobody()}
    )
    tokens = {f"school-{n}": _token(f"school-{n}") for n in range(SCHOOLS)}
    incidents = _report(safety, tokens, commands)
    shares = [incidents[number::threads] for number in range(threads)]
    workers = [threading.Thread(target=_notify, args=(safety, tokens, share)) for share in shares]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    stored = sum(safety.log.heads().values())
    safety.database.close()
    assert stored == 2 * commands, f"{stored} events for {commands} incidents"
    return {"threads": threads, "commands": commands, "per_second": round(commands / seconds)}


def _token(school_id: str) -> str:
    who = Principal(account_id=f"{school_id}-teacher", role="teacher", school_id=school_id)
    return issue_token(who, TOKEN_KEY)


def _report(safety: Service, tokens: Mapping[str, str], count: int) -> list[tuple[str, str]]:
    body = {
        "severity": "minor",
        "category": "injury",
        "occurred_at": "2026-09-01T15:50:00+08:00",
        "student_ids": ["student"],
        "narrative": "擦伤",
    }
    made = []
    for number in range(count):
        school = f"school-{number % SCHOOLS}"
        context = {"token": tokens[school], "idempotency_key": f"r{number}"}
        reply = safety.application.handle("report_incident", context, {"school_id": school}, body)
        made.append((school, reply["body"]["incident_id"]))
    return made


def _notify(
    safety: Service, tokens: Mapping[str, str], incidents: Sequence[tuple[str, str]]
) -> None:
    for school, incident_id in incidents:
        context = {"token": tokens[school], "idempotency_key": f"n{incident_id}"}
        at = {"incident_id": incident_id}
        reply = safety.application.handle("notify_guardian", context, at, {})
        assert reply["status"] == "ok", reply
