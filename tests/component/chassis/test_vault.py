"""The vault: nothing in clear, nothing without its key, nothing moved to another row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import MetaData

from chassis.eventsourcing.database import SqliteDatabase
from chassis.eventsourcing.tables import declare_vault
from chassis.vault import ERASED, MasterKey, Vault

metadata = MetaData()
declare_vault(metadata)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase(f"sqlite:///{tmp_path / 'vault.sqlite'}")
    metadata.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def vault() -> Vault:
    return Vault(MasterKey(b"m" * 32))


def put(database: SqliteDatabase, vault: Vault, subject: str, **fields: str | None) -> None:
    with database.write() as connection:
        vault.session(connection).put(subject, **fields)


def get(database: SqliteDatabase, vault: Vault, subject: str, name: str) -> str | None:
    with database.read() as connection:
        return vault.session(connection).get(subject, name)


def run(database: SqliteDatabase, statement: str) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(statement)


def test_what_is_put_is_read_again(database: SqliteDatabase, vault: Vault) -> None:
    put(database, vault, "ann", name="周小满", phone="13800138000")
    put(database, vault, "ann", phone="13900139000", email=None)

    assert get(database, vault, "ann", "name") == "周小满"
    assert get(database, vault, "ann", "phone") == "13900139000"
    assert get(database, vault, "ann", "email") is None
    assert get(database, vault, "ben", "name") is None


def test_nothing_is_stored_in_clear(database: SqliteDatabase, vault: Vault, tmp_path: Path) -> None:
    put(database, vault, "ann", phone="13800138000")
    database.close()

    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"13800138000" not in files


def test_without_its_key_a_person_shows_as_erased(database: SqliteDatabase, vault: Vault) -> None:
    put(database, vault, "ann", name="周小满")
    put(database, vault, "ben", name="陈一诺")
    run(database, "DELETE FROM vault_keys WHERE subject_id = 'ann'")

    assert get(database, vault, "ann", "name") == ERASED
    assert get(database, vault, "ben", "name") == "陈一诺"


def test_another_master_key_opens_nothing(database: SqliteDatabase, vault: Vault) -> None:
    put(database, vault, "ann", name="周小满")

    with pytest.raises(InvalidTag):
        get(database, Vault(MasterKey(b"x" * 32)), "ann", "name")


def test_a_ciphertext_moved_to_another_field_does_not_open(
    database: SqliteDatabase, vault: Vault
) -> None:
    put(database, vault, "ann", name="周小满")
    run(database, "UPDATE vault SET field = 'nickname'")

    with pytest.raises(InvalidTag):
        get(database, vault, "ann", "nickname")


def test_fingerprints_match_equal_texts_only_and_need_the_key() -> None:
    master, other = MasterKey(b"m" * 32), MasterKey(b"x" * 32)

    assert master.fingerprint("phone", "138") == master.fingerprint("phone", "138")
    assert master.fingerprint("phone", "138") != master.fingerprint("phone", "139")
    assert master.fingerprint("phone", "138") != master.fingerprint("name", "138")
    assert master.fingerprint("phone", "138") != other.fingerprint("phone", "138")
