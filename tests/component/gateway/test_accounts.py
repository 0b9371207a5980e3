"""Accounts as stored."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from chassis.kernel.call import Principal
from gateway.accounts import Accounts, NewAccount, passwords, throttle
from gateway.accounts.model import UsernameTaken, WrongCredentials
from gateway.accounts.tables import login_attempts
from gateway.accounts.throttle import TooManyAttempts

OFFICE = {"role": "school_office", "school_id": "s1"}


def test_an_account_opens_with_its_password_only(accounts: Accounts):
    made, new = accounts.create(username="office", password="right", **OFFICE)

    assert new
    assert accounts.login("office", "right") == made
    assert made.principal == Principal(
        account_id=made.account_id, role="school_office", school_id="s1"
    )
    with pytest.raises(WrongCredentials):
        accounts.login("office", "wrong")


def test_making_it_again_changes_nothing(accounts: Accounts):
    made, _ = accounts.create(username="office", password="first", **OFFICE)

    again, new = accounts.create(username="OFFICE", password="second", **OFFICE)

    assert (again, new) == (made, False)
    assert accounts.login("office", "first") == made


def test_a_user_name_is_one_account(accounts: Accounts):
    accounts.create(username="li", password="x", **OFFICE)
    others = [
        NewAccount(username="wang", password="x", role="operator"),
        NewAccount(username="li", password="x", role="operator"),
    ]

    with pytest.raises(UsernameTaken):
        accounts.create_many(others)

    assert accounts.find("wang") is None, "all or none"


def test_a_thousand_accounts_with_one_password_are_hashed_once(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
):
    hashed: list[str] = []
    real = passwords.hash_password
    monkeypatch.setattr(passwords, "hash_password", lambda p: hashed.append(p) or real(p))
    new = [
        NewAccount(username=f"g{n}", password="same", role="guardian", person_id=f"p{n}")
        for n in range(1000)
    ]

    made = accounts.create_many(new)

    assert hashed == ["same"]
    assert len({account.account_id for account, _ in made}) == 1000
    assert accounts.login("g999", "same").person_id == "p999"


def test_an_old_hash_is_renewed_at_the_next_login(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
):
    weaker = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with monkeypatch.context() as patch:
        patch.setattr(passwords, "hash_password", weaker.hash)
        accounts.create(username="office", password="right", **OFFICE)

    assert "m=8," in _hash(accounts)
    accounts.login("office", "right")

    assert "m=19456,t=2,p=1" in _hash(accounts)
    accounts.login("office", "right")


def test_hashes_meet_owasps_minimum():
    assert passwords.hash_password("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_unknown_name_costs_a_hash_too(accounts: Accounts, monkeypatch: pytest.MonkeyPatch):
    checked: list[str] = []
    real = passwords._hasher.verify
    monkeypatch.setattr(
        passwords.PasswordHasher,
        "verify",
        lambda self, stored, password: checked.append(stored) or real(stored, password),
    )

    with pytest.raises(WrongCredentials):
        accounts.login("nobody", "x")

    assert checked == [passwords._NOBODY]


def test_waiting_grows_and_ends(accounts: Accounts, monkeypatch: pytest.MonkeyPatch):
    now = [5_000_000.0]
    monkeypatch.setattr(throttle.time, "time", lambda: now[0])
    monkeypatch.setattr(passwords, "matches", lambda _password, _stored: False)
    waits = []
    for _ in range(20):
        try:
            accounts.login("office", "x", "198.51.100.7")
        except WrongCredentials:
            continue
        except TooManyAttempts as refused:
            waits.append(refused.seconds)
            now[0] += refused.seconds

    assert waits == [15, 30, 60, 120, 240, 480, 900, 900][: len(waits)]
    assert len(waits) >= 7
    now[0] += throttle.FORGET_AFTER + 1
    with pytest.raises(WrongCredentials):
        accounts.login("office", "x", "198.51.100.7")


def test_a_hundred_thousand_made_up_names_do_not_fill_the_disk(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(throttle, "MAX_ROWS", 50)
    monkeypatch.setattr(passwords, "matches", lambda _password, _stored: False)

    for number in range(120):
        with pytest.raises(WrongCredentials):
            accounts.login(f"nobody-{number}", "x", "198.51.100.8")

    with accounts._database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(login_attempts)) == 50


def test_a_school_lists_its_accounts_page_by_page(accounts: Accounts):
    for name in ("b", "a", "c"):
        accounts.create(username=name, password="x", **OFFICE)
    accounts.create(username="other", password="x", role="school_office", school_id="s2")

    first = accounts.of_school("s1", after=None, limit=2)
    rest = accounts.of_school("s1", after=first[-1].username, limit=2)

    assert [a.username for a in (*first, *rest)] == ["a", "b", "c"]


def test_a_token_ended_in_one_process_ends_in_the_others(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
):
    other_process = Accounts(accounts._database)
    assert not other_process.is_ended("a1", "token")

    accounts.end("token")
    accounts.end("token")

    assert accounts.is_ended("a1", "token")
    monkeypatch.setattr(other_process._endings, "_fresh_until", 0.0)
    assert other_process.is_ended("a1", "token")
    assert not other_process.is_ended("a1", "another token")


def test_the_database_that_is_gone_does_not_answer(accounts: Accounts):
    assert accounts.answers()

    with accounts._database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE accounts RENAME TO accounts_gone")
        connection.exec_driver_sql("ALTER TABLE accounts_gone RENAME TO accounts")
    assert accounts.answers()


def _hash(accounts: Accounts) -> str:
    with accounts._database.read() as connection:
        return str(connection.exec_driver_sql("SELECT password_hash FROM accounts").scalar())
