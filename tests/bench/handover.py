"""Handovers per second over HTTP: the embedded server in its own process, keep-alive clients here.

Six schools of the sample's making; every child is enrolled, checked in, and fetched by the
guardian with a code. What is timed is ``POST /schools/{id}/handovers``, each with its own child,
code and idempotency key, answered when the event is durable.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from chassis.kernel.call import SYSTEM, Principal
from gateway.accounts import NewAccount
from hp3.demo_clock import FIRST, FixedSteps
from hp3.embedded import Embedded, open_accounts, open_embedded
from hp3.sample.load import CONFIRMATION, REGISTRATION, Loader, SampleSchool
from hp3.sample.places import SCHOOLS, URBAN
from tests.bench.http import post_all
from tests.end_to_end.worlds import free_port
from tests.stack.waiting import until

CONNECTIONS = 8
PASSWORD = "bench-password"

Handover = tuple[str, str, Mapping[str, Any]]
"""(school, idempotency key, body)."""

Request = tuple[str, Mapping[str, str], Mapping[str, Any]]
"""(path, headers, body)."""


def measure(folder: Path) -> Mapping[str, Any]:
    """Return handovers per second and the latency's median and 99th percentile in ms."""
    handovers = _prepare(folder)
    port = free_port()
    environment = {
        **os.environ,
        "HP3_DATA": str(folder),
        "HP3_SAMPLE": "no",
        "HP3_CLOCK": FIRST.isoformat(),
        "PORT": str(port),
    }
    server = subprocess.Popen([sys.executable, "-m", "hp3", "run"], env=environment)
    try:
        base = f"http://127.0.0.1:{port}"
        until(lambda: httpx.get(f"{base}/healthz").status_code == 200, trying=(httpx.HTTPError,))
        requests = [_with_token(base, request) for request in handovers]
        seconds, latencies = post_all(port, requests, CONNECTIONS)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    count = len(requests)
    return {
        "connections": CONNECTIONS,
        "handovers": count,
        "per_second": round(count / seconds),
        "p50_ms": round(1000 * latencies[count // 2], 1),
        "p99_ms": round(1000 * latencies[count * 99 // 100], 1),
    }


_tokens: dict[str, str] = {}


def _with_token(base: str, request: Handover) -> Request:
    school, key, body = request
    if school not in _tokens:
        login = {"username": f"{school}-guard", "password": PASSWORD}
        answer = httpx.post(f"{base}/api/v1/auth/token", json=login).json()
        _tokens[school] = f"Bearer {answer['access_token']}"
    headers = {"Authorization": _tokens[school], "Idempotency-Key": key}
    return f"/api/v1/schools/{school}/handovers", headers, body


def _prepare(folder: Path) -> list[Handover]:
    clock = FixedSteps(REGISTRATION)
    embedded = open_embedded(folder, clock, live=False)
    loader = Loader(embedded, clock)
    _district(loader)
    schools = [SampleSchool(loader, n, s, enrolled=204) for n, s in enumerate(SCHOOLS[:6])]
    for school in schools:
        school.register()
        school.apply_and_publish()
    clock.move_to(CONFIRMATION)
    for school in schools:
        school.confirm_and_sign()
    embedded.bus.deliver()
    clock.move_to(FIRST)
    made = [request for school in schools for request in _gather(loader, school)]
    _guards(embedded, schools)
    embedded.bus.deliver()
    embedded.close()
    return made


def _district(loader: Loader) -> None:
    body = {"district_id": URBAN.district_id, "name": URBAN.name, "profile": URBAN.profile}
    loader.ask(SYSTEM, "enrollment", "register_district", {}, body, key="bench")
    loader.embedded.bus.deliver()
    at = {"district_id": URBAN.district_id}
    loader.ask(SYSTEM, "attendance", "declare_calendar_year", at, {"year": 2026}, key="bench")


def _gather(loader: Loader, school: SampleSchool) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Open every class's session, take the roll, get a code for each child."""
    at = {"school_id": school.school.school_id}
    for class_id in school.class_ids:
        plan = {
            "date": FIRST.date().isoformat(),
            "service_kind": "after_school_custody",
            "class_id": class_id,
        }
        session = loader.ask(SYSTEM, "attendance", "open_session", at, plan, key=class_id)
        where = {"session_id": session["session_id"]}
        loader.ask(SYSTEM, "attendance", "take_roll", where, {"exceptions": []}, key=class_id)
    made: list[Handover] = []
    for student_id, guardian_id in school.families:
        who = Principal(account_id=guardian_id, role="guardian", person_id=guardian_id)
        wish = {"receiver_id": guardian_id}
        where = {"student_id": student_id}
        code = loader.ask(who, "attendance", "issue_pickup_code", where, wish, key=student_id)
        body = {"student_id": student_id, "receiver_id": guardian_id, "code": code["code"]}
        made.append((school.school.school_id, f"hand-{student_id}", body))
    return made


def _guards(embedded: Embedded, schools: list[SampleSchool]) -> None:
    accounts = open_accounts(embedded.data)
    accounts.create_many(
        [
            NewAccount(
                username=f"{school.school.school_id}-guard",
                password=PASSWORD,
                role="gate_guard",
                person_id="guard",
                school_id=school.school.school_id,
            )
            for school in schools
        ]
    )
    accounts.close()
