"""Every refusal and failure is a problem document that says what to do."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from chassis.kernel.errors import ConcurrencyConflict
from gateway.clients import ServiceUnavailable
from gateway.problems import PAGE_RENDERER
from tests.component.gateway.world import GUARD, OFFICE, World

MEMBERS = {"type", "title", "status", "detail", "code", "clauses", "request_id"}
KEY = {"Idempotency-Key": "k-1"}


def hand_over(world: World, **headers: str):
    return world.client.post(
        "/api/v1/schools/s1/handovers", json={}, headers={**world.as_(GUARD), **KEY, **headers}
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("conflict", 409),
        ("invalid", 422),
        ("forbidden", 403),
        ("unknown", 404),
        ("unauthenticated", 401),
        ("too-large", 413),
        ("too-many", 429),
        ("unsupported", 415),
        ("unavailable", 503),
    ],
)
def test_each_kind_of_refusal_has_its_status(world: World, kind: str, status: int):
    world.services.refuses("hand_over", kind)

    response = hand_over(world)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert set(response.json) == MEMBERS
    assert response.json["status"] == status
    assert response.json["code"] == "test.refused"
    assert response.json["clauses"] == ["P1-084"]


def test_errors_of_fields_are_passed_on(world: World):
    world.services.refuses("hand_over", "invalid", errors={"code": ["Missing data."]})

    assert hand_over(world).json["errors"] == {"code": ["Missing data."]}


@pytest.mark.parametrize(
    ("wanted", "detail", "language"),
    [
        ("", "不行，请改。", "zh-CN"),
        ("zh-CN,zh;q=0.9", "不行，请改。", "zh-CN"),
        ("en-GB,en;q=0.9,zh;q=0.5", "No; change it.", "en"),
        ("fr", "不行，请改。", "zh-CN"),
    ],
)
def test_the_caller_chooses_the_language(world: World, wanted: str, detail: str, language: str):
    world.services.refuses("hand_over", "conflict")

    response = hand_over(world, **{"Accept-Language": wanted} if wanted else {})

    assert response.json["detail"] == detail
    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize("kind", ["too-many", "unavailable"])
def test_who_is_told_to_wait_is_told_how_long(world: World, kind: str):
    world.services.refuses("hand_over", kind)

    assert int(hand_over(world).headers["Retry-After"]) > 0


def test_a_service_that_is_not_there_is_503(world: World):
    world.services.replies["hand_over"] = ServiceUnavailable()

    response = hand_over(world)

    assert response.status_code == 503
    assert response.json["code"] == "service-unavailable"
    assert response.headers["Retry-After"]


def test_writers_that_keep_meeting_are_told_to_try_again(world: World):
    world.services.replies["hand_over"] = ConcurrencyConflict()

    response = hand_over(world)

    assert (response.status_code, response.json["code"]) == (503, "busy")


def test_an_unexpected_failure_leaks_nothing(world: World, caplog: pytest.LogCaptureFixture):
    world.services.replies["hand_over"] = RuntimeError("password=hunter2")

    response = hand_over(world)

    assert response.status_code == 500
    assert "hunter2" not in response.text
    assert response.json["request_id"] in caplog.text


def test_a_database_that_is_away_is_503(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(world.accounts, "record_read", _away)

    response = world.client.get("/api/v1/students/st-unread/today", headers=world.as_(OFFICE))

    assert (response.status_code, response.json["code"]) == (503, "database-unavailable")


def test_children_go_home_while_the_accounts_are_away(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(world.accounts._endings, "_fresh_until", 0.0)
    monkeypatch.setattr(world.accounts._endings, "refresh", _away)

    assert hand_over(world).status_code == 200


def _away(*_args: object) -> None:
    raise OperationalError("SELECT secret", {}, Exception("connection refused"))


def test_no_such_path(world: World):
    response = world.client.get("/api/v1/nothing", headers=world.as_(OFFICE))

    assert (response.status_code, response.json["code"]) == (404, "no-such-path")


def test_a_wrong_method_names_the_right_ones(world: World):
    response = world.client.delete("/api/v1/me", headers=world.as_(OFFICE))

    assert (response.status_code, response.json["code"]) == (405, "method-not-allowed")
    assert "GET" in response.headers["Allow"]


def test_without_a_login_there_is_no_answer(world: World):
    response = world.client.get("/api/v1/schools/s1")

    assert (response.status_code, response.json["code"]) == (401, "not-authenticated")
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert world.services.calls == []


def test_a_forged_token_is_refused_before_any_service_is_asked(world: World):
    headers = {"Authorization": world.as_(OFFICE)["Authorization"][:-4] + "AAAA"}

    response = world.client.get("/api/v1/schools/s1", headers=headers)

    assert response.status_code == 401
    assert world.services.calls == []


def test_a_broken_error_page_does_not_hide_the_error(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(world.app.config, PAGE_RENDERER, lambda _error: 1 / 0)

    response = world.client.get("/nothing-here", headers={"Accept": "text/html"})

    assert (response.status_code, response.json["code"]) == (404, "no-such-path")


def test_a_person_gets_a_page_and_a_program_a_document(world: World):
    as_person = world.client.get("/nothing-here", headers={"Accept": "text/html"})
    as_program = world.client.get("/nothing-here", headers={"Accept": "application/json"})

    assert (as_person.status_code, as_person.mimetype) == (404, "text/html")
    assert (as_program.status_code, as_program.mimetype) == (404, "application/problem+json")
