"""The OpenAPI document is valid, complete, and true about what is refused."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.component.gateway.world import OPERATOR, World

KEY = {"Idempotency-Key": "k"}


@cache
def document(world: World) -> dict[str, Any]:
    return dict(world.client.get("/openapi.json").json)


def operations(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document(world)["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post")
    ]


def test_the_document_is_openapi_3_1(world: World):
    """Its validity is checked in tests/integration: the validator takes seconds."""
    assert document(world)["openapi"] == "3.1.0"


def test_every_route_of_the_api_is_documented(world: World):
    routes = {
        (method.lower(), re.sub(r"<id:(\w+)>", r"{\1}", rule.rule))
        for rule in world.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }

    assert routes == {(method, path) for method, path, _ in operations(world)}


def test_names_are_unique_and_every_operation_says_what_it_refuses(world: World):
    found = operations(world)

    ids = [operation["operationId"] for _, _, operation in found]
    assert len(set(ids)) == len(ids)
    for _, path, operation in found:
        assert operation["summary"], path
        assert "application/problem+json" in str(operation["responses"]["default"]), path


def test_the_calls_that_outside_clients_rely_on_exist(world: World):
    relied_on = {
        ("post", "/auth/token"),
        ("get", "/me"),
        ("get", "/policies/{profile}"),
        ("post", "/schools/{school_id}/imports"),
        ("post", "/schools/{school_id}/applications"),
        ("post", "/applications/{application_id}/accept"),
        ("post", "/schools/{school_id}/publicities"),
        ("post", "/publicities/{publicity_id}/confirm"),
        ("post", "/applications/{application_id}/sign-agreement"),
        ("post", "/schools/{school_id}/charges:run"),
        ("get", "/students/{student_id}/charges"),
        ("post", "/schools/{school_id}/sessions"),
        ("post", "/sessions/{session_id}/roll"),
        ("post", "/students/{student_id}/pickup-authorisations"),
        ("post", "/students/{student_id}/pickup-codes"),
        ("post", "/schools/{school_id}/handovers"),
        ("post", "/schools/{school_id}/incidents"),
        ("get", "/oversight/enrollment"),
        ("get", "/oversight/funds"),
        ("get", "/oversight/custody"),
        ("get", "/oversight/incidents"),
        ("get", "/events"),
        ("post", "/ops/demo-clock"),
    }

    there = {(method, path.removeprefix("/api/v1")) for method, path, _ in operations(world)}

    assert relied_on <= there


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'"x"', "application/json"),
        (b'{"no_such_field": 1}', "application/json"),
        (b'{"no_such_field": "\\u0000"}', "application/json"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"<x/>", "application/xml"),
        (b"", "multipart/form-data; boundary="),
    ],
)
def test_garbage_is_a_4xx_problem_everywhere(world: World, body: bytes, content_type: str):
    """What the services check is refused by a fake here; the real ones are in tests/integration."""
    for method, path, operation in operations(world):
        if method != "post":
            continue
        _refuse_everything(world, operation)
        response = world.client.post(
            _concrete(path), data=body, content_type=content_type, headers=_headers(world)
        )
        assert 400 <= response.status_code < 500, (path, response.text)
        _check_problem(world, response.json)


def test_unknown_arguments_are_a_4xx_problem_everywhere(world: World):
    for method, path, operation in operations(world):
        if method != "get":
            continue
        _refuse_everything(world, operation)
        response = world.client.get(f"{_concrete(path)}?no_such=1", headers=_headers(world))
        if path in ("/api/v1/me",):
            continue
        assert 400 <= response.status_code < 500, (path, response.text)


def test_docs_show_every_operation_without_scripts_or_foreign_hosts(world: World):
    page = world.client.get("/docs")

    assert page.status_code == 200
    for _, path, operation in operations(world):
        assert f'id="{operation["operationId"]}"' in page.text, path
    assert "<script" not in page.text
    assert re.findall(r'(?:src|href)="https?://', page.text) == []
    with world.client.get("/docs/static/docs.css") as style:
        assert style.status_code == 200
    assert "429" in world.client.get("/docs/problems").text


def _headers(world: World) -> dict[str, str]:
    return {**KEY, **world.as_(OPERATOR)}


def _concrete(path: str) -> str:
    return re.sub(r"\{\w+\}", "x1", path)


def _refuse_everything(world: World, operation: dict[str, Any]) -> None:
    world.services.replies.clear()
    name = re.sub(
        r"_(enrollment|plans|funds|custody|incidents|fees|attendance|safety|audit)$",
        "",
        operation["operationId"],
    )
    for each in (operation["operationId"], name, "check_roster", "get_student"):
        world.services.refuses(each, "invalid", errors={"no_such_field": ["Unknown field."]})


def _check_problem(world: World, problem: dict[str, Any]) -> None:
    spec = document(world)
    schema = {**spec["components"]["schemas"]["Problem"], "components": spec["components"]}
    Draft202012Validator(schema).validate(problem)
