"""What a teacher does for a term: volunteer, sign, plan sessions, give a view of applications."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.term_work import TERM_WORK
from tests.component.pages.world import Browser, SchoolDay


@pytest.fixture(autouse=True)
def _their_side(day: SchoolDay) -> None:
    """What families and teachers are told; the office's pages have richer answers of their own."""
    day.take(TERM_WORK)


TERM = "/class/term/te-1"
SESSIONS = f"{TERM}/offerings/of-1"


@pytest.mark.clause("P1-030")
def test_a_teacher_volunteers_of_the_own_will(as_: Callable[..., Browser], day: SchoolDay) -> None:
    browser = as_("teacher")
    page = browser.see("/class/term")
    assert "参加不参加由您自己决定" in page
    assert page.count("button first") == 1
    assert 'href="/class/term"' in browser.see("/class")

    answer = browser.send(TERM, f"{TERM}/volunteer")

    assert "已报名，谢谢您。" in browser.see(answer.location)
    assert day.sent("volunteer_for_duty")[0].params == {"term_id": "te-1"}


@pytest.mark.clause("P1-030")
def test_who_volunteered_takes_it_back_with_a_day(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["my_duty"]["volunteers"] = True
    browser = as_("teacher")
    assert "我愿意参加本学期课后服务" not in browser.see(TERM)

    bare = browser.send(TERM, f"{TERM}/withdraw", effective_on="")
    assert (bare.status_code, day.sent("withdraw_volunteering")) == (422, [])
    assert 'href="#withdraw-effective_on"' in bare.text
    answer = browser.send(TERM, f"{TERM}/withdraw", effective_on="2026-10-12")

    assert "已登记撤回。" in browser.see(answer.location)
    assert day.sent("withdraw_volunteering")[0].body == {"effective_on": "2026-10-12"}
    day.answers["my_duty"]["until"] = "2026-10-12"
    assert "自 10月12日 周一 起撤回" in browser.see(TERM)


def test_the_statement_is_read_before_it_is_signed(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    path = f"{TERM}/statement"
    browser = as_("teacher")
    assert f'href="{path}"' in browser.see(TERM)
    assert "不擅自离岗" in browser.see(path)

    blank = browser.send(path, path, statement_version="2026-1")
    assert blank.status_code == 422
    assert blank.text.count("请先勾选") == 2
    answer = browser.send(path, path, statement_version="2026-1", agreed="yes")

    assert "责任书已签。" in browser.see(answer.location)
    [sent] = day.sent("sign_responsibility_statement")
    assert sent.params == {"school_id": "s1", "staff_id": "t-1"}
    assert sent.body == {"term_id": "te-1", "statement_version": "2026-1"}
    day.answers["my_duty"]["statement"] = True
    assert 'name="agreed"' not in browser.see(path)


@pytest.mark.clause("P1-087")
def test_a_days_content_is_submitted_and_its_review_is_read(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("teacher")
    page = browser.see(SESSIONS)
    assert "注意分组。" in page
    assert "请写清怎样照顾初学的学生。" in page
    assert 'value="2026-09-02"' not in page, "approved already"
    assert 'value="2026-09-07"' in page
    assert 'value="2026-09-08"' not in page, "not a day of this offering"
    assert 'value="club" selected' in page
    assert 'value="drill"' not in page
    values = {"on": "2026-09-07", "content_kind": "club"}

    blank = browser.send(SESSIONS, SESSIONS, description=" ", **values)
    assert (blank.status_code, day.sent("submit_session_content")) == (422, [])
    assert 'value="2026-09-07" selected' in blank.text
    answer = browser.send(SESSIONS, SESSIONS, description="分组练习。", **values)

    assert "已提交，等学校审核。" in browser.see(answer.location)
    [sent] = day.sent("submit_session_content")
    assert sent.params == {"offering_id": "of-1"}
    assert sent.body == {**values, "description": "分组练习。"}


def test_somebody_elses_offering_is_not_a_teachers_to_plan(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["list_offerings"]["items"][0]["teacher_id"] = "t-2"

    as_("teacher").see(SESSIONS, status=404)
    assert SESSIONS not in as_("teacher").see(TERM)
    as_("teacher").see("/class/term/te-77", status=404)


@pytest.mark.clause("P1-062", "P2-050")
def test_a_class_teacher_gives_a_view_where_the_policy_asks_for_it(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("teacher")
    assert "报名等班主任意见" in browser.see(TERM)
    [asked] = day.sent("list_applications")
    assert (asked.body["state"], asked.body["term_id"]) == ("submitted", "te-1")

    path = f"{TERM}/applications/ap-1"
    answer = browser.send(TERM, path, view="advise-against", note="需要专人照顾")

    assert "意见已登记" in browser.see(answer.location.partition("#")[0])
    [sent] = day.sent("review_application")
    assert sent.body == {"recommended": False, "note": "需要专人照顾"}
    day.answers["get_policy"] = {"parameters": {"class_review_required": False}}
    assert "报名等班主任意见" not in browser.see(TERM)


def test_the_office_reads_the_class_teachers_view_and_note(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    waiting = day.answers["list_applications"]["items"][0]
    waiting.update(class_review="advised_against", review_note="需要专人照顾")

    page = as_("school_office").see("/office")

    assert "班主任建议再考虑" in page
    assert "需要专人照顾" in page


def test_an_account_without_a_person_is_told_what_to_do(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("my_duty", kind="unknown")

    page = as_("teacher").see(TERM)

    assert "不行，请这样改。" in page
    assert "volunteer" not in page


def test_the_roll_says_who_needs_support(as_: Callable[..., Browser], day: SchoolDay) -> None:
    page = as_("teacher").see("/class/c-32/today")

    assert "需要照顾的学生（1）" in page
    assert "左耳听力弱，请坐前排。" in page
    assert page.index("陈一诺</span> <span") < page.index("左耳听力弱")
    day.answers["list_class_support"]["items"] = []
    assert "需要照顾的学生" not in as_("teacher").see("/class/c-32/today")
