"""Handovers per second over HTTP: the embedded server in its own process, keep-alive clients here.

Schools of the sample's making; every child is enrolled, checked in, and fetched by the
guardian with a code. What is timed is ``POST /schools/{id}/handovers``, each with its own child,
code and idempotency key, answered when the event is durable.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Any, TypedDict

import httpx

from chassis.kernel.call import SYSTEM, Principal
from gateway.accounts import NewAccount
from hp3.demo_clock import FIRST, FixedSteps
from hp3.embedded import Embedded, open_accounts, open_embedded
from hp3.sample.load import CONFIRMATION, REGISTRATION, Loader, SampleSchool
from hp3.sample.places import PUPILS_PER_SCHOOL, SCHOOLS, URBAN
from tests.bench.http import Request, post_all
from tests.bench.place import Place
from tests.bench.serving import served
from tests.bench.units import Count, Milliseconds, PerSecond

CONNECTIONS = 8
PASSWORD = "bench-password"

Handover = tuple[str, str, Mapping[str, Any]]
"""(school, idempotency key, body)."""


class Figures(TypedDict):
    connections: Count
    handovers: Count
    per_second: PerSecond
    p50_ms: Milliseconds
    p99_ms: Milliseconds


def measure(place: Place, handovers: int) -> Figures:
    """Return handovers per second and the latency's median and 99th percentile."""
    folder = place.folder()
    prepared = _prepare(folder, handovers)
    with served(folder) as (port, _):
        requests = _with_tokens(f"http://127.0.0.1:{port}", prepared)
        seconds, latencies = post_all(port, requests, CONNECTIONS)
    return {
        "connections": CONNECTIONS,
        "handovers": handovers,
        "per_second": round(handovers / seconds),
        "p50_ms": round(1000 * latencies[handovers // 2], 1),
        "p99_ms": round(1000 * latencies[handovers * 99 // 100], 1),
    }


def _with_tokens(base: str, handovers: list[Handover]) -> list[Request]:
    tokens = {school: _token(base, school) for school in {school for school, _, _ in handovers}}
    return [
        (
            f"/api/v1/schools/{school}/handovers",
            {"Authorization": tokens[school], "Idempotency-Key": key},
            body,
        )
        for school, key, body in handovers
    ]


def _token(base: str, school: str) -> str:
    login = {"username": f"{school}-guard", "password": PASSWORD}
    answer = httpx.post(f"{base}/api/v1/auth/token", json=login).json()
    return f"Bearer {answer['access_token']}"


def _prepare(folder: Path, handovers: int) -> list[Handover]:
    clock = FixedSteps(REGISTRATION)
    embedded = open_embedded(folder, clock, live=False)
    loader = Loader(embedded, clock)
    _district(loader)
    shares = _shares(handovers)
    schools = [
        SampleSchool(loader, number, school, enrolled=share)
        for number, (school, share) in enumerate(zip(SCHOOLS, shares, strict=False))
    ]
    for school in schools:
        school.register()
    embedded.bus.deliver()
    for school in schools:
        school.prepare_staff()
    embedded.bus.deliver()
    for school in schools:
        school.prepare_term()
        school.apply_and_publish()
    clock.move_to(CONFIRMATION)
    for school in schools:
        school.confirm_and_sign()
    embedded.bus.deliver()
    clock.move_to(FIRST)
    made = [
        request
        for school, share in zip(schools, shares, strict=True)
        for request in _gather(loader, school, share)
    ]
    _guards(embedded, schools)
    embedded.bus.deliver()
    embedded.close()
    return made


def _shares(handovers: int) -> list[int]:
    """Return how many children are fetched at each school: all of them, but at the last."""
    full, rest = divmod(handovers, PUPILS_PER_SCHOOL)
    return [PUPILS_PER_SCHOOL] * full + [rest] * bool(rest)


def _district(loader: Loader) -> None:
    body = {"district_id": URBAN.district_id, "name": URBAN.name, "profile": URBAN.profile}
    loader.ask(SYSTEM, "enrollment", "register_district", {}, body, key="bench")
    loader.embedded.bus.deliver()
    at = {"district_id": URBAN.district_id}
    loader.ask(SYSTEM, "attendance", "declare_calendar_year", at, {"year": 2026}, key="bench")


def _gather(loader: Loader, school: SampleSchool, share: int) -> list[Handover]:
    """Open the classes' sessions, take the rolls, get a code for each child that is fetched."""
    at = {"school_id": school.school.school_id}
    # The families come class by class, and a class without anybody enrolled has no roll to take.
    classes = ceil(share * len(school.class_ids) / PUPILS_PER_SCHOOL)
    for class_id in school.class_ids[:classes]:
        plan = {
            "date": FIRST.date().isoformat(),
            "service_kind": "after_school_custody",
            "class_id": class_id,
        }
        session = loader.ask(SYSTEM, "attendance", "open_session", at, plan, key=class_id)
        where = {"session_id": session["session_id"]}
        loader.ask(SYSTEM, "attendance", "take_roll", where, {"exceptions": []}, key=class_id)
    made: list[Handover] = []
    for student_id, guardian_id in school.families[:share]:
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
