"""A consumer of this release meets an event of a later one: nothing fails, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from chassis.assembly import build
from chassis.kernel.call import Principal
from chassis.service import Service
from chassis.testing.world import FixedClock, call, fresh_sqlite, settings_for
from tests.component.audit.logs import START, Logs

OPERATOR = Principal(account_id="o", role="operator")
CONSUMERS = ("fees", "attendance", "safety", "audit")


@pytest.fixture(params=CONSUMERS)
def consumer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Service, Logs]]:
    name = request.param
    logs = Logs()
    url = fresh_sqlite(tmp_path / f"{name}.sqlite", import_module(f"services.{name}.migrations"))
    definition = import_module(f"services.{name}.definition").DEFINITION
    service = build(definition, settings_for(url), FixedClock(START), logs)
    yield service, logs
    service.database.close()


def parked(service: Service) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = call(service, OPERATOR, "list_parked", {}, {})["body"]["items"]
    return items


def test_an_unknown_type_is_passed_over(consumer):
    service, logs = consumer
    logs.school("s-1")
    logs["enrollment"].events[0] |= {"type": "SchoolTwinned", "schema_version": 3}
    logs.applied("s-1", "p-1")
    service.subscriber.catch_up()

    assert service.subscriber.position("enrollment", "s-1") == 2
    assert parked(service) == []


def test_a_newer_version_waits_for_the_release_that_knows_it(consumer):
    service, logs = consumer
    logs.school("s-1")
    told = logs["enrollment"].events[0]
    told |= {"schema_version": 3, "stream_id": "school-s-1"}
    logs.applied("s-1", "p-1")
    service.subscriber.catch_up()

    (item,) = parked(service)
    assert service.subscriber.position("enrollment", "s-1") == 2
    assert (item["seq"], item["state"], item["schema_version"]) == (1, "parked", 3)
    assert item["error"].startswith("NewerVersion: SchoolRegistered v3")


def test_a_newer_version_of_what_nobody_here_hears_is_passed_over(consumer):
    service, logs = consumer
    logs.school("s-1")
    logs.applied("s-1", "p-1", "ApplicationRejected")
    logs["enrollment"].events[1] |= {"type": "AgreementSigned", "schema_version": 9}
    service.subscriber.catch_up()

    assert service.subscriber.position("enrollment", "s-1") == 2
    assert parked(service) == []
