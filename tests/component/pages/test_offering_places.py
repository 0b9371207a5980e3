"""The office's staff, venues, offerings, sessions and places of a term."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.component.pages.test_planning_a_term import TERM, kept, listed
from tests.component.pages.world import Browser, SchoolDay

OFFERING: dict[str, Any] = {
    "title": "葫芦丝",
    "content": "after_school_custody:club",
    "subject": "pipa_club",
    "teacher_id": "t-1",
    "venue_id": "ve-1",
    "capacity": "39",
    "grades": ["4", "5"],
    "weekdays": ["2", "4"],
    "starts": "16:20",
    "ends": "17:10",
}
SENT = {
    "title": "葫芦丝",
    "content_kind": "club",
    "subject": "pipa_club",
    "teacher_id": "t-1",
    "venue_id": "ve-1",
    "capacity": 39,
    "grades": [4, 5],
    "weekdays": [2, 4],
    "starts": "16:20",
    "ends": "17:10",
}
SUBSTITUTE = {
    "on": "2026-09-14",
    "teacher_id": "t-1",
    "content_kind": "sport",
    "description": "改为跳绳",
}

FORMS: list[tuple[str, str, dict[str, Any], str, dict[str, Any]]] = [
    (
        "/offerings/new",
        "/offerings/new",
        {**OFFERING, "taught_by": "pv-1"},
        "propose_offering",
        {**SENT, "service_kind": "after_school_custody", "taught_by": "pv-1"},
    ),
    ("/offerings/of-3/amend", "/offerings/of-3/amend", OFFERING, "amend_offering", SENT),
    ("/offerings/of-2", "/offerings/of-2/open", {}, "open_offering", {}),
    ("/offerings/of-1", "/offerings/of-1/close", {}, "close_offering", {}),
    (
        "/venues/new",
        "/venues/new",
        {
            "venue_name": "风雨操场",
            "venue_kind": "gym",
            "capacity": "200",
            "accountable_id": "t-2",
            "equipment": "篮球架",
        },
        "register_venue",
        {
            "venue_id": None,
            "name": "风雨操场",
            "kind": "gym",
            "capacity": 200,
            "accountable_id": "t-2",
            "equipment": ["篮球架"],
        },
    ),
    (
        "/offerings/of-1/sessions",
        "/offerings/of-1/sessions/2026-09-07/approve",
        {"guidance": "声音轻一些"},
        "approve_session_content",
        {"on": "2026-09-07", "guidance": "声音轻一些"},
    ),
    (
        "/offerings/of-1/sessions",
        "/offerings/of-1/sessions/2026-09-07/return",
        {"reason": "超出年龄"},
        "return_session_content",
        {"on": "2026-09-07", "reason": "超出年龄"},
    ),
    (
        "/offerings/of-1/sessions",
        "/offerings/of-1/sessions/substitute",
        SUBSTITUTE,
        "substitute_session",
        SUBSTITUTE,
    ),
    (
        "/places",
        "/places/of-1/capacity",
        {"capacity": "44"},
        "change_capacity",
        {"capacity": 44},
    ),
    (
        "/places",
        "/places/allocation",
        {"seed": "校运会比分"},
        "allocate_places",
        {"seed": "校运会比分"},
    ),
    (
        "/staff/t-2",
        "/staff/t-2/screening",
        {
            "result": "clear",
            "checked_on": "2026-08-28",
            "valid_until": "2027-08-27",
            "note": "查询单 7",
        },
        "record_screening",
        {
            "result": "clear",
            "checked_on": "2026-08-28",
            "valid_until": "2027-08-27",
            "note": "查询单 7",
        },
    ),
    (
        "/staff/t-2",
        "/staff/t-2/statement",
        {"statement_version": "2026-1", "kept_at": "教务处 17 号"},
        "sign_responsibility_statement",
        {"term_id": "te-1", "statement_version": "2026-1", "evidence": "教务处 17 号"},
    ),
]


@pytest.mark.parametrize(("page", "path", "values", "operation", "body"), FORMS)
def test_a_form_is_sent_and_goes_on_to_a_page_that_can_be_reloaded(
    as_: Callable[..., Browser],
    day: SchoolDay,
    page: str,
    path: str,
    values: dict[str, Any],
    operation: str,
    body: dict[str, Any],
) -> None:
    office = as_("school_office")

    answer = office.send(TERM + page, TERM + path, **values)

    assert answer.status_code == 303
    assert 'role="status"' in office.see(answer.location)
    [sent] = day.sent(operation)
    assert sent.body == body
    assert sent.context["idempotency_key"]


@pytest.mark.parametrize(("page", "path", "values", "operation", "body"), FORMS)
def test_a_refusal_keeps_what_was_typed(
    as_: Callable[..., Browser],
    day: SchoolDay,
    page: str,
    path: str,
    values: dict[str, Any],
    operation: str,
    body: dict[str, Any],
) -> None:
    del body
    day.refuse(operation)

    answer = as_("school_office").send(TERM + page, TERM + path, **values)

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text
    for name, value in values.items():
        assert all(kept(name, each, answer.text) for each in listed(value)), name


@pytest.mark.parametrize(
    ("page", "path", "values", "field"),
    [
        ("/offerings/new", "/offerings/new", {**OFFERING, "grades": []}, "offering-grades"),
        ("/offerings/new", "/offerings/new", {**OFFERING, "venue_id": ""}, "offering-venue_id"),
        ("/venues/new", "/venues/new", {"venue_name": ""}, "venue-venue_name"),
        (
            "/offerings/of-1/sessions",
            "/offerings/of-1/sessions/2026-09-07/return",
            {"reason": ""},
            "return-2026-09-07-reason",
        ),
        (
            "/offerings/of-1/sessions",
            "/offerings/of-1/sessions/substitute",
            {**SUBSTITUTE, "on": ""},
            "substitute-on",
        ),
        ("/places", "/places/of-1/capacity", {"capacity": "四十"}, "capacity-of-1-capacity"),
        (
            "/staff/t-2",
            "/staff/t-2/screening",
            {"result": "clear", "checked_on": "2026-08-28"},
            "screening-valid_until",
        ),
        ("/staff/t-2", "/staff/t-2/statement", {"kept_at": " "}, "statement-kept_at"),
    ],
)
def test_what_is_left_empty_is_told_beside_the_field_and_nothing_is_sent(
    as_: Callable[..., Browser],
    day: SchoolDay,
    page: str,
    path: str,
    values: dict[str, Any],
    field: str,
) -> None:
    office = as_("school_office")
    day.calls.clear()

    answer = office.send(TERM + page, TERM + path, **values)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    asked = {call.operation for call in day.calls}
    assert all(each.startswith(("get_", "list_")) for each in asked), asked


def test_a_clash_is_shown_at_the_times_that_clash(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("propose_offering")
    day.refusals["propose_offering"]["code"] = "enrollment.clashes"  # type: ignore[typeddict-unknown-key]

    answer = as_("school_office").send(f"{TERM}/offerings/new", f"{TERM}/offerings/new", **OFFERING)

    assert '<a href="#offering-starts">不行，请这样改。</a>' in answer.text
    assert 'id="offering-starts-error">不行，请这样改。' in answer.text


def test_a_provider_that_is_not_admitted_is_told_beside_who_teaches(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("propose_offering")
    day.refusals["propose_offering"]["code"] = "enrollment.provider-not-admitted"  # type: ignore[typeddict-unknown-key]
    typed = {**OFFERING, "taught_by": "pv-1"}

    answer = as_("school_office").send(f"{TERM}/offerings/new", f"{TERM}/offerings/new", **typed)

    assert '<a href="#offering-taught_by">不行，请这样改。</a>' in answer.text
    assert '<option value="pv-1" selected>' in answer.text


def test_times_and_numbers_may_be_typed_wide(as_: Callable[..., Browser], day: SchoolDay) -> None:
    wide = {**OFFERING, "starts": "8：20", "ends": "１７：１０", "capacity": "３９"}

    as_("school_office").send(f"{TERM}/offerings/new", f"{TERM}/offerings/new", **wide)

    [sent] = day.sent("propose_offering")
    assert (sent.body["starts"], sent.body["ends"], sent.body["capacity"]) == ("08:20", "17:10", 39)


def test_a_returned_offering_comes_first_with_the_bureaus_reason(
    as_: Callable[..., Browser],
) -> None:
    page = as_("school_office").see(f"{TERM}/offerings")
    one = as_("school_office").see(f"{TERM}/offerings/of-3")

    assert page.index("奥数") < page.index("书法") < page.index("合唱") < page.index("旧项目")
    assert "超出课程标准" in page
    assert "超出课程标准" in one
    assert "按意见修改" in one


def test_only_who_may_serve_can_be_chosen(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see(f"{TERM}/offerings/new")

    assert '<option value="t-1">李老师</option>' in page
    assert '<option value="t-2">' not in page, "volunteered, but is not screened"


def test_an_offering_keeps_its_kind_of_service(as_: Callable[..., Browser]) -> None:
    new = as_("school_office").see(f"{TERM}/offerings/new")
    page = as_("school_office").see(f"{TERM}/offerings/of-3/amend")

    assert 'value="after_school_custody:sport"' in new
    assert 'value="after_school_custody:club" selected' in page
    assert 'label="兴趣活动"' not in new, "the plan allows no content there"


def test_the_staff_page_says_what_stands_in_the_way(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see(f"{TERM}/staff")

    assert page.count("可以安排</span>") == 1
    assert "未核查" in page
    assert "不得参加" in page
    assert page.index("李老师") < page.index("退休教师"), "volunteers first"


def test_a_bar_is_sent_without_an_end(as_: Callable[..., Browser], day: SchoolDay) -> None:
    values = {"result": "barred", "checked_on": "2026-08-28", "valid_until": "2027-08-27"}

    as_("school_office").send(f"{TERM}/staff/t-2", f"{TERM}/staff/t-2/screening", **values)

    [sent] = day.sent("record_screening")
    assert sent.body["valid_until"] is None
    assert sent.params == {"school_id": "s1", "staff_id": "t-2"}


def test_sessions_that_wait_for_the_school_come_first(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see(f"{TERM}/offerings/of-1/sessions")

    assert page.index("等待审核") < page.index("太难") < page.index("注意嗓子")
    assert page.count("/approve") == 1


def test_an_allocation_shows_what_anybody_needs_to_repeat_it(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_office").see(f"{TERM}/places")
    assert "开学第一课" in page
    assert "cd" * 32 in page
    assert "抽签的种子会记录并公布" in page

    day.refuse("get_allocation", "unknown")
    assert "还没有分配过" in as_("school_office").see(f"{TERM}/places")


def test_an_offering_of_another_term_is_not_found(as_: Callable[..., Browser]) -> None:
    as_("school_office").see(f"{TERM}/offerings/of-77", status=404)
    as_("school_office").see(f"{TERM}/staff/t-77", status=404)
    as_("school_office").see(f"{TERM}/venues/ve-77", status=404)
