"""A fresh small world for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.testing.world import fresh_sqlite
from services.enrollment import migrations
from tests.component.enrollment.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(fresh_sqlite(tmp_path / "enrollment.sqlite", migrations))
    yield opened
    opened.service.database.close()


@pytest.fixture
def unplanned(tmp_path: Path) -> Iterator[World]:
    """The world before any school has planned its term."""
    url = fresh_sqlite(tmp_path / "enrollment.sqlite", migrations)
    opened = open_world(url, planned=False)
    yield opened
    opened.service.database.close()
