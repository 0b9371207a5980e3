"""Documents over HTTP and the real enrollment service: printed, refused, on record."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import Principal
from chassis.security import issue_token
from chassis.testing.world import TOKEN_KEY, fresh_sqlite
from gateway.accounts import Accounts
from gateway.app import create_app
from services.enrollment import migrations
from tests.component.enrollment.test_documents import enrol
from tests.component.enrollment.world import (
    DEXING,
    OTHER,
    PUPILS,
    SCHOOL,
    World,
    bureau,
    guardian,
    office,
    open_world,
)

FINANCE = Principal(account_id="finance", role="school_finance", school_id=SCHOOL)
ROSTER = f"/api/v1/schools/{SCHOOL}/roster.xlsx"


class School:
    """A gateway over one real service."""

    def __init__(self, world: World, accounts: Accounts) -> None:
        self.world = world
        self.accounts = accounts
        world.import_rows(*PUPILS)
        self.pupil = world.pupil("张小明")
        self.parent = world.parent_of(self.pupil)
        self.application = {"application_id": world.apply(self.pupil)["application_id"]}
        self.client: FlaskClient = create_app(
            caller=self,
            accounts=accounts,
            clock=world.clock,
            token_key=TOKEN_KEY,
            cookie_secret=b"c" * 32,
        ).test_client()

    def call(self, service: str, operation: str, *asked: Any) -> WireReply:
        assert service == "enrollment"
        return self.world.service.application.handle(operation, *asked)

    def get(self, path: str, who: Principal, **headers: str) -> Any:
        bearer = {"Authorization": f"Bearer {issue_token(who, TOKEN_KEY)}"}
        return self.client.get(path, headers={**bearer, **headers})

    def document(self, name: str, who: Principal) -> Any:
        path = f"/api/v1/applications/{self.application['application_id']}/{name}.pdf"
        return self.get(path, who)

    def readings(self) -> list[tuple[str, str]]:
        found = self.accounts.reads_of(self.pupil["student_id"], after=None, limit=50)
        return [(each["account_id"], each["operation"]) for each in found]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    world = open_world(fresh_sqlite(tmp_path / "enrollment.sqlite", migrations))
    accounts = Accounts.open(f"sqlite:///{tmp_path / 'gateway.sqlite'}")
    yield School(world, accounts)
    accounts.close()
    world.service.database.close()


def words(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


@pytest.mark.clause("P1-061", "P2-049")
def test_a_parent_gets_the_written_application_and_can_check_its_hash_on_the_paper(school: School):
    answer = school.document("form", school.parent)

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert 'filename="form-' in answer.headers["Content-Disposition"]
    paper = words(answer.data)
    submitted = school.world.events()[-2]
    for expected in (
        "张小明", "张大明（爸爸）", "三年级2班", "2026年秋季学期", "课后托管",
        "2026年8月20日09:00:00（北京时间）", school.parent.account_id,
        school.application["application_id"], submitted["event_id"],
    ):  # fmt: skip
        assert expected in paper, paper
    [facts] = re.findall(r"\{.*?\}", paper)
    assert submitted["data"]["application_id"] in facts
    assert hashlib.sha256(facts.encode()).hexdigest() in paper


@pytest.mark.clause("P1-061", "P2-049")
def test_it_is_the_same_paper_every_time_and_keeps_its_hash_after_enrolment(school: School):
    first, again = (school.document("form", school.parent) for _ in range(2))
    enrol(school.world, school.application, school.pupil)
    later = school.document("form", school.parent)

    assert first.data == again.data
    assert first.headers["ETag"] == f'"{hashlib.sha256(first.data).hexdigest()}"'
    assert "已参加" in words(later.data)
    printed = set(re.findall(r"[0-9a-f]{64}", words(first.data)))
    assert len(printed) == 1
    assert printed == set(re.findall(r"[0-9a-f]{64}", words(later.data)))


@pytest.mark.clause("P1-064", "P2-051")
def test_the_agreement_is_printed_with_its_signature(school: School):
    assert "尚未签署" in words(school.document("agreement", school.parent).data)
    enrol(school.world, school.application, school.pupil)

    paper = words(school.document("agreement", school.parent).data)

    signed = school.world.events()[-3]["data"]
    for expected in ("张小明", "张大明", "2026年8月28日08:00:00", school.parent.account_id):
        assert expected in paper
    assert paper.count(signed["text_sha256"]) == 2
    assert "与正文一致" in paper


@pytest.mark.parametrize("name", ["form", "agreement"])
def test_a_document_is_for_those_who_may_read_the_application(school: School, name: str):
    for who in (school.parent, office(), FINANCE, bureau()):
        assert school.document(name, who).status_code == 200, who.role
    assert "张*明" in words(school.document(name, bureau()).data)
    assert "张小明" not in words(school.document(name, bureau()).data)
    for who in (guardian("nobody"), office(OTHER), bureau(DEXING)):
        answer = school.document(name, who)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    for role in ("teacher", "gate_guard", "operator"):
        who = Principal(account_id="a", role=role, school_id=SCHOOL)
        assert school.document(name, who).status_code == 403, role
    path = f"/api/v1/applications/{school.application['application_id']}/{name}.pdf"
    assert school.client.get(path).status_code == 401


def test_printing_is_a_reading_of_the_childs_data(school: School):
    school.document("form", office())
    school.document("agreement", FINANCE)
    school.document("form", office(OTHER))

    assert sorted(school.readings()) == [
        ("finance", "get_agreement_record"),
        ("office-school-1", "get_application_form"),
    ]


@pytest.mark.clause("P2-091")
def test_the_roster_is_exported_as_a_workbook_masked_for_the_bureau_and_recorded(school: School):
    enrol(school.world, school.application, school.pupil)

    whole, masked = school.get(ROSTER, FINANCE), school.get(ROSTER, bureau())

    assert 'filename="roster-2026-08-28.xlsx"' in whole.headers["Content-Disposition"]
    for answer, name in ((whole, "张小明"), (masked, "张*明")):
        assert answer.status_code == 200
        sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
        assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
            ("三年级2班", name, "课后托管", "已入托", "2026-09-01")
        ]
    made = [event for event in school.world.events() if event["type"] == "ExportMade"]
    assert [
        (event["actor"]["role"], event["data"]["masked"], event["data"]["sha256"]) for event in made
    ] == [
        ("school_finance", False, hashlib.sha256(whole.data).hexdigest()),
        ("bureau", True, hashlib.sha256(masked.data).hexdigest()),
    ]


def test_an_export_is_refused_in_words(school: School):
    before = school.world.types()

    assert school.get(ROSTER, school.parent).status_code == 403
    assert school.get(ROSTER, office(OTHER)).status_code == 404
    assert school.get(f"{ROSTER}?masked=perhaps", office()).status_code == 422
    assert school.get(f"{ROSTER}?columns=all", office()).status_code == 422
    assert school.client.get(ROSTER).status_code == 401
    assert school.world.types() == before


def test_the_schools_own_may_ask_for_a_masked_copy(school: School):
    answer = school.get(f"{ROSTER}?masked=true", office())

    names = [
        row[1]
        for sheet in load_workbook(io.BytesIO(answer.data)).worksheets
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert names == ["张*明"]


def test_openapi_says_that_they_are_files(school: School):
    paths = school.client.get("/openapi.json").json["paths"]

    def content(path: str) -> set[str]:
        return set(paths[f"/api/v1{path}"]["get"]["responses"]["200"]["content"])

    assert content("/applications/{application_id}/form.pdf") == {"application/pdf"}
    assert content("/applications/{application_id}/agreement.pdf") == {"application/pdf"}
    assert content("/schools/{school_id}/roster.xlsx") == {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }


@pytest.mark.clause("P1-021", "P1-100")
def test_a_notice_letter_is_printed_to_be_signed_by_those_it_is_for(school: School):
    told = {
        "term_id": school.world.term_ids[SCHOOL],
        "audience": "guardians",
        "kind": "notice_letter",
        "title": "致家长的一封信",
        "text": "课后服务自愿参加。\n\n请按时接孩子。",
    }
    made = school.world.ok(office(), "publish_notice", {"school_id": SCHOOL}, told)
    path = f"/api/v1/notices/{made['notice_id']}/letter.pdf"

    answer = school.get(path, school.parent)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    paper = words(answer.data)
    for expected in (
        "致家长的一封信", "请按时接孩子。", "实验学校school-1", "2026-08-20", "监护人签字",
        made["notice_id"],
    ):  # fmt: skip
        assert expected in paper, paper
    assert school.get(path, school.parent).data == answer.data
    stranger = Principal(account_id="x", role="guardian", person_id="nobody")
    assert school.get(path, stranger).status_code == 404
