"""Notices, surveys and opinions on the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.listening import closed
from tests.component.pages.world import Browser, SchoolDay

SURVEY = "/me/surveys/su-1"


@pytest.mark.clause("P1-021", "P2-055")
def test_unread_notices_come_first_and_opening_one_leaves_the_receipt(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("guardian").see("/me/notices")
    assert page.index("课后服务通知1") < page.index("课后服务通知2"), "unread, though older"
    assert not day.sent("read_notice"), "the list alone opens nothing"

    answer = as_("guardian").send("/me/notices", "/me/notices/no-1/read")

    assert (answer.status_code, answer.location) == (303, "/me/notices/no-1")
    [sent] = day.sent("read_notice")
    assert sent.params == {"notice_id": "no-1"}


def test_skipping_is_as_easy_as_answering_and_sends_nothing(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("guardian").see(SURVEY)

    assert '<button class="button tall">提交</button>' in page
    assert '<a class="button tall" href="/me/notices">跳过</a>' in page
    assert "不会再提醒" in page
    assert not day.sent("answer_survey")


def test_families_find_what_came_of_a_survey_and_of_their_opinions(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    [asked] = day.answers["list_surveys"]["items"]
    closed = {**asked, "survey_id": "su-9", "state": "closed", "title": "上学期问卷"}
    closed["closed_at"] = "2026-07-03T09:00:00.000+08:00"
    day.answers["list_surveys"]["items"] = [asked, closed]

    page = as_("guardian").see("/me/notices")

    heading = page.index("问卷结果和学校的回应")
    assert page.index("开学前问问您") < heading < page.index("上学期问卷")
    assert 'href="/me/surveys/su-9"' in page
    assert "三个门分年级。" in as_("guardian").see("/me/opinions")


def test_a_page_says_plainly_whether_an_answer_is_anonymous(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    assert "这份问卷匿名" in as_("guardian").see(SURVEY)
    day.answers["get_survey"]["anonymous"] = False
    assert "这份问卷记名" in as_("guardian").see(SURVEY)


def test_an_answer_is_sent_for_one_child_without_what_was_left_out(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    said = {"student_id": "st-2", "q-joy": "5", "q-friday": "", "q-words": " "}

    as_("guardian").send(SURVEY, SURVEY, **said, wish=["1:lunch", "2:after_school_custody"])

    [sent] = day.sent("answer_survey")
    assert sent.body == {
        "student_id": "st-2",
        "answers": {"joy": 5},
        "wishes": [
            {"weekday": 1, "service_kind": "lunch"},
            {"weekday": 2, "service_kind": "after_school_custody"},
        ],
    }


def test_the_child_without_an_answer_is_asked_first(as_: Callable[..., Browser]) -> None:
    assert 'name="student_id" value="st-2"' in as_("guardian").see(SURVEY)
    again = as_("guardian").see(f"{SURVEY}?child=st-1")
    assert 'name="student_id" value="st-1"' in again
    assert "再交一次会替换" in again


@pytest.mark.clause("P1-102", "P2-052")
def test_a_closed_survey_shows_the_response_and_no_count_of_few(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_survey"] = closed()

    page = as_("guardian").see(SURVEY)

    assert "从下月起增加周五。" in page
    assert "17.5%" in page
    assert page.count("回答不到 5 份") == 1
    assert "提交" not in page


@pytest.mark.clause("P2-054")
def test_the_office_reads_demand_by_grade_and_not_of_few(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see("/office/surveys/su-1")

    assert "周一 课后托管" in page
    assert '<span class="nowrap">3 / 2</span>' in page
    assert "缺 1 个" in page
    assert '<td class="number">—</td>' in page


@pytest.mark.clause("P2-115")
def test_the_office_sees_how_long_an_opinion_waits(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see("/office/opinions")

    assert "等待回复 12 天" in page
    assert "已回复，等改进措施" in page
    assert "待处理（2）" in page


@pytest.mark.clause("P1-102")
def test_a_term_without_an_opinion_survey_is_pointed_out(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    assert "还没有征求过家长意见" in as_("school_office").see("/office/surveys")
    day.answers["list_surveys"]["items"][0]["purpose"] = "opinion"
    assert "还没有征求过家长意见" not in as_("school_office").see("/office/surveys")


def test_a_survey_is_opened_with_the_questions_that_were_written(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    typed = {"term_id": "te-1", "purpose": "satisfaction", "audience": "pupils", "title": ""}
    first = {"kind-1": "choice", "text-1": "要不要？", "options-1": "要\r\n\r\n不要"}
    third = {"kind-3": "rating", "text-3": "喜欢吗？", "options-3": "忘了删"}

    as_("school_office").send("/office/surveys", "/office/surveys", **typed, **first, **third)

    [sent] = day.sent("open_survey")
    options = [{"option_id": "o1", "text": "要"}, {"option_id": "o2", "text": "不要"}]
    assert sent.body["anonymous"] is False
    assert sent.body["title"] is None
    assert sent.body["questions"] == [
        {"question_id": "q1", "kind": "choice", "text": "要不要？", "options": options},
        {"question_id": "q3", "kind": "rating", "text": "喜欢吗？", "options": []},
    ]


@pytest.mark.parametrize(
    ("page", "path", "values", "operation"),
    [
        ("/office/notices", "/office/notices", {"title": " "}, "publish_notice"),
        ("/office/surveys/su-1", "/office/surveys/su-1/close", {"response": " "}, "close_survey"),
        ("/office/opinions", "/office/opinions/op-1/answer", {"reply": " "}, "answer_opinion"),
        ("/office/opinions", "/office/opinions", {"text": ""}, "give_opinion"),
        ("/office/opinions", "/office/opinions/improvements", {}, "publish_improvement"),
    ],
)
def test_what_is_left_empty_is_told_without_asking_the_service(
    as_: Callable[..., Browser],
    day: SchoolDay,
    page: str,
    path: str,
    values: dict[str, str],
    operation: str,
) -> None:
    answer = as_("school_office").send(page, path, **values)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert not day.sent(operation)
