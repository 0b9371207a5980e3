"""Today's offerings on the pages of classes: what may run, what to do, and a button to open it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.component.pages.answers import SESSION, offering_session
from tests.component.pages.world import Browser, SchoolDay

OPEN = "/class/c-32/today/open"


@pytest.mark.clause("P1-087")
def test_a_teacher_sees_what_may_run_and_what_to_do_about_the_rest(
    as_: Callable[..., Browser],
) -> None:
    page = as_("teacher").see("/class")
    homework, pipa = page[page.index("作业辅导") :].split("琵琶社团", 1)

    assert "state attention" in homework
    assert "内容待审核" in homework
    assert "请学校先审核当天的内容。" in homework
    assert "<form" not in homework
    assert "state fine" in pipa
    assert "吴老师" in pipa
    assert pipa.count(f'action="{OPEN}"') == 1
    assert "今天还缺静态辅导" in page


@pytest.mark.clause("P1-087")
def test_the_button_opens_the_offerings_session_of_the_class(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    answer = as_("teacher").send("/class", OPEN, offering_id="of-2")

    assert (answer.status_code, answer.location) == (
        303,
        "/class/c-32/today?done=opened&session=se-1",
    )
    [sent] = day.sent("open_session")
    assert sent.body == {"date": "2026-09-01", "class_id": "c-32", "offering_id": "of-2"}


def test_what_is_open_already_leads_to_its_session(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    opened = [{"class_id": "c-32", "session_id": "se-7"}]
    day.answers["list_offering_sessions"]["items"][1]["sessions"] = opened
    page = as_("teacher").see("/class")

    assert 'href="/class/c-32/today?session=se-7"' in page
    assert OPEN not in page


def test_an_office_opens_it_on_the_page_of_the_class(as_: Callable[..., Browser]) -> None:
    office = as_("school_office")

    assert "琵琶社团" in office.see("/class")
    assert OPEN not in office.see("/class")
    assert 'value="of-2"' in office.see("/class/c-32/today?add=1")


def test_an_offering_for_other_grades_has_no_button(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["list_offering_sessions"]["items"] = [
        offering_session("of-3", "合唱", grades=[5, 6])
    ]
    page = as_("teacher").see("/class")

    assert "合唱" in page
    assert OPEN not in page


@pytest.mark.clause("P1-087")
def test_a_refusal_comes_back_in_words(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.refuse("open_session")
    answer = as_("teacher").send("/class", OPEN, offering_id="of-1")

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text


def test_sessions_of_one_day_are_told_apart_by_their_offerings(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    pipa = {**SESSION, "session_id": "se-2", "offering_id": "of-2"}
    day.answers["list_sessions"]["items"].append(pipa)
    page = as_("teacher").see("/class/c-32/today")

    assert re.findall(r'class="chip"[^>]*>([^<]+)<', page) == ["课后托管 15:30", "琵琶社团 15:30"]
    assert "琵琶社团 15:30–17:30" in page


def test_classes_are_there_while_offerings_are_still_on_their_way(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("list_offering_sessions", "unavailable")
    page = as_("teacher").see("/class")

    assert "三年级2班" in page
    assert "不行，请这样改。" in page


def test_a_day_without_offerings_says_so(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.answers["list_offering_sessions"] |= {"items": [], "lacking": None}

    assert "今天没有安排活动" in as_("teacher").see("/class")
    assert "No activities today" in as_("teacher", "en").see("/class")
