"""An allocation killed at the worst moment placed everybody or nobody, and can be sent again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.testing.world import fresh_sqlite
from services.enrollment import migrations
from services.enrollment.offerings.tables.places import allocation_results, allocations, places
from tests.component.enrollment.placing import NAMES, Placing, placing
from tests.component.enrollment.world import open_world
from tests.fault.doomed_allocation import KEY, MOMENTS, SEED
from tests.stack.processes import Process, ending

TOLD = ("PlacesAllocated", "PlacesFilled")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path / "enrollment.sqlite", migrations)
    made: str = request.getfixturevalue("migrated_database")("enrollment")
    return made


@pytest.fixture
def school(url: str) -> Iterator[Placing]:
    """Six families have chosen among two offerings with a place each."""
    made = placing(open_world(url))
    made.accept(*NAMES)
    for name in NAMES:
        made.choose(name, "ball", "chess")
    yield made
    made.world.service.database.close()


def kept(school: Placing) -> dict[str, int]:
    """Return how many rows each table of allocation and places has."""
    with school.world.service.database.read() as connection:
        found: dict[str, int] = {}
        for table in (allocations, allocation_results, places):
            count: Any = connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}")
            found[table.name] = count.scalar_one()
    return found


NOTHING = {"allocations": 0, "allocation_results": 0, "places": 0}
ALL = {"allocations": 1, "allocation_results": 6, "places": 2 + 4 * 2}


@pytest.mark.parametrize("moment", MOMENTS)
def test_everybody_is_placed_or_nobody(school: Placing, url: str, tmp_path: Path, moment: str):
    command = ["tests.fault.doomed_allocation", moment, url, school.term_id]

    doomed = Process(tmp_path, "doomed", command, {})
    with ending([doomed]):
        assert doomed.start().wait() == -signal.SIGKILL, doomed.output()

    committed = moment == "committed-not-answered"
    left = school.events(*TOLD)
    assert kept(school) == (ALL if committed else NOTHING)
    assert [each["type"] for each in left] == (
        ["PlacesAllocated", "PlacesFilled", "PlacesFilled"] if committed else []
    )

    done = school.allocate(SEED["seed"], idempotency_key=KEY)

    assert (done["pupils"], done["placed"], done["seed"]) == (6, 2, SEED["seed"])
    assert kept(school) == ALL
    told = school.events(*TOLD)
    assert [each["type"] for each in told] == ["PlacesAllocated", "PlacesFilled", "PlacesFilled"]
    assert done["allocation_id"] == told[0]["data"]["allocation_id"]
    if committed:
        assert told == left, "the repeat gets the first answer and writes nothing"
    for name in NAMES:
        assert school.mine(name)["explanation"]["pupils"] == 6
