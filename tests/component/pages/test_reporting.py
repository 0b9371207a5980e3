"""Breaches reported by families and teachers; what the bureau reads of a school."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.component.pages.deciding import DECIDING
from tests.component.pages.world import Browser, SchoolDay

TYPED = {"kind": "forced_enrolment", "narrative": "不参加的要写检讨。", "occurred_on": ""}
SIGNS = "/bureau/terms/te-1/signs"


@pytest.mark.clause("P1-009", "P2-006")
@pytest.mark.parametrize(
    ("role", "more"), [("guardian", {"school_id": "s1"}), ("teacher", {"school_id": "s9"})]
)
@pytest.mark.parametrize(("who", "anonymous"), [("anonymous", True), ("named", False)])
def test_a_breach_is_reported_with_or_without_a_name(
    as_: Callable[..., Browser],
    day: SchoolDay,
    role: str,
    more: dict[str, str],
    who: str,
    anonymous: bool,
) -> None:
    browser = as_(role)

    answer = browser.send("/report", "/report", **TYPED, **more, who=who)

    assert answer.status_code == 303
    assert "已提交给教育局" in browser.see(answer.location)
    [sent] = day.sent("report_breach")
    assert sent.params == {"school_id": "s1"}, "a teacher's own school, whatever the form says"
    assert sent.body == {**TYPED, "occurred_on": None, "anonymous": anonymous}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            ("存下的记录不写您的账号", "提交的时刻", "网络记录或掌握密钥", "记录里有您的账号"),
        ),
        ("en", ("does not name your account", "the instant", "with its keys")),
    ],
)
def test_the_form_says_what_anonymous_means_and_what_is_left(
    as_: Callable[..., Browser], language: str, told: tuple[str, ...]
) -> None:
    page = as_("guardian", language).see("/report")

    assert all(each in page for each in told)
    assert 'value="anonymous" checked' in page


@pytest.mark.parametrize("missing", ["kind", "narrative", "who"])
def test_what_is_missing_is_told_and_the_rest_is_kept(
    as_: Callable[..., Browser], day: SchoolDay, missing: str
) -> None:
    typed = {**TYPED, "school_id": "s1", "who": "named", missing: ""}

    answer = as_("guardian").send("/report", "/report", **typed)

    assert answer.status_code == 422
    assert f'href="#breach-{missing}"' in answer.text
    assert not day.sent("report_breach")


def test_a_refusal_keeps_what_was_typed(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.refuse("report_breach", "invalid", occurred_on=["later than today"])

    answer = as_("teacher").send(
        "/report", "/report", **{**TYPED, "occurred_on": "2027-01-01"}, who="named"
    )

    assert answer.text.count("今天或以前的日期") == 2
    assert ">不参加的要写检讨。</textarea>" in answer.text
    assert '<option value="forced_enrolment" selected>' in answer.text
    assert 'value="named" checked' in answer.text


def test_a_family_with_two_schools_says_which(as_: Callable[..., Browser], day: SchoolDay) -> None:
    children = day.answers["my_children"]["items"]
    children[1] = {**children[1], "school_id": "s2", "school_name": "柳树小学"}
    browser = as_("guardian")
    assert '<option value="s2"' in browser.see("/report")

    answer = browser.send("/report", "/report", **TYPED, school_id="", who="named")

    assert answer.status_code == 422
    assert "请选择学校。" in answer.text


def test_families_and_teachers_find_the_form(as_: Callable[..., Browser]) -> None:
    assert 'href="/report"' in as_("guardian").see("/me")
    assert 'href="/report"' in as_("teacher").see("/class")
    assert 'href="/report"' not in as_("school_office").see("/class")


@pytest.mark.clause("P2-006")
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ("全班无一家不参加", "全班 40 名学生都提交了申请。", "匿名（家长）", "讲授新课")),
        ("en", ("Nobody declined", "All 40 pupils have applied.", "Anonymous (Guardian)")),
    ],
)
def test_the_bureau_reads_signs_and_reports_in_plain_words(
    as_: Callable[..., Browser], day: SchoolDay, language: str, told: tuple[str, ...]
) -> None:
    day.take(DECIDING)
    page = as_("bureau", language).see(SIGNS)

    assert all(each in page for each in told), [each for each in told if each not in page]
    assert f'href="{SIGNS}"' in as_("bureau").see("/bureau/terms/te-1")


def test_reports_come_a_page_at_a_time(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.take({**DECIDING, "list_breaches": {**DECIDING["list_breaches"], "next": "br-2"}})
    page = as_("bureau").see(f"{SIGNS}?after=br-0")

    assert f'href="{SIGNS}?after=br-2#breaches"' in page
    assert day.sent("list_breaches")[0].body == {"limit": 20, "after": "br-0"}


def test_no_sign_and_no_report_are_said(as_: Callable[..., Browser], day: SchoolDay) -> None:
    nothing: dict[str, Any] = {"items": [], "next": None}
    day.take({**DECIDING, "list_voluntariness_alerts": nothing, "list_breaches": nothing})

    page = as_("bureau").see(SIGNS)

    assert "没有预警" in page
    assert "还没有收到举报" in page
