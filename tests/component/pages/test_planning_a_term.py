"""The office plans a term: what is missing, where it is done, what is sent, what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from gateway.pages.term_plan import BY_THE_BUREAU, WHERE
from services.enrollment.policy import profiles
from tests.component.pages.answers import NASTY
from tests.component.pages.term import RETURNED
from tests.component.pages.world import Browser, SchoolDay

TERM = "/office/terms/te-1"

FORMS: list[tuple[str, str, dict[str, Any], str, dict[str, Any]]] = [
    ("", "/plan/submit_plan", {}, "submit_plan", {}),
    (
        "/leading-group",
        "/leading-group",
        {"head_id": "t-2", "member_ids": ["t-1", "t-3"]},
        "establish_leading_group",
        {"head_id": "t-2", "member_ids": ["t-1", "t-3"]},
    ),
    (
        "/management-team",
        "/management-team",
        {"post-coordinator": "t-1", "post-safety": "", "post-choir": "t-2"},
        "set_management_team",
        {"posts": {"coordinator": "t-1", "choir": "t-2"}},
    ),
    (
        "/duties",
        "/duties",
        {"duty-contact": "t-2", "duty-safety": ""},
        "assign_duty",
        {"duty": "contact", "staff_id": "t-2"},
    ),
    (
        "/meetings",
        "/meetings",
        {"meeting": "parents_meeting", "held_on": "2026-08-25", "minutes": "讲了自愿原则。"},
        "record_stage_activity",
        {"kind": "parents_meeting", "held_on": "2026-08-25", "minutes": "讲了自愿原则。"},
    ),
    (
        "/declarations",
        "/declarations/curriculum_complete",
        {"agreed": "yes"},
        "make_declaration",
        {"declaration": "curriculum_complete"},
    ),
    (
        "/omissions/custody_offered",
        "/omissions/custody_offered",
        {"reason": "没有场地。"},
        "explain_omission",
        {"item": "custody_offered", "reason": "没有场地。"},
    ),
    (
        "/disclosure",
        "/disclosure",
        {"mode": "集中看护甲", "content": "阅读乙", "safety_measures": "点名丙"},
        "disclose_service",
        {"mode": "集中看护甲", "content": "阅读乙", "safety_measures": "点名丙"},
    ),
    (
        "/rules/safety_plan",
        "/rules/safety_plan",
        {"text": "走失的处置流程。"},
        "publish_rule",
        {"document": "safety_plan", "text": "走失的处置流程。"},
    ),
    ("/filing", "/filing", {}, "file_pack", {}),
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
        assert value in ("", "yes") or all(kept(name, each, answer.text) for each in listed(value))


@pytest.mark.parametrize(
    ("page", "values", "field"),
    [
        ("/leading-group", {"head_id": ""}, "group-head_id"),
        ("/management-team", {"post-safety": ""}, "team-post-coordinator"),
        ("/duties", {"duty-safety": ""}, "duties-staff_id"),
        ("/meetings", {"meeting": "", "held_on": "2026-08-25"}, "meeting-meeting"),
        ("/omissions/custody_offered", {"reason": " "}, "omission-reason"),
        ("/disclosure", {"mode": "看护", "content": " "}, "disclosure-content"),
        ("/rules/safety_plan", {"text": ""}, "rule-text"),
    ],
)
def test_what_is_left_empty_is_told_beside_the_field_and_nothing_is_sent(
    as_: Callable[..., Browser], day: SchoolDay, page: str, values: dict[str, str], field: str
) -> None:
    office = as_("school_office")
    office.see(TERM + page)
    day.calls.clear()

    answer = office.send(TERM + page, TERM + page, **values)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    asked = {call.operation for call in day.calls}
    assert all(each.startswith(("get_", "list_")) for each in asked), asked


def test_the_cockpit_is_one_list_of_what_is_missing_each_with_the_way_to_it(
    as_: Callable[..., Browser],
) -> None:
    page = as_("school_office").see(TERM)

    assert "开放前还缺（6）" in page
    assert lead(page, f"{TERM}/rules/safety_plan", "安全预案")
    assert lead(page, f"{TERM}/duties", "岗位落实到人：家校联系")
    assert f'href="{TERM}/meetings?kind=parents_meeting"' in page
    assert "由教育局设定" in page
    assert page.index("安全预案") < page.index("已完成（2）") < page.index("成立工作领导小组")
    assert page.index("岗位落实到人：家校联系") < page.index("家长会"), "stage by stage"


def test_what_is_left_out_is_shown_with_its_reason(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see(TERM)

    assert "没有开展、已说明原因（1）" in page
    assert "没有琴" in page
    assert f'href="{TERM}/omissions/custody_offered"' in page, "an explainable one may be left out"
    assert f'href="{TERM}/omissions/safety_plan"' not in page
    as_("school_office").see(f"{TERM}/omissions/safety_plan", status=404)


def test_the_cockpit_says_who_answers_for_what(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see(f"{TERM}")

    answerable = page[page.index('id="answerable"') :]
    assert "统筹协调" in answerable
    assert "安全" in answerable
    assert "合唱" in answerable
    assert "choir" in answerable, "a post of the school's own is shown as it is"


@pytest.mark.parametrize(
    ("standing", "step", "button"),
    [
        ("none", "draft_plan", "开始制定方案"),
        ("survey", "begin_preparation", "进入准备阶段"),
        ("preparation", "submit_plan", "上报教育局审核"),
        ("returned", "submit_plan", "上报教育局审核"),
        ("approved", "start_service", "开始服务"),
        ("running", "revise_plan", "修改方案"),
    ],
)
def test_the_one_action_at_the_bottom_follows_the_standing(
    as_: Callable[..., Browser], day: SchoolDay, standing: str, step: str, button: str
) -> None:
    next_of = {"running": "none"}.get(standing, step)
    day.answers["get_term_plan"].update(standing=standing, next=next_of)

    page = as_("school_office").see(TERM)

    bottom = page[page.index('<div class="sticky">') :]
    assert f'action="{TERM}/plan/{step}"' in bottom
    assert button in bottom
    assert bottom.count("<button") == 1


@pytest.mark.parametrize("standing", ["submitted", "closed"])
def test_where_there_is_nothing_to_do_the_page_says_what_it_waits_for(
    as_: Callable[..., Browser], day: SchoolDay, standing: str
) -> None:
    day.answers["get_term_plan"].update(standing=standing, next="wait")

    page = as_("school_office").see(TERM)

    assert "<button" not in page[page.index('<div class="sticky">') :]


def test_a_running_term_that_is_over_is_closed(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.answers["get_term_plan"].update(standing="running", next="none")
    day.answers["list_terms"]["items"][0]["last_day"] = "2026-08-31"

    assert f'action="{TERM}/plan/close_plan"' in as_("school_office").see(TERM)


def test_a_returned_plan_shows_the_bureaus_reason_and_what_it_is_about(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_term_plan"].update(standing="returned", reviews=[RETURNED])

    page = as_("school_office").see(TERM)

    note = page[page.index("教育局退回了方案") : page.index('id="missing"')]
    assert "预案没有走失的处置流程。" in note
    assert re.search(r"涉及：安全预案、\s*gone_since", note)


def test_no_other_step_can_be_sent(as_: Callable[..., Browser], day: SchoolDay) -> None:
    answer = as_("school_office").send(TERM, f"{TERM}/plan/approve_plan")

    assert answer.status_code == 404
    assert not day.sent("approve_plan")


def test_each_duty_is_sent_under_a_key_of_its_own(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    chosen = {"duty-contact": "t-2", "duty-safety": "t-1"}

    as_("school_office").send(f"{TERM}/duties", f"{TERM}/duties", **chosen)

    keys = [call.context["idempotency_key"] for call in day.sent("assign_duty")]
    assert len(set(keys)) == 2


def test_a_declaration_needs_the_tick(as_: Callable[..., Browser], day: SchoolDay) -> None:
    path = f"{TERM}/declarations/curriculum_complete"

    answer = as_("school_office").send(f"{TERM}/declarations", path)

    assert answer.status_code == 422
    assert answer.text.count("请先确认以上属实。") == 2
    assert not day.sent("make_declaration")


def test_the_office_sees_for_each_term_how_much_is_missing(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_office").see("/office")
    assert f'<a class="go" href="{TERM}">' in page
    assert "还缺 6 项" in page

    day.answers["list_terms"]["items"][0]["last_day"] = "2026-08-31"
    day.calls.clear()
    over = as_("school_office").see("/office")

    assert f'<a class="back" href="{TERM}">' in over
    assert not day.sent("get_term_plan"), "what is over lacks nothing"


def test_a_term_of_another_school_is_not_found(as_: Callable[..., Browser]) -> None:
    assert "本校没有这个学期" in as_("school_office").see("/office/terms/te-9", status=404)


def test_links_to_notices_and_surveys_choose_the_kind_that_is_missing(
    as_: Callable[..., Browser],
) -> None:
    office = as_("school_office")

    notices = office.see("/office/notices?kind=info_prompt")
    surveys = office.see("/office/surveys?purpose=demand")

    assert 'value="info_prompt" selected' in notices
    assert 'value="demand" selected' in surveys


def test_what_people_wrote_is_text_wherever_it_is_shown(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    plan = day.answers["get_term_plan"]
    plan["checklist"][2]["reason"] = plan["answerable"][0]["name"] = NASTY
    plan["checklist"][1]["name"]["zh"] = plan["meetings"][0]["minutes"] = NASTY
    plan.update(standing="returned", reviews=[{**RETURNED, "reason": NASTY}])
    day.answers["list_staff"]["items"][0]["name"] = NASTY
    day.answers["list_offerings"]["items"][0]["title"] = NASTY
    office = as_("school_office")

    for page in ("", "/meetings", "/leading-group", "/staff", "/offerings", "/places"):
        shown = office.see(TERM + page)
        assert NASTY not in shown, page
        assert "&lt;script&gt;" in shown, page


def test_every_item_of_the_checklist_has_its_page() -> None:
    assert set(WHERE) | BY_THE_BUREAU == set(profiles.checklist())


def test_a_pack_says_what_is_missing_and_is_filed_again_when_it_changed(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_office").see(f"{TERM}/filing")
    assert "还没有学生签协议参加。" in page
    assert "教育局还没有设定收费标准。" in page
    assert "还缺 2 项材料。" in page

    day.answers["get_pack"].update(state="changed", missing=[], filing=1)
    assert "重新备案" in as_("school_office").see(f"{TERM}/filing")

    day.answers["get_pack"].update(state="acknowledged")
    assert "<button" not in as_("school_office").see(f"{TERM}/filing").partition("sticky")[2]


def lead(page: str, path: str, words: str) -> bool:
    links = page.split(f'<a class="go" href="{path}">')[1:]
    return any(words in link.partition("</a>")[0] for link in links)


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def kept(name: str, value: str, page: str) -> bool:
    ways = (f'value="{value}" selected', f'value="{value}" checked', f">{value}</textarea>")
    field = rf'<input type="(text|date|hidden)"[^>]* name="{name}" value="{re.escape(value)}"'
    return any(way in page for way in ways) or bool(re.search(field, page))
