"""Bodies and arguments that no service should ever see."""

from __future__ import annotations

import io
import json

import pytest

from gateway.requests import JSON_LIMIT
from tests.component.gateway.world import GUARD, World

PATH = "/api/v1/schools/s1/handovers"


def post(world: World, body: bytes | str, content_type: str = "application/json", path: str = PATH):
    headers = {**world.as_(GUARD), "Idempotency-Key": "k-1"}
    return world.client.post(path, data=body, content_type=content_type, headers=headers)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", "malformed-json"),
        ('{"a": NaN}', "malformed-json"),
        ('{"a": 1e999}', "malformed-json"),
        ('{"a": "\\ud800"}', "malformed-json"),
        ("{'a': 1}", "malformed-json"),
        (b'{"a": "\xff"}', "malformed-json"),
        ('{"name": "王"}'.encode("gbk"), "malformed-json"),
        ("[" * 100_000, "malformed-json"),
        ("[]", "json-object-expected"),
        ("null", "json-object-expected"),
        ('"text"', "json-object-expected"),
    ],
)
def test_what_is_no_json_object_is_400(world: World, body: bytes | str, code: str):
    response = post(world, body)

    assert (response.status_code, response.json["code"]) == (400, code)
    assert world.services.calls == []


@pytest.mark.parametrize(
    "value",
    [
        "\x00",
        ["fine", "not\x00fine"],
        {"deep": {"er": "\x00"}},
        {"\x00": 1},
        2**53,
        -(2**400),
        [[1, [2**64]]],
    ],
)
def test_values_that_cannot_be_kept_are_422_by_field(world: World, value: object):
    response = post(world, json.dumps({"good": "王", "bad": value}))

    assert response.status_code == 422
    assert list(response.json["errors"]) == ["bad"]
    assert world.services.calls == []


def test_a_field_name_with_nul_is_422(world: World):
    assert post(world, json.dumps({"a\x00b": 1})).status_code == 422


def test_nesting_has_an_end(world: World):
    value: object = "x"
    for _ in range(30):
        value = [value]

    assert post(world, json.dumps({"a": value})).status_code == 422


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_does_no_harm(world: World, mark: bytes):
    assert post(world, mark + '{"name": "王小明"}'.encode()).status_code == 200
    assert world.services.last.body == {"name": "王小明"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data"])
def test_another_content_type_is_415(world: World, content_type: str):
    response = post(world, "{}", content_type)

    assert (response.status_code, response.json["code"]) == (415, "unsupported-media-type")


def test_a_form_is_415_too(world: World):
    assert post(world, "a=1", "application/x-www-form-urlencoded").status_code == 415


def test_json_by_another_name_is_json(world: World):
    assert post(world, "{}", "application/merge-patch+json").status_code == 200


def test_a_body_over_the_limit_is_413(world: World):
    response = post(world, json.dumps({"a": "x" * JSON_LIMIT}))

    assert (response.status_code, response.json["code"]) == (413, "body-too-large")


def test_a_body_without_a_length_is_limited_too(world: World):
    stream = io.BytesIO(b" " * (2 * JSON_LIMIT))

    response = world.client.post(
        PATH,
        input_stream=stream,
        content_type="application/json",
        environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True},
        headers={**world.as_(GUARD), "Idempotency-Key": "k-1"},
    )

    assert response.status_code == 413
    assert stream.read() == b""


def test_a_refused_body_is_read_to_its_end(world: World):
    """Else the client sees a broken connection in place of the answer."""
    stream = io.BytesIO(b" " * (10 * JSON_LIMIT))

    response = world.client.post(PATH, input_stream=stream, content_type="application/json")

    assert response.status_code == 401
    assert stream.read() == b""


def test_a_command_without_fields_takes_none(world: World):
    path = "/api/v1/applications/a1/accept"

    assert post(world, b"", path=path).status_code == 200
    assert post(world, "{}", path=path).status_code == 200
    refused = post(world, '{"reason": "typing error"}', path=path)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["reason"])


def test_a_query_without_arguments_takes_none(world: World):
    response = world.client.get("/api/v1/schools/s1?limt=3", headers=world.as_(GUARD))

    assert (response.status_code, list(response.json["errors"])) == (422, ["limt"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/schools/%00", 404),
        ("/api/v1/schools/" + "x" * 65, 404),
        ("/api/v1/schools/a%20b", 404),
        ("/api/v1/students/s1/charges?after=%00", 422),
        ("/api/v1/students/s1/charges?after=" + "x" * 1001, 414),
    ],
)
def test_paths_and_arguments_stay_within_reason(world: World, path: str, status: int):
    response = world.client.get(path, headers=world.as_(GUARD))

    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert world.services.calls == []


def test_an_unknown_id_with_odd_letters_is_the_services_to_judge(world: World):
    world.client.get("/api/v1/schools/学校一", headers=world.as_(GUARD))

    assert world.services.last.params == {"school_id": "学校一"}
