"""Health, metrics, headers, the demo clock, the event feed, settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.clock import DemoClock
from chassis.settings import WrongSetting
from gateway.accounts import Accounts
from gateway.clients import ServiceUnavailable
from gateway.settings import from_environment
from tests.component.gateway.world import GUARD, NOW, OFFICE, OPERATOR, World, world_over

GOOD = {
    "HP3_GATEWAY_DATABASE_URL": "sqlite:///gateway.sqlite",
    "HP3_AMQP_URL": "amqp://localhost",
    "HP3_TOKEN_KEY": "ab" * 32,
    "HP3_COOKIE_SECRET": "cd" * 32,
}


@pytest.fixture(name="demo")
def _demo(accounts: Accounts) -> Iterator[World]:
    return world_over(accounts, DemoClock(NOW, datetime.now(UTC)))


def move(world: World, now: object, by=OPERATOR):
    return world.client.post("/api/v1/ops/demo-clock", json={"now": now}, headers=world.as_(by))


def test_alive_needs_nothing(world: World):
    assert world.client.get("/healthz").json == {"status": "ok"}
    assert world.services.calls == []


def test_ready_asks_every_service(world: World):
    response = world.client.get("/readyz")

    assert response.status_code == 200
    asked = {call.service for call in world.services.calls}
    assert asked == {"enrollment", "fees", "attendance", "safety", "audit"}


@pytest.mark.parametrize(
    "failure", [ServiceUnavailable(), RuntimeError(), {"status": "refused", "kind": "internal"}]
)
def test_not_ready_while_a_service_is_silent(world: World, failure):
    world.services.replies["read_heads"] = failure

    response = world.client.get("/readyz")

    assert response.status_code == 503
    assert response.json["parts"]["audit"] == "no answer"
    assert response.headers["Retry-After"]


def test_metrics_count_by_route_and_never_by_child(world: World):
    world.client.get("/api/v1/students/st-secret/today", headers=world.as_(OFFICE))
    world.client.open("/healthz", method="BREW")

    text = world.client.get("/metrics").text

    assert 'route="/api/v1/students/<id:student_id>/today",status="200"' in text
    assert "st-secret" not in text
    assert "BREW" not in text


@pytest.mark.parametrize("path", ["/api/v1/me", "/docs", "/nothing", "/healthz"])
def test_every_answer_carries_the_protecting_headers(world: World, path: str):
    headers = world.client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "Strict-Transport-Security" not in headers


def test_https_is_for_ever(world: World):
    headers = world.client.get("/healthz", base_url="https://hp3.example").headers

    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_behind_a_proxy_the_client_is_who_it_says(accounts: Accounts):
    from chassis.testing.world import TOKEN_KEY, FixedClock
    from gateway.app import create_app
    from tests.component.gateway.world import FakeServices

    app = create_app(
        caller=FakeServices(),
        accounts=accounts,
        clock=FixedClock(NOW),
        token_key=TOKEN_KEY,
        cookie_secret=b"c",
        trusted_proxies=1,
    )

    headers = app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers

    assert "Strict-Transport-Security" in headers


def test_an_operator_moves_the_demo_clock_forward(demo: World):
    tomorrow = (NOW + timedelta(days=1)).isoformat()

    response = move(demo, tomorrow)

    assert response.status_code == 200
    assert response.json["now"][:16] == tomorrow[:16]
    shown = demo.client.get("/api/v1/ops/demo-clock", headers=demo.as_(GUARD)).json
    assert (shown["demo"], shown["now"][:16]) == (True, tomorrow[:16])


def test_never_backward(demo: World):
    response = move(demo, (NOW - timedelta(hours=1)).isoformat())

    assert (response.status_code, response.json["code"]) == (409, "ops.clock-goes-backward")


def test_nobody_else_moves_it(demo: World):
    assert move(demo, NOW.isoformat(), by=OFFICE).status_code == 403


@pytest.mark.parametrize("now", ["tomorrow", 5, None, "2026-09-02T10:00:00", "9999-99-99"])
def test_an_instant_has_an_offset(demo: World, now: object):
    assert move(demo, now).status_code == 422


def test_the_end_of_the_calendar_is_out_of_reach(demo: World):
    """A clock that stood there could not tell the time any more, for ever."""
    assert move(demo, "9999-12-31T23:59:59-12:00").status_code == 422


def test_real_time_is_not_moved(world: World):
    response = move(world, (NOW + timedelta(days=1)).isoformat())

    assert (response.status_code, response.json["code"]) == (409, "ops.no-demo-clock")


def test_the_feed_is_one_envelope_per_line(world: World):
    world.services.answers("read_events", items=[{"seq": 4, "type": "一"}, {"seq": 5}])

    response = world.client.get(
        "/api/v1/events?partition=s1&service=fees&after_seq=3", headers=world.as_(OPERATOR)
    )

    assert response.mimetype == "application/x-ndjson"
    assert [json.loads(line)["seq"] for line in response.text.splitlines()] == [4, 5]
    call = world.services.last
    assert (call.service, call.body) == (
        "fees",
        {"partition": "s1", "after_seq": 3, "limit": 1000},
    )


def test_without_a_service_the_feeds_follow_one_another(world: World):
    world.services.answers("read_events", items=[{"seq": 1}])

    response = world.client.get("/api/v1/events?partition=s1", headers=world.as_(OPERATOR))

    assert len(response.text.splitlines()) == 5
    assert [c.service for c in world.services.calls] == [
        "enrollment",
        "fees",
        "attendance",
        "safety",
        "audit",
    ]


@pytest.mark.parametrize(
    "query",
    ["", "?partition=s1&service=gateway", "?partition=s1&after_seq=-1", "?partition=s1&x=1"],
)
def test_the_feeds_arguments_are_checked(world: World, query: str):
    response = world.client.get(f"/api/v1/events{query}", headers=world.as_(OPERATOR))

    assert response.status_code == 422


def test_settings_come_from_the_environment(tmp_path: Path):
    secret = tmp_path / "cookie"
    secret.write_text("cd" * 32 + "\n", encoding="ascii")
    environment = {**GOOD, "HP3_COOKIE_SECRET": "", "HP3_COOKIE_SECRET_FILE": str(secret)}

    settings = from_environment({**environment, "HP3_TRUSTED_PROXIES": "2"})

    assert settings.cookie_secret == bytes.fromhex("cd" * 32)
    assert settings.trusted_proxies == 2
    assert "cd" * 32 not in repr(settings)


@pytest.mark.parametrize("name", list(GOOD))
def test_a_missing_setting_is_named(name: str):
    with pytest.raises(WrongSetting, match=name):
        from_environment({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize("count", ["many", "-1", "1.5"])
def test_a_wrong_count_is_named(count: str):
    with pytest.raises(WrongSetting, match="HP3_TRUSTED_PROXIES"):
        from_environment({**GOOD, "HP3_TRUSTED_PROXIES": count})
