"""The revisions lead to the tables that the code declares."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.migrate import current_revision, migrate

DEPLOYABLES = ("enrollment", "fees", "attendance", "safety", "audit", "gateway")


def parts(name: str) -> tuple[ModuleType, MetaData]:
    if name == "gateway":
        metadata = import_module("gateway.accounts.tables").metadata
        return import_module("gateway.migrations"), metadata
    import_module(f"services.{name}.definition")  # imports every module that declares a table
    metadata = import_module(f"services.{name}.schema").metadata
    return import_module(f"services.{name}.migrations"), metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    else:
        yield request.getfixturevalue("fresh_database")("migrations")


@pytest.mark.parametrize("name", DEPLOYABLES)
def test_the_newest_revision_is_what_the_code_declares(name: str, url: str) -> None:
    migrations, metadata = parts(name)
    database = open_database(url)
    migrate(database.engine, migrations)
    assert current_revision(database.engine) == migrations.HEAD, "raise HEAD: a start asks for it"

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, metadata)
    database.close()

    assert differences == []
