"""The vault: nothing in clear, nothing without its key, nothing moved to another row."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData

from chassis.eventsourcing.database import Database, SqliteDatabase, open_database
from chassis.eventsourcing.tables import declare_vault
from chassis.kernel.call import CHINA
from chassis.vault import (
    ERASED,
    MasterKey,
    SubjectErased,
    Vault,
    WrongMasterKey,
    rewrap,
    wrapped_by,
)

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


def put(database: Database, vault: Vault, subject: str, **fields: str | None) -> None:
    with database.write() as connection:
        vault.session(connection).put(subject, **fields)


def get(database: Database, vault: Vault, subject: str, name: str) -> str | None:
    with database.read() as connection:
        return vault.session(connection).get(subject, name)


def run(database: Database, statement: str) -> None:
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

    with pytest.raises(WrongMasterKey, match="ann"):
        get(database, Vault(MasterKey(b"x" * 32)), "ann", "name")


def test_a_ciphertext_moved_to_another_field_does_not_open(
    database: SqliteDatabase, vault: Vault
) -> None:
    put(database, vault, "ann", name="周小满")
    run(database, "UPDATE vault SET field = 'nickname'")

    with pytest.raises(InvalidTag):
        get(database, vault, "ann", "nickname")


def test_fingerprints_match_equal_texts_only_and_need_the_key(database: SqliteDatabase) -> None:
    vault, other = Vault(MasterKey(b"m" * 32)), Vault(MasterKey(b"o" * 32))
    vault.begin(database, ["phone", "name"])

    assert vault.fingerprint("phone", "138") == vault.fingerprint("phone", "138")
    assert vault.fingerprint("phone", "138") != vault.fingerprint("phone", "139")
    assert vault.fingerprint("phone", "138") != vault.fingerprint("name", "138")
    with pytest.raises(WrongMasterKey):
        other.begin(database, ["phone"])


def test_fingerprints_of_the_first_release_stay_as_they_were(database: SqliteDatabase) -> None:
    vault = Vault(MasterKey(b"m" * 32))
    vault.begin(database, ["phone"])

    key = hmac.digest(b"m" * 32, b"fingerprint:phone", "sha256")
    assert vault.fingerprint("phone", "138") == hmac.digest(key, b"138", "sha256").hex()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'either.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_database")("vault")
    opened = open_database(url)
    metadata.create_all(opened.engine)
    yield opened
    opened.close()


OLD, NEW = MasterKey(b"m" * 32), MasterKey(b"n" * 32)


def test_rotating_touches_keys_only_and_everything_is_read_as_before(either) -> None:
    before = Vault(OLD)
    before.begin(either, ["phone"])
    for number in range(25):
        put(either, before, f"p-{number}", name=f"name {number}")
    mark = before.fingerprint("phone", "138")
    with either.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM vault ORDER BY 1").all()
    turning = Vault(NEW, [OLD])
    turning.begin(either, ["phone"])

    assert rewrap(either, turning, at_once=10) == 26
    assert rewrap(either, turning) == 0

    after = Vault(NEW)
    after.begin(either, ["phone"])
    assert [get(either, after, f"p-{n}", "name") for n in (0, 24)] == ["name 0", "name 24"]
    assert after.fingerprint("phone", "138") == mark
    with either.read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM vault ORDER BY 1").all() == rows
        assert wrapped_by(connection) == {NEW.key_id: 26}
    with pytest.raises(WrongMasterKey):
        get(either, Vault(OLD), "p-1", "name")


def test_a_process_from_before_the_rotation_goes_on(either) -> None:
    running = Vault(OLD, reread=lambda: [NEW, OLD])
    put(either, running, "ann", name="周小满")
    rewrap(either, Vault(NEW, [OLD]))

    assert get(either, running, "ann", "name") == "周小满"
    put(either, running, "ben", name="陈一诺")
    assert get(either, Vault(NEW), "ben", "name") == "陈一诺"


def test_a_rotation_that_was_killed_goes_on(either) -> None:
    for number in range(5):
        put(either, Vault(OLD), f"p-{number}", name="x")
    half = Vault(NEW, [OLD])
    rewrap(either, half, at_once=2)
    put(either, Vault(OLD), "late", name="y")

    assert rewrap(either, half) == 1
    assert get(either, Vault(NEW), "late", "name") == "y"


def test_an_erased_person_is_shown_as_erased_and_stays_so(either) -> None:
    vault = Vault(OLD)
    put(either, vault, "ann", name="周小满", phone="13800138000")
    put(either, vault, "ben", name="陈一诺")
    with either.write() as connection:
        session = vault.session(connection)
        assert session.destroy(["ann"], datetime(2026, 9, 1, tzinfo=CHINA)) == 2
        assert session.destroy(["nobody"], datetime(2026, 9, 1, tzinfo=CHINA)) == 0

    assert (get(either, vault, "ann", "name"), get(either, vault, "ben", "name")) == (
        ERASED,
        "陈一诺",
    )
    with pytest.raises(SubjectErased):
        put(either, vault, "ann", name="周小满")
    assert rewrap(either, Vault(NEW, [OLD])) == 1
    assert get(either, Vault(NEW), "ann", "name") == ERASED


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "erase", "rotate", "again"]),
            st.sampled_from(["ann", "ben"]),
            st.text(max_size=5),
        ),
        max_size=12,
    )
)
def test_put_erase_and_rotate_in_any_order(steps) -> None:
    with TemporaryDirectory() as folder:
        opened = SqliteDatabase(f"sqlite:///{folder}/vault.sqlite")
        metadata.create_all(opened.engine)
        keys, told = [MasterKey(bytes([1]) * 32)], dict[str, str]()
        for number, (step, who, value) in enumerate(steps, start=2):
            vault = Vault(keys[0], keys[1:])
            if step == "put" and told.get(who) != ERASED:
                put(opened, vault, who, name=value)
                told[who] = value
            elif step == "erase" and who in told:
                with opened.write() as connection:
                    vault.session(connection).destroy([who], datetime(2026, 9, 1, tzinfo=CHINA))
                told[who] = ERASED
            elif step == "rotate":
                keys.insert(0, MasterKey(bytes([number]) * 32))
            elif step == "again":
                rewrap(opened, vault)
                keys = keys[:1]
        vault = Vault(keys[0], keys[1:])
        assert {who: get(opened, vault, who, "name") for who in told} == told
        opened.close()
