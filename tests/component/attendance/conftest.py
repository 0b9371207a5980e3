"""An attendance service over a throw-away database, an enrollment to listen to, and the people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.assembly import build
from chassis.testing.world import FixedClock, fresh_sqlite, settings_for
from services.attendance import migrations
from services.attendance.definition import DEFINITION
from tests.component.attendance.enrollment import Enrollment
from tests.component.attendance.school import START, School


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """A primary school under plan 1 on 2026-09-01 at 15:25: its calendar and roster are known."""
    clock, enrollment = FixedClock(START), Enrollment()
    settings = settings_for(fresh_sqlite(tmp_path / "attendance.sqlite", migrations))
    service = build(DEFINITION, settings, clock, {"enrollment": enrollment})
    school = School(service, enrollment, clock)
    school.furnish()
    yield school
    service.database.close()


@pytest.fixture
def in_care(school: School) -> School:
    """The same school with class c1 checked in."""
    school.in_care()
    return school
