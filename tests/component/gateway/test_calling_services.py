"""What travels with a call, and how an answer comes back."""

from __future__ import annotations

import pytest

from chassis.security import principal_of
from chassis.testing.world import TOKEN_KEY
from tests.component.gateway.world import GUARD, World

PATH = "/api/v1/schools/s1/handovers"


def post(world: World, body: object = None, **headers: str):
    return world.client.post(PATH, json=body or {}, headers={**world.as_(GUARD), **headers})


def test_the_caller_and_the_request_travel_along(world: World):
    response = post(
        world,
        {"student_id": "st1"},
        **{"Idempotency-Key": "k-1", "If-Match": '"7"', "X-Request-Id": "req-1"},
    )

    call = world.services.last
    assert (call.service, call.operation) == ("attendance", "hand_over")
    assert (call.params, call.body) == ({"school_id": "s1"}, {"student_id": "st1"})
    assert principal_of(call.context.pop("token"), TOKEN_KEY) == GUARD
    assert call.context == {"correlation_id": "req-1", "idempotency_key": "k-1", "if_match": 7}
    assert response.headers["X-Request-Id"] == "req-1"


@pytest.mark.parametrize("given", ["", "no blanks", "x" * 65, "王"])
def test_a_request_gets_an_id_of_its_own_otherwise(world: World, given: str):
    response = post(world, **{"Idempotency-Key": "k", "X-Request-Id": given})

    made = response.headers["X-Request-Id"]
    assert len(made) == 36
    assert world.services.last.context["correlation_id"] == made


def test_a_command_needs_an_idempotency_key(world: World):
    response = post(world)

    assert (response.status_code, response.json["code"]) == (400, "idempotency-key-required")
    assert "Idempotency-Key" in response.json["detail"]
    assert world.services.calls == []


@pytest.mark.parametrize("key", ["x" * 101, "with blank", "tab\tbed"])
def test_a_key_is_short_and_visible(world: World, key: str):
    response = post(world, **{"Idempotency-Key": key})

    assert (response.status_code, response.json["code"]) == (400, "idempotency-key-malformed")


@pytest.mark.parametrize("etag", ["7", '"x"', 'W/"7"', '"0"', '"99999999999"', '"1", "2"'])
def test_if_match_is_an_etag_of_ours(world: World, etag: str):
    response = post(world, **{"Idempotency-Key": "k", "If-Match": etag})

    assert (response.status_code, response.json["code"]) == (400, "if-match-malformed")


def test_if_match_any(world: World):
    post(world, **{"Idempotency-Key": "k", "If-Match": "*"})

    assert world.services.last.context["if_match"] is None


@pytest.mark.parametrize(("created", "status"), [(True, 201), (False, 200)])
def test_a_command_answers_with_the_new_version(world: World, created: bool, status: int):
    world.services.replies["hand_over"] = {
        "status": "ok",
        "body": {"name": "王小明"},
        "version": 3,
        "created": created,
    }

    response = post(world, **{"Idempotency-Key": "k"})

    assert response.status_code == status
    assert response.headers["ETag"] == '"3"'
    assert response.mimetype == "application/json"
    assert "王小明" in response.text


def test_a_query_passes_its_arguments_and_can_be_asked_whether_anything_changed(world: World):
    world.services.answers("list_charges", items=[], next=None)
    headers = world.as_(GUARD)

    first = world.client.get("/api/v1/students/st1/charges?limit=5", headers=headers)
    etag = first.headers["ETag"]
    again = world.client.get(
        "/api/v1/students/st1/charges?limit=5", headers={**headers, "If-None-Match": etag}
    )

    assert world.services.last.body == {"limit": "5"}
    assert first.json == {"items": [], "next": None}
    assert (again.status_code, again.data) == (304, b"")


def test_an_option_travels_beside_the_path(world: World):
    world.client.get("/api/v1/policies/dexing?district_id=d2", headers=world.as_(GUARD))

    assert world.services.last.params == {"profile": "dexing", "district_id": "d2"}
    assert world.services.last.body == {}


def test_each_oversight_view_is_a_path(world: World):
    for view in ("enrollment", "plans", "funds", "custody", "incidents"):
        world.client.get(f"/api/v1/oversight/{view}?limit=9", headers=world.as_(GUARD))
        call = world.services.last
        assert (call.operation, call.params) == ("oversight", {"view": view})
        assert call.body == {"limit": "9"}


def test_a_pickup_code_never_stands_in_a_url(world: World):
    world.services.answers("find_code", ok=True, student_id="st1")

    response = world.client.post(
        "/api/v1/schools/s1/pickup-codes:find", json={"code": "123456"}, headers=world.as_(GUARD)
    )

    assert response.status_code == 200
    assert world.services.calls[0].body == {"code": "123456"}
