"""Papers and files from the pages, for the family and for the school."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from chassis.vault import ERASED
from tests.component.pages.world import Browser, SchoolDay
from tests.unit.gateway.test_printing import FORM, SIGNED

FORM_PATH = "/documents/applications/ap-1/form.pdf"
AGREEMENT_PATH = "/documents/applications/ap-1/agreement.pdf"
FILE = {"filename": "roster.xlsx", "media_type": "application/x", "content_base64": "UEs="}


@pytest.fixture(autouse=True)
def _facts(day: SchoolDay) -> None:
    day.answers["get_application_form"] = FORM
    day.answers["get_agreement_record"] = SIGNED
    day.answers["export_roster"] = {"file": FILE}


@pytest.mark.parametrize("role", ["guardian", "school_office", "school_finance"])
@pytest.mark.parametrize("path", [FORM_PATH, AGREEMENT_PATH])
def test_a_document_is_a_pdf_to_keep(as_: Callable[..., Browser], role: str, path: str) -> None:
    answer = as_(role).client.get(path)

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert PdfReader(io.BytesIO(answer.data)).pages


def test_the_family_finds_its_papers(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.answers["my_children"]["items"][0]["terms"][0]["application_id"] = "ap-1"
    browser = as_("guardian")

    assert f'href="{FORM_PATH}"' in browser.see("/me/children/st-1/application")
    assert f'href="{AGREEMENT_PATH}"' in browser.see("/me/children/st-1/agreements/ap-1")


def test_the_office_finds_the_papers_of_each_application(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see("/office")

    assert len(re.findall(r'href="/documents/applications/[\w-]+/form\.pdf"', page)) == 3
    assert len(re.findall(r'href="/documents/applications/[\w-]+/agreement\.pdf"', page)) == 1


def test_the_office_takes_the_roster_away(as_: Callable[..., Browser], day: SchoolDay) -> None:
    browser = as_("school_office")
    links = re.findall(r'href="(/documents/roster\.xlsx[^"]*)"', browser.see("/office"))

    answers = [browser.client.get(link.replace("&amp;", "&")) for link in links]

    assert [answer.data for answer in answers] == [base64.b64decode(FILE["content_base64"])] * 2
    sent = day.sent("export_roster")
    assert [(call.params, call.body) for call in sent] == [
        ({"school_id": "s1"}, {"masked": False}),
        ({"school_id": "s1"}, {"masked": True}),
    ]


def test_an_office_with_many_applications_still_fits_a_page(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    one = day.answers["list_applications"]["items"][0]
    day.answers["list_applications"]["items"] = [
        {**one, "application_id": f"01a20d68-1550-7ae6-9424-be15e94{n:05}", "state": state}
        for state in ("accepted", "published", "confirmed", "enrolled", "rejected", "submitted")
        for n in range(300)
    ]

    assert len(as_("school_office").see("/office").encode()) < 150_000


def test_who_may_not_have_it_is_told_so_on_a_page(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    assert "这个页面属于别的角色" in as_("gate_guard").see(FORM_PATH, status=403)
    day.refuse("get_application_form", "unknown")

    assert "<html" in as_("guardian").see(FORM_PATH, status=404)


def test_an_erased_name_is_printed_as_erased(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.answers["get_application_form"] = {**FORM, "student_name": ERASED}

    answer = as_("school_office").client.get(FORM_PATH)

    [page] = PdfReader(io.BytesIO(answer.data)).pages
    assert "已删除" in page.extract_text()
