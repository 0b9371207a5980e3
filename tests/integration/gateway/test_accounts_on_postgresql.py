"""Accounts on PostgreSQL: the same behaviour, also when processes meet."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.accounts import Accounts, NewAccount
from gateway.accounts.model import UsernameTaken, WrongCredentials
from gateway.accounts.reading import Read
from gateway.accounts.throttle import TooManyAttempts
from tests.stack.fixtures import FreshDatabase


@pytest.fixture(scope="module", name="accounts")
def _accounts(fresh_database: FreshDatabase) -> Iterator[Accounts]:
    opened = Accounts.open(fresh_database("gateway"))
    yield opened
    opened.close()


def test_two_offices_that_make_one_account_make_it_once(accounts: Accounts):
    def make(number: int) -> tuple[bool, bool]:
        password = f"password-{number}"
        account, new = accounts.create(
            username="teacher.li", password=password, role="teacher", person_id="p1", school_id="s1"
        )
        assert account.username == "teacher.li"
        return new, _opens(accounts, "teacher.li", password)

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))

    assert sorted(made) == [(False, False)] * 7 + [(True, True)]


def test_a_batch_is_made_as_a_whole_or_not_at_all(accounts: Accounts):
    accounts.create(username="taken", password="x", role="operator")
    batch = [
        NewAccount(username=name, password="x", role="guardian", person_id=name)
        for name in ("fresh", "taken")
    ]

    with pytest.raises(UsernameTaken):
        accounts.create_many(batch)

    assert accounts.find("fresh") is None


def test_guessing_is_slowed_down(accounts: Accounts):
    accounts.create(username="guessed", password="right", role="operator")

    for _ in range(5):
        with pytest.raises(WrongCredentials):
            accounts.login("guessed", "wrong", "198.51.100.1")

    with pytest.raises(TooManyAttempts):
        accounts.login("guessed", "right", "198.51.100.1")
    assert accounts.login("guessed", "right", "198.51.100.2").role == "operator"


def test_logging_out_and_disabling_reach_other_processes(accounts: Accounts):
    account, _ = accounts.create(username="leaving", password="x", role="operator")
    accounts.end("token")
    accounts.set_disabled("leaving")

    other_process = Accounts(accounts._database)

    assert other_process.is_ended("anybody", "token")
    assert other_process.is_ended(account.account_id, "another token")
    assert not other_process.is_ended("anybody", "another token")


def test_readings_are_kept(accounts: Accounts):
    read = Read(
        at="2026-09-01T15:30:00+08:00",
        account_id="a1",
        role="teacher",
        operation="get_student",
        subject_kind="student",
        subject_id="st1",
        purpose="record",
        request_id="r1",
    )

    accounts.record_read(read)

    (kept,) = accounts.reads_of("st1", after=None, limit=5)
    assert {name: kept[name] for name in Read.__slots__} == {
        name: getattr(read, name) for name in Read.__slots__
    }


def _opens(accounts: Accounts, username: str, password: str) -> bool:
    try:
        accounts.login(username, password, password)
    except WrongCredentials:
        return False
    return True
