"""A rebuild on PostgreSQL: several processes, live ingest beside it, killed and gone on with."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.component.audit.conftest import Audit, build
from tests.component.audit.test_rebuilding import DAYS, PUPILS, tell


@pytest.fixture
def audit(migrated_database) -> Iterator[Audit]:
    made = build(migrated_database("audit"))
    yield made
    made.service.database.close()


def test_two_processes_rebuild_while_ingest_goes_on(audit: Audit):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS] * 4)
    tell(audit.logs, [("charged", "s-2", pupil, DAYS[0]) for pupil in PUPILS], 0)
    half = len(audit.logs.events) // 2
    audit.subscriber.receive(audit.logs.events[:half])
    pieces = [audit.logs.events[at : at + 5] for at in range(half, len(audit.logs.events), 5)]
    ingest = threading.Thread(target=lambda: [*map(audit.subscriber.receive, pieces)])
    rebuild_id = audit.request(jobs=2)

    ingest.start()
    assert audit.work(jobs=2)
    ingest.join()

    assert audit.get(rebuild_id).state == "swapped"
    assert audit.get(rebuild_id).report["equal"]
    again = audit.rebuild()
    assert again.report["equal"]
    assert again.report["events"] >= len(audit.logs.events)
    assert audit.rebuild(operation="rollback_views").report["equal"]
