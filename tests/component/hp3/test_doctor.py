"""Each check of a database is seen to find what it looks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from chassis.assembly import build
from chassis.testing.world import FixedClock, fresh_sqlite, settings_for
from chassis.vault import MasterKey, Vault
from hp3.doctor import databases, rounds
from services.fees import migrations
from services.fees.definition import DEFINITION
from tests.component.audit.logs import START, Logs

VAULT = settings_for("sqlite://").vault()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'fees.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_database")("fees")
    service = build(DEFINITION, settings_for(url), FixedClock(START), Logs())
    with service.database.write() as connection:
        VAULT.session(connection).put("p-1", name="周小满")
    service.database.close()
    made = create_engine(url)
    yield made
    made.dispose()


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def look(engine: Engine, vault: Vault = VAULT, clock: FixedClock | None = None) -> dict[str, str]:
    """The levels of what is not fine, by the English words."""
    found = databases.check("fees", engine, migrations, vault, clock or FixedClock(START))
    return {each.en: each.level for each in found if each.level != "fine"}


def test_what_is_well_is_well(engine: Engine):
    assert look(engine) == {}


def test_a_newer_revision_stops_and_an_older_one_is_told(engine: Engine):
    run(engine, "UPDATE alembic_version SET version_num = '0001'")
    assert [*look(engine).values()] == ["attention"]
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    assert [*look(engine).values()] == ["stop"]


def test_a_master_key_that_opens_nothing_stops(engine: Engine):
    ((words, level),) = look(engine, Vault(MasterKey(b"x" * 32))).items()

    assert level == "stop"
    assert "master key does not open" in words


def test_a_clock_behind_the_log_stops(engine: Engine):
    event = (
        "INSERT INTO events VALUES ('s-1', 1, 'e', 'st', 1, 'T', 1, :at, :at, 'a', 'r', 'c', NULL, "
        "NULL, NULL, '{}')"
    )
    with engine.begin() as connection:
        connection.execute(text(event), {"at": START.isoformat(timespec="milliseconds")})
        connection.execute(text("INSERT INTO partition_heads VALUES ('s-1', 1)"))

    assert look(engine) == {}
    early = FixedClock(START - timedelta(hours=1))
    assert [*look(engine, clock=early).values()] == ["stop"]


def test_parked_events_are_told(engine: Engine):
    run(
        engine,
        "INSERT INTO parked_events VALUES ('enrollment', 's-1', 1, 'st', 'T', '{}', 'parked', 6, "
        "'error', '2026', NULL)",
    )

    assert look(engine) == {"1 parked events wait for a person.": "attention"}


def test_a_damaged_file_is_told(tmp_path: Path):
    path = tmp_path / "fees.sqlite"
    engine = create_engine(fresh_sqlite(path, migrations))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 400] = b"\xff" * 400
    path.write_bytes(content)
    with engine.connect() as connection:
        found = list(databases.sqlite("fees", connection))
    engine.dispose()

    assert [each.level for each in found] == ["stop"]


def test_the_embedded_start_is_refused_on_a_newer_database(tmp_path: Path):
    from hp3.embedded import open_embedded

    open_embedded(tmp_path, FixedClock(START)).close()
    assert rounds.embedded_at_start(tmp_path) == []
    engine = create_engine(f"sqlite:///{tmp_path / 'audit.sqlite'}")
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()

    (refused,) = rounds.embedded_at_start(tmp_path)
    assert (refused.where, refused.level) == ("audit", "stop")
    assert [each.level for each in rounds.embedded(tmp_path) if each.where == "audit"] == ["stop"]
