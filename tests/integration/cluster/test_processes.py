"""The cluster's processes: they start together, work together, and end when told."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from chassis.kernel.call import Principal
from chassis.messaging.calls import ServiceUnavailable
from tests.integration.cluster.calls import SCHOOL, heads, report_incident, tell
from tests.stack.runners import ROOT
from tests.stack.waiting import until


def test_two_processes_start_together_on_an_empty_database(
    start, caller, environment, fresh_database
):
    environment["HP3_SAFETY_DATABASE_URL"] = fresh_database("safety")
    processes = [start("rpc", "safety"), start("worker", "safety"), start("worker", "safety")]
    for process in processes:
        process.ready()

    assert report_incident(caller, "k1")["status"] == "ok"
    engine = sa.create_engine(environment["HP3_SAFETY_DATABASE_URL"])
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM alembic_version")).scalar() == 1
    engine.dispose()


def test_an_event_of_one_service_reaches_another(start, caller, environment):
    processes = [start("rpc", "safety"), start("worker", "safety")]
    processes += [start("rpc", "audit"), start("worker", "audit")]
    for process in processes:
        process.ready()

    for n in range(20):
        assert report_incident(caller, f"k{n}")["status"] == "ok"

    assert heads(caller, "safety") == {SCHOOL: 20}
    engine = sa.create_engine(environment["HP3_AUDIT_DATABASE_URL"])
    applied = sa.text("SELECT service, partition, seq FROM checkpoints")
    with engine.connect() as connection:
        until(lambda: list(connection.execute(applied)) == [("safety", SCHOOL, 20)])
    engine.dispose()


def test_two_services_listen_to_each_other(start, caller, environment):
    processes = [
        start(kind, service) for service in ("enrollment", "safety") for kind in ("rpc", "worker")
    ]
    for process in processes:
        process.ready()
    operator = Principal(account_id="o", role="operator")
    office = Principal(account_id="a", role="school_office", school_id=SCHOOL)
    district = {"district_id": "d", "name": "d", "profile": "urban-district"}
    tell(caller, operator, "enrollment", "register_district", {}, district)
    school = {"school_id": SCHOOL, "name": "s", "stage": "primary", "area": "urban"}
    tell(caller, operator, "enrollment", "register_school", {}, {**school, "district_id": "d"})
    wang = {"staff_id": "wang", "name": "王老师", "kind": "school_staff"}
    tell(caller, office, "enrollment", "register_staff", {"school_id": SCHOOL}, wang)

    with ending_engine(environment["HP3_SAFETY_DATABASE_URL"]) as safety:
        until(lambda: rows(safety, "SELECT staff_id FROM staff") == [("wang",)])
    at = {"school_id": SCHOOL, "staff_id": "wang"}
    clear = {"result": "clear", "checked_on": "2024-09-02", "valid_until": "2099-12-31"}
    tell(caller, office, "safety", "record_screening", at, clear)
    with ending_engine(environment["HP3_ENROLLMENT_DATABASE_URL"]) as enrollment:
        fit = "SELECT staff_id, result FROM staff_screenings"
        until(lambda: rows(enrollment, fit) == [("wang", "clear")])


@contextmanager
def ending_engine(url: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(url)
    yield engine
    engine.dispose()


def rows(engine: sa.Engine, query: str) -> list[tuple[str, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def test_the_same_key_over_the_wire_reports_once(start, caller):
    start("rpc", "safety").ready()

    first, second = report_incident(caller, "k1"), report_incident(caller, "k1")

    assert first == second
    assert heads(caller, "safety") == {SCHOOL: 1}


@pytest.mark.parametrize("kind", ["rpc", "worker"])
def test_a_process_ends_cleanly_however_often_it_is_told(start, kind):
    process = start(kind, "safety").ready()
    started = time.monotonic()

    assert process.stop(times=3) == 0

    assert time.monotonic() - started < 10


def test_a_service_that_has_gone_is_unavailable_soon_and_back_after_a_restart(start, caller):
    process = start("rpc", "safety").ready()
    assert report_incident(caller, "k1")["status"] == "ok"

    process.stop()
    until(lambda: _unavailable_at_once(caller), within=40)
    process.start().ready()

    assert report_incident(caller, "k1")["status"] == "ok"
    assert heads(caller, "safety") == {SCHOOL: 1}


def _unavailable_at_once(caller) -> bool:
    started = time.monotonic()
    try:
        heads(caller, "safety")
    except ServiceUnavailable:
        return time.monotonic() - started < 1
    return False


def test_a_wrong_environment_ends_the_process_with_the_variables_name(start):
    process = start("worker", "safety", HP3_TOKEN_KEY="short")

    assert process.wait() == 1
    assert "HP3_TOKEN_KEY" in process.output()


def test_a_number_out_of_range_ends_the_process_with_the_variables_name(start):
    process = start("worker", "safety", HP3_EVENT_QUEUES="17")  # more than there may be

    assert process.wait() == 1
    assert "HP3_EVENT_QUEUES" in process.output()


def test_the_rpc_process_is_green_before_it_imports_anything_else():
    program = (
        "import hp3.rpc_process, sys; from eventlet.patcher import is_monkey_patched; "
        "assert is_monkey_patched('thread') and is_monkey_patched('socket'); "
        # psycopg2 is there: eventlet imports it to make it green
        "assert not {'sqlalchemy', 'pika', 'nameko'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
