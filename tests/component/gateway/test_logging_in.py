"""Logging in and out over the API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.security import principal_of
from chassis.testing.world import TOKEN_KEY
from gateway.accounts import throttle
from gateway.accounts.throttle import FREE_ATTEMPTS
from tests.component.gateway.world import PASSWORD, World


@pytest.fixture(name="teacher", autouse=True)
def _teacher(world: World) -> Iterator[None]:
    world.accounts.create(
        username="Li.Laoshi",
        password=PASSWORD,
        role="teacher",
        person_id="p1",
        school_id="s1",
        class_ids=["c1", "c2"],
    )
    yield
    world.accounts.set_disabled("li.laoshi", False)


def log_in(world: World, username: str = "li.laoshi", password: str = PASSWORD, address: str = ""):
    return world.client.post(
        "/api/v1/auth/token",
        json={"username": username, "password": password},
        environ_overrides={"REMOTE_ADDR": address or "198.51.100.1"},
    )


def test_the_right_password_gives_a_token_of_role_and_scope(world: World):
    body = log_in(world).json

    principal = principal_of(body["access_token"], TOKEN_KEY)
    assert (principal.role, principal.school_id, principal.class_ids) == (
        "teacher",
        "s1",
        ("c1", "c2"),
    )
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 43200)


@pytest.mark.parametrize("username", ["LI.LAOSHI", " li.laoshi ", "ｌｉ．ｌａｏｓｈｉ"])
def test_user_names_do_not_depend_on_case_or_width(world: World, username: str):
    assert log_in(world, username).status_code == 200


@pytest.mark.parametrize("username", ["li.laoshi", "nobody"])
def test_a_wrong_password_and_an_unknown_name_look_the_same(world: World, username: str):
    response = log_in(world, username, "wrong", address="198.51.100.2")

    assert (response.status_code, response.json["code"]) == (401, "wrong-credentials")


def test_a_disabled_account_does_not_open(world: World):
    world.accounts.set_disabled("li.laoshi")

    assert log_in(world).status_code == 401


@pytest.mark.parametrize("body", [{}, {"username": "x"}, {"username": 1, "password": 2}])
def test_missing_fields_are_named(world: World, body: dict[str, object]):
    response = world.client.post("/api/v1/auth/token", json=body)

    assert response.status_code == 422
    assert set(response.json["errors"]) <= {"username", "password"}


def test_guessing_is_slowed_down_per_name_and_address(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    now = [1_000_000.0]
    monkeypatch.setattr(throttle.time, "time", lambda: now[0])
    guesser = "203.0.113.9"

    statuses = [log_in(world, password="x", address=guesser).status_code for _ in range(5)]
    refused = log_in(world, address=guesser)

    assert statuses == [401] * FREE_ATTEMPTS
    assert (refused.status_code, refused.json["code"]) == (429, "too-many-logins")
    wait = int(refused.headers["Retry-After"])
    assert 0 < wait <= 15
    assert log_in(world, address="203.0.113.10").status_code == 200
    now[0] += wait
    assert log_in(world, address=guesser).status_code == 200
    assert log_in(world, password="x", address=guesser).status_code == 401


def test_me_tells_account_role_and_scopes(world: World):
    token = log_in(world).json["access_token"]

    me = world.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json

    assert (me["username"], me["role"], me["roles"]) == ("li.laoshi", "teacher", ["teacher"])
    assert me["scopes"] == {
        "person_id": "p1",
        "school_id": "s1",
        "district_id": None,
        "class_ids": ["c1", "c2"],
    }
    assert "csrf_token" not in me


def test_after_logging_out_the_token_is_worthless(world: World):
    headers = {"Authorization": f"Bearer {log_in(world).json['access_token']}"}

    assert world.client.post("/api/v1/auth/logout", headers=headers).status_code == 200
    assert world.client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_disabled_accounts_token_is_worthless(world: World):
    headers = {"Authorization": f"Bearer {log_in(world).json['access_token']}"}
    world.accounts.set_disabled("li.laoshi")

    assert world.client.get("/api/v1/me", headers=headers).status_code == 401


def test_changing_the_password(world: World):
    world.accounts.create(
        username="new.guard",
        password="initial-pw",
        role="gate_guard",
        school_id="s1",
        password_change_due=True,
    )
    headers = {
        "Authorization": f"Bearer {log_in(world, 'new.guard', 'initial-pw').json['access_token']}"
    }
    post = world.client.post

    assert world.client.get("/api/v1/me", headers=headers).json["password_change_due"] is True
    wrong = {"password": "not-it", "new_password": "a-better-one"}
    assert post("/api/v1/auth/password", json=wrong, headers=headers).status_code == 401
    short = {"password": "initial-pw", "new_password": "short"}
    assert post("/api/v1/auth/password", json=short, headers=headers).status_code == 422
    right = {"password": "initial-pw", "new_password": "a-better-one"}
    assert post("/api/v1/auth/password", json=right, headers=headers).status_code == 200
    assert log_in(world, "new.guard", "a-better-one").status_code == 200
    assert world.client.get("/api/v1/me", headers=headers).json["password_change_due"] is False
