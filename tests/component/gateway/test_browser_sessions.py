"""The session cookie, and requests that other sites forge with it."""

from __future__ import annotations

import pytest
from flask import Response
from flask.testing import FlaskClient

from chassis.security import issue_token
from chassis.testing.world import TOKEN_KEY
from gateway.sessions import COOKIE, sign_in
from tests.component.gateway.world import OFFICE, World

PATH = "/api/v1/applications/a1/accept"
KEY = {"Idempotency-Key": "k"}


@pytest.fixture(name="browser")
def _browser(world: World) -> FlaskClient:
    client = world.client
    client.set_cookie(COOKIE, issue_token(OFFICE, TOKEN_KEY))
    return client


def test_the_cookie_is_known(browser: FlaskClient):
    assert browser.get("/api/v1/me").json["role"] == "school_office"


def test_a_forged_post_is_refused(browser: FlaskClient, world: World):
    response = browser.post(PATH, headers=KEY)

    assert (response.status_code, response.json["code"]) == (403, "csrf")
    assert world.services.calls == []


def test_the_sessions_token_lets_a_post_through(browser: FlaskClient):
    token = browser.get("/api/v1/me").json["csrf_token"]

    assert browser.post(PATH, headers={**KEY, "X-CSRF-Token": token}).status_code == 200


def test_another_sessions_token_does_not(browser: FlaskClient, world: World):
    token = browser.get("/api/v1/me").json["csrf_token"]
    browser.set_cookie(COOKIE, issue_token(OFFICE, TOKEN_KEY, lifetime=60))

    assert browser.post(PATH, headers={**KEY, "X-CSRF-Token": token}).status_code == 403


def test_a_bearer_token_needs_none(browser: FlaskClient, world: World):
    assert browser.post(PATH, headers={**KEY, **world.as_(OFFICE)}).status_code == 200


def test_logging_in_from_another_site_is_refused(world: World):
    response = world.client.post("/login", headers={"Origin": "https://evil.example"})

    assert response.status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World):
    with world.app.test_request_context("https://hp3.example/login"):
        cookie = sign_in(Response(), "signed").headers["Set-Cookie"]

    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))


def test_without_https_the_cookie_still_works(world: World):
    with world.app.test_request_context("http://127.0.0.1:8000/login"):
        cookie = sign_in(Response(), "signed").headers["Set-Cookie"]

    assert "Secure" not in cookie


def test_logging_out_removes_the_cookie(browser: FlaskClient, world: World):
    browser.set_cookie(COOKIE, issue_token(OFFICE, TOKEN_KEY, lifetime=61))
    token = browser.get("/api/v1/me").json["csrf_token"]

    response = browser.post("/api/v1/auth/logout", headers={"X-CSRF-Token": token})

    assert response.status_code == 200
    assert browser.get_cookie(COOKIE) is None
