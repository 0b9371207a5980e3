"""What is typed is never lost, a double tap is harmless, and nothing is sent without a token."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from gateway.clients import ServiceUnavailable
from tests.component.pages.world import Browser, SchoolDay

RECEIVERS = "/me/children/st-1/receivers"
AUNT = {"name": "周姑姑", "relation": "relative", "phone": "13900139000", "valid_to": ""}

FORMS: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("guardian", RECEIVERS, RECEIVERS, AUNT, "authorise_pickup"),
    (
        "guardian",
        "/me",
        "/me/children/st-1/code",
        {"receiver_id": "r-1"},
        "issue_pickup_code",
    ),
    (
        "guardian",
        "/me/children/st-9/application",
        "/me/children/st-9/application/te-1",
        {"answer": "apply", "service_kinds": "interest_activity"},
        "submit_application",
    ),
    (
        "guardian",
        "/me/children/st-1/agreements/ap-1",
        "/me/children/st-1/agreements/ap-1",
        {"agreed": "yes", "agreement_version": "urban-district-1"},
        "sign_agreement",
    ),
    (
        "guardian",
        "/me/children/st-1/application",
        "/me/children/st-1/places/ap-1/withdraw",
        {"effective_on": "2026-10-19", "reason": "搬家"},
        "withdraw_student",
    ),
    (
        "guardian",
        "/me/children/st-1/application",
        "/me/children/st-1/places/ap-1/suspend",
        {"from_on": "2026-10-19", "until_on": "2026-10-30", "reason": "骨折"},
        "suspend_enrolment",
    ),
    (
        "school_office",
        "/office/places/ap-3",
        "/office/places/ap-3/withdraw",
        {"effective_on": "2026-10-19", "reason": "多次缺席"},
        "withdraw_student",
    ),
    (
        "school_office",
        "/office/students/st-2/transfer",
        "/office/students/st-2/transfer",
        {"effective_on": "2026-10-19", "to_school_id": "s2"},
        "transfer_student",
    ),
    (
        "teacher",
        "/class/c-32/today",
        "/class/c-32/today/roll",
        {"session_id": "se-1", "s-st-1": "present", "s-st-2": "absent"},
        "take_roll",
    ),
    (
        "school_office",
        "/office",
        "/office/applications/ap-1",
        {"answer": "reject", "reason": "名额已满"},
        "reject_application",
    ),
    (
        "guardian",
        "/me/surveys/su-1",
        "/me/surveys/su-1",
        {"student_id": "st-1", "q-joy": "4", "q-words": "很好", "wish": "1:lunch"},
        "answer_survey",
    ),
    (
        "guardian",
        "/me/opinions",
        "/me/opinions",
        {"school_id": "s1", "source": "pupil", "text": "想踢球"},
        "give_opinion",
    ),
    (
        "school_office",
        "/office/notices",
        "/office/notices",
        {
            "term_id": "te-1",
            "audience": "pupils",
            "kind": "service",
            "title": "通知",
            "text": "内容",
        },
        "publish_notice",
    ),
    (
        "school_office",
        "/office/surveys",
        "/office/surveys",
        {
            "term_id": "te-1",
            "purpose": "opinion",
            "audience": "guardians",
            "anonymous": "yes",
            "text-1": "要不要？",
            "kind-1": "choice",
            "options-1": "要\r\n不要",
        },
        "open_survey",
    ),
    (
        "school_office",
        "/office/surveys/su-1",
        "/office/surveys/su-1/close",
        {"response": "下月增加"},
        "close_survey",
    ),
    (
        "school_office",
        "/office/opinions",
        "/office/opinions",
        {"source": "npc_deputy", "text": "放学太挤", "contact": "电话"},
        "give_opinion",
    ),
    (
        "school_office",
        "/office/opinions",
        "/office/opinions/op-1/answer",
        {"reply": "马上改", "improvement_id": "im-1"},
        "answer_opinion",
    ),
    (
        "school_office",
        "/office/opinions",
        "/office/opinions/improvements",
        {"title": "分批放学", "text": "三个门", "opinion_ids": "op-1"},
        "publish_improvement",
    ),
    (
        "school_finance",
        "/finance/students/st-2",
        "/finance/students/st-2/waivers",
        {"category": "registered_poor", "evidence": "证明 12 号", "from_month": "2026-09"},
        "grant_waiver",
    ),
]


@pytest.mark.parametrize(("role", "page", "path", "values", "operation"), FORMS)
def test_success_goes_on_to_a_page_that_can_be_reloaded(
    as_: Callable[..., Browser],
    day: SchoolDay,
    role: str,
    page: str,
    path: str,
    values: dict[str, Any],
    operation: str,
) -> None:
    browser = as_(role)

    answer = browser.send(page, path, **values)

    assert answer.status_code == 303
    browser.see(answer.location)
    [sent] = day.sent(operation)
    assert len(sent.context["idempotency_key"]) == 36


@pytest.mark.parametrize(("role", "page", "path", "values", "operation"), FORMS)
def test_a_refusal_brings_the_form_back_with_what_was_typed(
    as_: Callable[..., Browser],
    day: SchoolDay,
    role: str,
    page: str,
    path: str,
    values: dict[str, Any],
    operation: str,
) -> None:
    day.refuse(operation)

    answer = as_(role).send(page, path, **values)

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text
    kept = {
        "name": 'value="{}"',
        "phone": 'value="{}"',
        "effective_on": 'value="{}"',
        "from_on": 'value="{}"',
        "until_on": 'value="{}"',
        "to_school_id": 'value="{}" selected',
        "reason": 'value="{}"',
        "evidence": 'value="{}"',
        "relation": 'value="{}" selected',
        "category": 'value="{}" selected',
        "receiver_id": 'value="{}" checked',
        "service_kinds": 'value="{}" checked',
        "agreed": 'value="{}" checked',
        "q-joy": 'value="{}" checked',
        "q-words": ">{}</textarea>",
        "wish": 'value="{}" checked',
        "source": 'value="{}"',
        "text": ">{}</textarea>",
        "title": 'value="{}"',
        "audience": 'value="{}" selected',
        "kind": 'value="{}" selected',
        "text-1": 'value="{}"',
        "anonymous": 'value="{}" checked',
        "response": ">{}</textarea>",
        "contact": 'value="{}"',
        "reply": ">{}</textarea>",
        "improvement_id": 'value="{}" selected',
        "opinion_ids": 'value="{}" checked',
        "s-st-2": 'id="absent-st-2" value="{}" aria-label="缺席" checked',
    }
    shown = [how.format(values[name]) for name, how in kept.items() if name in values]
    assert shown
    assert [each for each in shown if each not in answer.text] == []


@pytest.mark.parametrize(("role", "page", "path", "values", "operation"), FORMS)
def test_without_the_sessions_token_nothing_is_sent(
    as_: Callable[..., Browser],
    day: SchoolDay,
    role: str,
    page: str,
    path: str,
    values: dict[str, Any],
    operation: str,
) -> None:
    for token in ("", "0" * 64):
        answer = as_(role).send(page, path, **{**values, "csrf_token": token})
        assert answer.status_code == 403

    assert not day.sent(operation)


def test_a_wrong_field_says_what_to_do_beside_it_and_on_top(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("authorise_pickup", "invalid", phone=["String does not match."])

    page = as_("guardian").send(RECEIVERS, RECEIVERS, **AUNT).text

    assert page.count("请填写电话号码，例如 13800138000。") == 2
    assert 'href="#add-phone"' in page
    assert 'aria-invalid="true" aria-describedby="add-phone-error"' in page


def test_a_missing_field_is_told_without_asking_the_service(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    answer = as_("guardian").send(RECEIVERS, RECEIVERS, **{**AUNT, "phone": " "})

    assert answer.status_code == 422
    assert 'value="周姑姑"' in answer.text
    assert not day.sent("authorise_pickup")


def test_when_nobody_answered_the_form_comes_back_under_the_same_key(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.failures["authorise_pickup"] = ServiceUnavailable()

    answer = as_("guardian").send(RECEIVERS, RECEIVERS, **AUNT)

    [sent] = day.sent("authorise_pickup")
    assert answer.status_code == 503
    assert f'name="request_key" value="{sent.context["idempotency_key"]}"' in answer.text


def test_after_a_refusal_the_form_has_a_new_key(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("authorise_pickup")

    answer = as_("guardian").send(RECEIVERS, RECEIVERS, **AUNT)

    [sent] = day.sent("authorise_pickup")
    assert sent.context["idempotency_key"] not in answer.text


@pytest.mark.clause("P1-060")
def test_not_taking_part_is_an_equal_choice(as_: Callable[..., Browser], day: SchoolDay) -> None:
    path = "/me/children/st-9/application"
    page = as_("guardian").see(path)
    assert '<button class="button tall" name="answer" value="apply">' in page
    assert '<button class="button tall" name="answer" value="decline">' in page

    as_("guardian").send(path, f"{path}/te-1", answer="decline")

    [sent] = day.sent("decline_participation")
    assert sent.body == {"student_id": "st-9", "term_id": "te-1"}
    assert not day.sent("submit_application")


def test_a_roll_sends_only_who_is_not_simply_there(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    values = {"s-st-1": "present", "s-st-2": "absent", "s-st-4": "late", "s-st-5": "leave"}

    as_("teacher").send("/class/c-32/today", "/class/c-32/today/roll", session_id="se-1", **values)

    [sent] = day.sent("take_roll")
    assert {each["student_id"]: each["status"] for each in sent.body["exceptions"]} == {
        "st-2": "absent",
        "st-4": "late",
        "st-5": "leave",
    }


def test_money_is_typed_in_yuan_and_sent_in_fen(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = "/finance/students/st-2"

    wrong = as_("school_finance").send(page, f"{page}/payments", amount="八十", method="cash")
    as_("school_finance").send(
        page, f"{page}/payments", amount="40.5", method="cash", month="2026-09"
    )

    assert wrong.status_code == 422
    assert 'value="八十"' in wrong.text
    [sent] = day.sent("record_payment")
    assert sent.body == {"month": "2026-09", "amount_fen": 4050, "method": "cash"}


def test_a_roster_is_checked_before_it_is_imported(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    def send(do: str) -> str:
        file = (io.BytesIO("姓名\n周小满\n".encode()), "名册.csv")
        return as_("school_office").send("/office/import", "/office/import", do=do, file=file).text

    assert "检查完毕，没有写入" in send("check")
    assert "校验位不对，请核对。" in send("check")
    assert not day.sent("import_roster")
    assert "已导入" in send("import")
    [sent] = day.sent("import_roster")
    assert sent.body["filename"] == "名册.csv"


def test_a_guardians_first_password_is_shown_once(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_names"]["names"]["g-2"] = {"name": "陈建国"}
    page = "/office/accounts/students/st-2"

    first = as_("school_office").send(page, f"{page}/g-2", username="chen.jianguo")
    again = as_("school_office").send(page, f"{page}/g-2", username="chen.jianguo")

    assert "初始密码" in first.text
    assert "这个账号早已建立" in again.text


def test_an_account_for_another_schools_guardian_is_refused(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_names"]["names"].pop("g-2", None)
    page = "/office/accounts/students/st-2"

    answer = as_("school_office").send(page, f"{page}/g-2", username="somebody.else")

    assert answer.status_code == 422
    assert "初始密码" not in answer.text


def test_a_taken_user_name_leaves_nobody_behind(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    wanted = {"name": "新老师", "role": "gate_guard", "kind": "school_staff", "username": "xin"}
    office = as_("school_office")
    day.answers["get_names"]["names"]["t-9"] = {"name": "新老师"}

    first = office.send("/office/accounts", "/office/accounts", **wanted)
    second = office.send("/office/accounts", "/office/accounts", **wanted)

    assert "初始密码" in first.text
    assert second.status_code == 422
    assert second.text.count("这个用户名已被使用，请换一个。") == 2
    assert len(day.sent("register_staff")) == 1


def test_the_office_keeps_a_guardian_from_a_child_with_proof(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = "/office/accounts/students/st-2"
    browser = as_("school_office")
    bare = browser.send(page, f"{page}/g-2/block", do="block", proof=" ")
    assert (bare.status_code, day.sent("block_guardian")) == (422, [])
    assert "请写明依据。" in bare.text

    answer = browser.send(page, f"{page}/g-2/block", do="block", proof="法院文书")

    assert "接送名单也已更新" in browser.see(answer.location)
    assert day.sent("block_guardian")[0].params == {"student_id": "st-2", "guardian_id": "g-2"}
    day.answers["get_student"]["guardians"][0]["blocked"] = True
    assert "已被学校限制" in browser.see(page)
    browser.send(page, f"{page}/g-2/block", do="unblock", proof="已撤销")
    assert day.sent("unblock_guardian")[0].body == {"proof": "已撤销"}
