"""Walks the OpenAPI document and sends nonsense to the real services: never a 5xx."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from contracts.shapes import Operation
from tests.integration.gateway.bodies import fields_of, sensible_body
from tests.integration.gateway.conftest import Platform
from tests.integration.gateway.routes import ROUTES, is_post, path_of

NONSENSE: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    2**53 - 1,
    "",
    " ",
    "x" * 100_000,
    "9999-12-31",
    "0001-01-01",
    "2026-13-45",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00",
    "2026-99",
    "'; DROP TABLE students; --",
    "\u202e\ufffe\U0001f600",
    [],
    [None],
    [[]],
    ["x"] * 2000,
    {},
    {"x": 1},
    [{"student_id": "x1", "status": "absent"}] * 3,
)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.service}.{route.name}")
def test_nonsense_in_any_field_is_never_a_failure(
    platform: Platform, spec: dict[str, Any], route: Operation
):
    client = platform.app.test_client()
    role = min(route.roles)
    headers = platform.as_(role)
    path = "/api/v1" + re.sub(r"\{\w+\}", "x1", path_of(route))
    fields = fields_of(spec, route)
    good = sensible_body(fields)

    for name in fields:
        for number, value in enumerate(NONSENSE):
            sent = {**good, name: value}
            if is_post(route):
                key = {"Idempotency-Key": f"{route.name}-{name}-{number}"}
                response = client.post(path, json=sent, headers={**headers, **key})
            else:
                text = {key: str(each)[:900] for key, each in sent.items() if each is not None}
                response = client.get(path, query_string=text, headers=headers)
            assert response.status_code < 500, (sent, response.text)
            if response.status_code >= 400:
                assert response.mimetype == "application/problem+json"
                assert response.json["detail"]


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * (300 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("r.csv", b""),
        ("r.csv", b"\x00" * 1000),
        ("r.csv", "姓名,班级\n王小明,三年级2班".encode("utf-16-le")),
        ("r.xlsx", b"PK\x03\x04 not really"),
        ("r.zip", b"PK\x05\x06" + b"\x00" * 18),
        ("r.exe", b"MZ"),
        ("../../etc/passwd", b"root"),
        ("", b"x"),
        ("r.xlsx", None),
        ("big.csv", b"x" * (10 * 1024 * 1024)),
    ],
)
@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_a_strange_file_is_never_a_failure(
    platform: Platform, filename: str, content: bytes | None, dry_run: str
):
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    content = _zip_bomb() if content is None else content

    response = platform.app.test_client().post(
        f"/api/v1/schools/x1/imports?dry_run={dry_run}",
        data=head.encode() + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={**platform.as_("school_office"), "Idempotency-Key": f"{filename}-{len(content)}"},
    )

    assert 400 <= response.status_code < 500, response.text
    assert response.json["detail"]
