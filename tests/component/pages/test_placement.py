"""A family or the office ends or pauses a place: the page says what that means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.component.pages.world import Browser, SchoolDay

APPLICATION = "/me/children/st-1/application"
LEAVE = "/me/children/st-1/places/ap-1/withdraw"
PLACE = "/office/places/ap-3"


def term_of(day: SchoolDay, **changes: Any) -> None:
    day.answers["my_children"]["items"][0]["terms"][0].update(changes)


@pytest.mark.clause("P1-079")
def test_a_family_leaves_with_a_day_and_perhaps_a_reason(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("guardian")
    page = browser.see(APPLICATION)
    assert "退出课后服务" in page
    assert "不再收费" in page
    assert 'name="effective_on" value="" min="2026-09-01" max="2027-01-22"' in page

    answer = browser.send(APPLICATION, LEAVE, effective_on="2026-10-19", reason=" ")

    assert answer.status_code == 303
    assert "已办理退出" in browser.see(answer.location)
    [sent] = day.sent("withdraw_student")
    assert sent.params == {"application_id": "ap-1"}
    assert sent.body == {"effective_on": "2026-10-19"}


def test_without_a_day_nothing_is_sent(as_: Callable[..., Browser], day: SchoolDay) -> None:
    answer = as_("guardian").send(APPLICATION, LEAVE, effective_on="", reason="搬家")

    assert answer.status_code == 422
    assert answer.text.count("请选择日期，今天或以后。") == 2
    assert 'value="搬家"' in answer.text
    assert 'href="#withdraw-ap-1-effective_on"' in answer.text
    assert not day.sent("withdraw_student")


@pytest.mark.clause("P1-079")
def test_a_suspended_family_sees_the_days_and_resumes(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    term_of(day, suspended_from="2026-10-19", suspended_until="2026-10-30", reason="骨折休养")
    browser = as_("guardian")
    page = browser.see(APPLICATION)
    assert "暂停：10月19日 周一 至 10月30日 周五" in page
    assert "骨折休养" in page
    assert "/suspend" not in page

    path = "/me/children/st-1/places/ap-1/resume"
    answer = browser.send(APPLICATION, path, on="2026-10-26")

    assert "已办理恢复" in browser.see(answer.location)
    assert day.sent("resume_enrolment")[0].body == {"on": "2026-10-26"}


@pytest.mark.clause("P1-079")
def test_who_left_sees_since_when_and_may_apply_again(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    term_of(
        day,
        state="withdrawn",
        withdrawn_on="2026-10-19",
        previous_service_kinds=["interest_activity"],
    )

    page = as_("guardian").see(APPLICATION)

    assert "自 10月19日 周一 起退出" in page
    assert "/withdraw" not in page
    assert 'value="interest_activity" checked' in page
    assert 'value="after_school_custody" checked' not in page
    assert 'value="apply"' in page
    assert 'value="decline"' not in page


def test_until_the_day_of_leaving_the_child_is_fetched_as_ever(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    term_of(day, state="withdrawn", withdrawn_on="2026-09-02")
    assert "/me/children/st-1/code" in as_("guardian").see("/me")

    term_of(day, withdrawn_on="2026-09-01")
    assert "/me/children/st-1/code" not in as_("guardian").see("/me")


@pytest.mark.clause("P1-004")
def test_last_terms_choices_are_ticked_and_can_be_changed(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("guardian").see("/me/children/st-9/application")
    assert "已按上次的选择勾好" not in page

    fresh = day.answers["my_children"]["items"][1]["terms"][0]
    fresh["previous_service_kinds"] = ["interest_activity"]
    page = as_("guardian").see("/me/children/st-9/application")

    assert "已按上次的选择勾好" in page
    assert 'value="interest_activity" checked' in page
    assert 'value="after_school_custody" checked' not in page
    assert not day.sent("submit_application")


@pytest.mark.clause("P1-079")
def test_the_office_gives_a_reason(as_: Callable[..., Browser], day: SchoolDay) -> None:
    browser = as_("school_office")
    assert f'href="{PLACE}"' in browser.see("/office")

    bare = browser.send(PLACE, f"{PLACE}/withdraw", effective_on="2026-10-19", reason=" ")
    assert (bare.status_code, day.sent("withdraw_student")) == (422, [])
    answer = browser.send(PLACE, f"{PLACE}/withdraw", effective_on="2026-10-19", reason="多次缺席")

    assert "已办理退出" in browser.see(answer.location)
    assert day.sent("withdraw_student")[0].body == {
        "effective_on": "2026-10-19",
        "reason": "多次缺席",
    }


def test_the_office_suspends_and_resumes(as_: Callable[..., Browser], day: SchoolDay) -> None:
    browser = as_("school_office")
    browser.send(PLACE, f"{PLACE}/suspend", from_on="2026-10-19", until_on="", reason="")
    assert day.sent("suspend_enrolment")[0].body == {"from_on": "2026-10-19"}

    day.answers["get_application"]["suspended_from"] = "2026-10-19"
    assert "自 10月19日 周一 起暂停" in browser.see(PLACE)
    browser.send(PLACE, f"{PLACE}/resume", on="2026-10-26")
    assert day.sent("resume_enrolment")[0].body == {"on": "2026-10-26"}


def test_the_office_records_a_move_to_another_school(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    path = "/office/students/st-2/transfer"
    browser = as_("school_office")
    page = browser.see(path)
    assert "柳树小学" in page
    assert 'value="s1"' not in page, "not to itself"

    answer = browser.send(path, path, effective_on="2026-10-19", to_school_id="")

    assert "已登记转出" in browser.see(answer.location)
    [sent] = day.sent("transfer_student")
    assert sent.body == {"effective_on": "2026-10-19", "to_school_id": None}
    day.answers["get_student"]["left_on"] = "2026-10-19"
    assert "自 10月19日 周一 起转出本校" in browser.see(path)
