"""A rebuild killed at the worst moment changes nothing half, and the next run finishes it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.component.audit.conftest import Audit, build
from tests.component.audit.test_rebuilding import DAYS, PUPILS, tell
from tests.fault.doomed_rebuild import MOMENTS
from tests.stack.processes import Process, ending


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'audit.sqlite'}"
    made: str = request.getfixturevalue("migrated_database")("audit")
    return made


@pytest.fixture
def audit(url: str) -> Iterator[Audit]:
    made = build(url)
    yield made
    made.service.database.close()


def generations(audit: Audit) -> list[tuple[str, int]]:
    with audit.service.database.read() as connection:
        found = connection.exec_driver_sql("SELECT view, live FROM view_generations ORDER BY view")
        return [(row[0], row[1]) for row in found]


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_half_is_seen_and_the_next_run_finishes(audit, url, tmp_path, moment):
    tell(audit.logs, [("roll", "s-1", pupil, day) for pupil in PUPILS for day in DAYS])
    audit.subscriber.catch_up()
    live, before = audit.rows(), generations(audit)
    rebuild_id = audit.request()

    doomed = Process(tmp_path, "doomed", ["tests.fault.doomed_rebuild", moment, url], {})
    with ending([doomed]):
        assert doomed.start().wait() == -signal.SIGKILL, doomed.output()

    assert audit.rows() == live
    swapped = {generation for _, generation in generations(audit)}
    assert len(swapped) == 1, "all views or none"
    assert (generations(audit) != before) is (moment == "committed")
    audit.logs.handed_over("s-1", "p-2")
    audit.subscriber.catch_up()
    live = audit.rows()

    audit.work()

    rebuild = audit.get(rebuild_id)
    assert (rebuild.state, rebuild.report["equal"], audit.rows()) == ("swapped", True, live)
    assert audit.rebuild().report["equal"]
    told = [event["type"] for event in audit.service.log.read("platform")]
    assert told.count("ViewsSwapped") == 2, "each swap is on record once"
