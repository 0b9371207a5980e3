"""Uploading a roster, and its verdicts as a file."""

from __future__ import annotations

import base64
import csv
import io

import pytest
from openpyxl import load_workbook

from gateway.requests import UPLOAD_LIMIT
from tests.component.gateway.world import OFFICE, World

PATH = "/api/v1/schools/s1/imports"
KEY = {"Idempotency-Key": "k"}
ROWS = [
    {
        "line": 2,
        "outcome": "created",
        "student_id": "st1",
        "code": None,
        "field": None,
        "detail": None,
    },
    {
        "line": 3,
        "outcome": "refused",
        "student_id": None,
        "code": "roster.name-missing",
        "field": "=name",
        "detail": {"zh": "没有姓名。请补填。", "en": "No name. Fill it in."},
    },
]


@pytest.fixture(name="enrollment", autouse=True)
def _enrollment(world: World):
    body = {"import_id": "i1", "dry_run": False, "created": 1, "refused": 1, "rows": ROWS}
    world.services.answers("check_roster", **{**body, "import_id": None, "dry_run": True})
    world.services.replies["import_roster"] = {
        "status": "ok",
        "body": body,
        "version": 1,
        "created": True,
    }
    world.services.answers("get_import", **body)


def upload(world: World, query: str = "", content: bytes = b"PK", **headers: str):
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="名册.xlsx"\r\n\r\n'
    return world.client.post(
        PATH + query,
        data=head.encode() + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={**world.as_(OFFICE), **headers},
    )


def test_trying_stores_nothing_and_needs_no_key(world: World):
    response = upload(world, "?dry_run=true", b"PK content")

    assert response.status_code == 200
    assert response.json["rows"] == ROWS
    call = world.services.last
    assert (call.operation, call.params) == ("check_roster", {"school_id": "s1"})
    assert call.body["filename"] == "名册.xlsx"
    assert base64.b64decode(call.body["content_base64"]) == b"PK content"


def test_importing(world: World):
    response = upload(world, "", **KEY)

    assert (response.status_code, response.headers["ETag"]) == (201, '"1"')
    assert world.services.last.operation == "import_roster"


def test_importing_needs_a_key(world: World):
    assert upload(world).json["code"] == "idempotency-key-required"


@pytest.mark.parametrize(
    ("query", "accept", "mimetype"),
    [
        ("", None, "application/json"),
        ("", "*/*", "application/json"),
        ("", "text/csv", "text/csv"),
        ("&as=file", None, "text/csv"),
        ("&as=json", "text/csv", "application/json"),
        ("&as=xlsx", None, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_the_verdicts_come_back_as_wanted(
    world: World, query: str, accept: str | None, mimetype: str
):
    response = upload(world, f"?dry_run=true{query}", **({"Accept": accept} if accept else {}))

    assert (response.status_code, response.mimetype) == (200, mimetype)


def test_verdicts_as_csv_open_in_a_spreadsheet(world: World):
    response = world.client.get("/api/v1/imports/i1/verdicts", headers=world.as_(OFFICE))

    assert response.data.startswith(b"\xef\xbb\xbf")
    assert 'filename="verdicts-i1.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows == [
        ["行号", "结果", "列", "说明", "代码", "学生编号"],
        ["2", "新增", "", "", "", "st1"],
        ["3", "未导入", "'=name", "没有姓名。请补填。", "roster.name-missing", ""],
    ]


def test_verdicts_as_a_workbook_in_english(world: World):
    response = world.client.get(
        "/api/v1/imports/i1/verdicts?as=xlsx",
        headers={**world.as_(OFFICE), "Accept-Language": "en"},
    )

    sheet = load_workbook(io.BytesIO(response.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("Row", "Outcome", "Column")
    assert rows[2][:4] == (3, "refused", "'=name", "No name. Fill it in.")


def test_the_template_is_a_workbook_under_its_chinese_name(world: World):
    file = {"filename": "名册.xlsx", "media_type": "application/x", "content_base64": "UEs="}
    world.services.answers("get_roster_template", file=file)

    response = world.client.get("/api/v1/roster-template", headers=world.as_(OFFICE))

    assert (response.data, response.mimetype) == (b"PK", "application/x")
    assert "filename*=UTF-8''%E5%90%8D%E5%86%8C.xlsx" in response.headers["Content-Disposition"]


def test_showing_an_import(world: World):
    assert world.client.get("/api/v1/imports/i1", headers=world.as_(OFFICE)).json["created"] == 1


def test_ten_megabytes_pass_and_more_than_twenty_do_not(world: World):
    assert upload(world, "?dry_run=1", b"x" * (10 * 1024 * 1024)).status_code == 200
    for size in (UPLOAD_LIMIT + 1, UPLOAD_LIMIT + 1024 * 1024):
        response = upload(world, "?dry_run=1", b"x" * size)
        assert (response.status_code, response.json["code"]) == (413, "body-too-large")


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"PK", "application/zip", 415),
        (b"", "multipart/form-data", 422),
        (b"garbage", "multipart/form-data; boundary=x", 422),
        (b"--x\r\nContent-Disp", "multipart/form-data; boundary=x", 422),
    ],
)
def test_what_is_no_upload_is_refused(world: World, data: bytes, content_type: str, status: int):
    response = world.client.post(
        f"{PATH}?dry_run=true", data=data, content_type=content_type, headers=world.as_(OFFICE)
    )

    assert response.status_code == status
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("query", ["?dry_run=perhaps", "?as=pdf", "?dryrun=true"])
def test_wrong_arguments_are_named(world: World, query: str):
    assert upload(world, query, **KEY).status_code == 422
