"""Objections to a publicised list: raised by who reads it, answered by the office."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.answers import objection
from tests.component.pages.world import Browser, SchoolDay

LIST = "/publicities/pu-1"
OFFICE = "/office/publicities/pu-1"


def still_shown(day: SchoolDay) -> None:
    day.answers["get_publicity"]["closes_on"] = "2026-09-04"


@pytest.mark.clause("P1-063")
@pytest.mark.parametrize("role", ["guardian", "teacher", "gate_guard", "school_finance"])
def test_who_reads_the_list_objects_while_it_is_shown(
    as_: Callable[..., Browser], day: SchoolDay, role: str
) -> None:
    still_shown(day)
    browser = as_(role)
    page = browser.see(LIST)
    assert "周*满" in page
    assert "9月4日 周五" in page

    answer = browser.send(LIST, f"{LIST}/objections", text="  小满没有申请。 ")

    assert answer.status_code == 303
    assert "异议已提交" in browser.see(answer.location)
    [sent] = day.sent("raise_objection")
    assert (sent.params, sent.body) == ({"publicity_id": "pu-1"}, {"text": "小满没有申请。"})


@pytest.mark.parametrize("change", [{}, {"closes_on": "2026-09-04", "state": "confirmed"}])
def test_after_the_period_there_is_no_form_and_the_way_to_an_opinion(
    as_: Callable[..., Browser], day: SchoolDay, change: dict[str, str]
) -> None:
    day.answers["get_publicity"].update(change)

    page = as_("guardian").see(LIST)

    assert "公示期已结束" in page
    assert "/me/opinions" in page
    assert "<textarea" not in page
    assert "/me/opinions" not in as_("teacher").see(LIST)


def test_ones_own_objections_are_shown_with_the_answer(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    for language, words in (
        ("zh", ("异议不成立", "等学校答复", "已核对，家长本人申请。")),
        ("en", ("Not upheld", "Waiting for the school", "已核对，家长本人申请。")),
    ):
        page = as_("guardian", language).see(LIST)
        assert all(each in page for each in words)


def test_a_refused_objection_keeps_what_was_typed(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    still_shown(day)
    day.refuse("raise_objection")

    answer = as_("guardian").send(LIST, f"{LIST}/objections", text="小满没有申请。")

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text
    assert ">小满没有申请。</textarea>" in answer.text


def test_families_and_teachers_find_the_list(as_: Callable[..., Browser]) -> None:
    assert f'href="{LIST}"' in as_("guardian").see("/me/children/st-1/application")
    assert f'href="{LIST}"' in as_("teacher").see("/class/term/te-1")


@pytest.mark.clause("P1-063")
def test_the_office_answers_and_says_whether_it_is_upheld(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("school_office")
    page = browser.see(OFFICE)
    assert "待处理异议（1）" in page
    assert "我们班有一名学生没有申请。" in page

    said = {"answer": "已核对，撤下。", "upheld": "yes"}
    answer = browser.send(OFFICE, f"{OFFICE}/objections/ob-2", **said)

    assert "异议已办结" in browser.see(answer.location)
    [sent] = day.sent("resolve_objection")
    assert sent.params == {"publicity_id": "pu-1"}
    assert sent.body == {"objection_id": "ob-2", "upheld": True, "answer": "已核对，撤下。"}


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"answer": "", "upheld": "no"}, "请写明答复。"),
        ({"answer": "已核对。"}, "请选择异议是否成立。"),
    ],
)
def test_an_answer_needs_words_and_an_outcome(
    as_: Callable[..., Browser], day: SchoolDay, typed: dict[str, str], advice: str
) -> None:
    answer = as_("school_office").send(OFFICE, f"{OFFICE}/objections/ob-2", **typed)

    assert answer.status_code == 422
    assert answer.text.count(advice) == 2
    assert f">{typed['answer']}</textarea>" in answer.text
    assert not day.sent("resolve_objection")


def test_a_refused_answer_keeps_what_was_typed(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.refuse("resolve_objection")
    said = {"answer": "已核对。", "upheld": "no"}

    answer = as_("school_office").send(OFFICE, f"{OFFICE}/objections/ob-2", **said)

    assert answer.status_code == 409
    assert ">已核对。</textarea>" in answer.text
    assert 'value="no" checked' in answer.text


@pytest.mark.clause("P1-063")
def test_a_list_with_open_objections_has_no_button_to_confirm(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_office").see("/office")
    assert "待处理异议（1）" in page
    assert f'href="{OFFICE}#objections"' in page
    assert "确认名单" not in page

    day.answers["list_objections"] = {"items": [objection(1, "resolved")]}
    page = as_("school_office").see("/office")
    assert "待处理异议" not in page
    assert "确认名单" in page


def test_a_pupil_who_should_not_be_listed_is_rejected_from_the_list(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    first = day.answers["list_applications"]["items"][0]
    day.answers["list_applications"]["items"] = [
        {**first, "application_id": "ap-7", "state": "published", "publicity_id": "pu-1"},
        {**first, "application_id": "ap-8", "state": "published", "publicity_id": "pu-2"},
    ]
    browser = as_("school_office")
    assert 'value="ap-7"' not in browser.see(OFFICE), "a class is chosen first: pages stay small"
    page = browser.see(f"{OFFICE}?class=c-32")
    assert 'value="ap-7"' in page
    assert 'value="ap-8"' not in page

    typed = {"application_id": "ap-7", "reason": " ", "class": "c-32"}
    answer = browser.send(OFFICE, f"{OFFICE}/rejection", **typed)
    assert answer.status_code == 422
    assert '<option value="ap-7" selected>' in answer.text
    browser.send(OFFICE, f"{OFFICE}/rejection", **{**typed, "reason": "没有申请"})

    [sent] = day.sent("reject_application")
    assert (sent.params, sent.body) == ({"application_id": "ap-7"}, {"reason": "没有申请"})


def test_a_long_list_still_fits_a_page(as_: Callable[..., Browser], day: SchoolDay) -> None:
    still_shown(day)
    line = day.answers["get_publicity"]["items"][0]
    day.answers["get_publicity"]["items"] = [line] * 1600
    first = day.answers["list_applications"]["items"][0]
    day.answers["list_applications"]["items"] = [
        {**first, "class_id": f"c-{n % 40}", "state": "published", "publicity_id": "pu-1"}
        for n in range(1600)
    ]

    assert len(as_("guardian").see(LIST).encode()) < 150_000
    assert len(as_("school_office").see(f"{OFFICE}?class=c-1").encode()) < 150_000
