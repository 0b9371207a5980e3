"""The gateway's world, built once; what a test changes is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.eventsourcing.database import open_database
from gateway.accounts import Accounts
from gateway.accounts.tables import metadata
from tests.component.gateway.world import World, world_over


@pytest.fixture(scope="package", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("gateway")
    accounts = Accounts.open(f"sqlite:///{folder / 'gateway.sqlite'}")
    yield world_over(accounts)
    accounts.close()


@pytest.fixture
def world(built: World) -> World:
    """A gateway whose services have not been asked anything yet."""
    built.services.calls.clear()
    built.services.replies.clear()
    return built


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Accounts of this test's own."""
    database = open_database(f"sqlite:///{tmp_path / 'own.sqlite'}")
    metadata.create_all(database.engine)
    opened = Accounts(database)
    yield opened
    opened.close()
