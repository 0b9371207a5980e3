"""An import killed at the worst moment leaves all of it or nothing, and can be sent again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from chassis.testing.world import fresh_sqlite
from services.enrollment import migrations
from services.enrollment.schema import metadata
from tests.component.enrollment.world import SCHOOL, World, counts, office, open_world
from tests.fault.doomed_import import KEY, MOMENTS, ROWS, file
from tests.stack.processes import Process, ending


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path / "enrollment.sqlite", migrations)
    made: str = request.getfixturevalue("migrated_database")("enrollment")
    return made


@pytest.fixture
def world(url: str) -> Iterator[World]:
    opened = open_world(url)
    yield opened
    opened.service.database.close()


def held(world: World) -> dict[str, int]:
    """Return how many rows each table has."""
    with world.service.database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


@pytest.mark.parametrize("moment", MOMENTS)
def test_all_of_an_import_is_there_or_nothing(world, url, tmp_path, moment):
    before = held(world)

    doomed = Process(tmp_path, "doomed", ["tests.fault.doomed_import", moment, url], {})
    with ending([doomed]):
        assert doomed.start().wait() == -signal.SIGKILL, doomed.output()

    left = held(world)
    if moment == "committed-not-answered":
        assert left["students"] == left["guardianships"] == ROWS
        assert left["vault_keys"] == before["vault_keys"] + 2 * ROWS
    else:
        assert left == before

    done = world.ok(office(), "import_roster", {"school_id": SCHOOL}, file(), idempotency_key=KEY)

    assert counts(done) == (ROWS, 0, 0, 0, 0)
    assert len(done["rows"]) == ROWS
    full = held(world)
    assert full["imports"] == 1
    assert full["students"] == full["student_marks"] == full["guardian_marks"] == ROWS
    assert full["events"] == before["events"] + ROWS * 3 + ROWS // 40 + 1
    if moment == "committed-not-answered":
        assert full == left, "the repeat gets the first answer and writes nothing"
        kept = world.ok(office(), "get_import", {"import_id": done["import_id"]})
        assert kept["rows"] == done["rows"]
