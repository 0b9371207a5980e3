"""Role × operation, over HTTP and the real services: who may not is told so, everywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.api.routing import Command, Route
from tests.integration.gateway.conftest import ROLES, Platform
from tests.integration.gateway.test_routes_match_services import ROUTES, route_of


def send(platform: Platform, route: Route, role: str, client: FlaskClient) -> Any:
    path = "/api/v1" + re.sub(r"\{\w+\}", "x1", route.path)
    headers = {**platform.as_(role), "Idempotency-Key": "k"}
    if isinstance(route, Command):
        return client.post(path, json={}, headers=headers)
    return client.get(path, headers=headers)


@pytest.mark.clause("P1-005")
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.service}.{route.operation}")
def test_only_the_roles_of_an_operation_get_past_the_door(platform: Platform, route: Route):
    allowed = route_of(platform, route.service, route.operation).roles
    client = platform.app.test_client()

    for role in ROLES:
        response = send(platform, route, role, client)
        refused = response.status_code == 403 and response.json["code"] == "not-permitted"
        assert refused is (role not in allowed), (role, response.text)
        assert response.status_code < 500, (role, response.text)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.service}.{route.operation}")
def test_nobody_gets_past_the_door_without_a_login(platform: Platform, route: Route):
    client = platform.app.test_client()
    path = "/api/v1" + re.sub(r"\{\w+\}", "x1", route.path)
    headers = {"Idempotency-Key": "k"}

    response = (
        client.post(path, json={}, headers=headers)
        if isinstance(route, Command)
        else client.get(path, headers=headers)
    )

    assert (response.status_code, response.json["code"]) == (401, "not-authenticated")
