"""Accounts made over the API, by a school office and by an operator."""

from __future__ import annotations

import itertools

import pytest

from chassis.kernel.call import Principal
from tests.component.gateway.world import GUARD, GUARDIAN, OFFICE, OPERATOR, World

names = (f"new.person{n}" for n in itertools.count())


@pytest.fixture(name="school", autouse=True)
def _school(world: World):
    world.services.answers("get_names", names={"p7": {"name": "李老师"}})
    world.services.answers("list_classes", items=[{"class_id": "c1"}, {"class_id": "c2"}])


def post(world: World, body: dict[str, object], by: Principal = OFFICE, path: str = "schools/s1/"):
    return world.client.post(f"/api/v1/{path}accounts", json=body, headers=world.as_(by))


def teacher(**more: object) -> dict[str, object]:
    return {
        "username": next(names),
        "role": "teacher",
        "person_id": "p7",
        "class_ids": ["c1"],
        **more,
    }


def test_an_office_makes_an_account_and_hands_over_its_first_password(world: World):
    body = teacher()

    response = post(world, body)

    assert response.status_code == 201
    password = response.json["initial_password"]
    token = {"username": body["username"], "password": password}
    assert world.client.post("/api/v1/auth/token", json=token).status_code == 200
    assert response.json["password_change_due"] is True
    assert (response.json["school_id"], response.json["class_ids"]) == ("s1", ["c1"])


def test_the_password_is_told_once(world: World):
    body = teacher()
    first = post(world, body)

    again = post(world, body)

    assert again.status_code == 200
    assert again.json == {**first.json, "initial_password": None}


def test_a_taken_name_is_refused(world: World):
    body = teacher()
    post(world, body)

    response = post(world, {**body, "class_ids": ["c2"]})

    assert (response.status_code, response.json["code"]) == (409, "accounts.username-taken")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"person_id": "p-elsewhere"}, "person_id"),
        ({"person_id": None}, "person_id"),
        ({"class_ids": ["c9"]}, "class_ids"),
        ({"role": "bureau"}, "role"),
        ({"role": "operator"}, "role"),
        ({"role": "school_office"}, "role"),
        ({"username": "a b"}, "username"),
        ({"school_id": "s2"}, "school_id"),
        ({"password": "chosen"}, "password"),
    ],
)
def test_an_office_stays_within_its_school(world: World, more: dict[str, object], field: str):
    response = post(world, teacher(**more))

    assert (response.status_code, list(response.json["errors"])) == (422, [field])


def test_not_for_another_school(world: World):
    assert post(world, teacher(), path="schools/s2/").status_code == 404


@pytest.mark.clause("P1-005")
@pytest.mark.parametrize("by", [GUARD, GUARDIAN, OPERATOR])
def test_nobody_else_makes_a_schools_accounts(world: World, by: Principal):
    assert post(world, teacher(), by).status_code == 403


@pytest.mark.clause("P1-005")
@pytest.mark.parametrize("by", [GUARD, GUARDIAN, OFFICE])
def test_only_an_operator_makes_any_account(world: World, by: Principal):
    body = {"username": next(names), "role": "bureau", "district_id": "d1"}

    assert post(world, body, by, path="").status_code == 403
    assert post(world, body, OPERATOR, path="").status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "bureau"}, "district_id"),
        ({"role": "school_office"}, "school_id"),
        ({"role": "guardian", "school_id": "s1"}, "person_id"),
        ({"role": "king"}, "role"),
    ],
)
def test_an_account_has_the_scope_of_its_role(world: World, body: dict[str, object], field: str):
    response = post(world, {"username": next(names), **body}, OPERATOR, path="")

    assert (response.status_code, list(response.json["errors"])) == (422, [field])


def test_an_office_sees_its_accounts(world: World):
    username = post(world, teacher()).json["username"]

    response = world.client.get("/api/v1/schools/s1/accounts?limit=500", headers=world.as_(OFFICE))

    assert username in [item["username"] for item in response.json["items"]]
    assert "password" not in response.text.replace("password_change_due", "")
    elsewhere = world.client.get("/api/v1/schools/s2/accounts", headers=world.as_(OFFICE))
    assert elsewhere.status_code == 404
