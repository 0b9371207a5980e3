"""An office takes its term from nothing to the service, by its pages alone, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.test_pages import (  # fixtures
    DESK,
    People,
    _world,  # noqa: F401
)
from tests.end_to_end.town import School, open_school, register_district
from tests.end_to_end.worlds import EmbeddedWorld

FIRST_DAY = "2026-09-01T09:00:00+08:00"
TEACHER = "吴老师"


@pytest.fixture
def people(browser: Browser, world: EmbeddedWorld) -> Iterator[People]:
    everybody = People(browser, world, False, [])
    yield everybody
    for context in browser.contexts:
        context.close()


@pytest.mark.timeout(300)
def test_a_term_planned_by_hand(people: People, world: EmbeddedWorld) -> None:
    bureau = register_district(world, "north", "urban-district")
    school = open_school(world, "north", "elm")
    page = people.window_of(school.office, "/office", DESK)
    page.get_by_role("link", name="2026年秋季学期").first.click()
    page.get_by_role("button", name="开始制定方案").click()

    page.get_by_role("button", name="进入准备阶段").click()
    expect(page.get_by_role("alert")).to_contain_text("还缺：成立工作领导小组")
    _survey_stage(page)
    page.get_by_role("button", name="进入准备阶段").click()
    expect(page.locator("main")).to_contain_text("已进入准备阶段。")

    _people(page)
    _rules(page)
    _staff(page, school)
    _offerings(page)
    page.get_by_role("button", name="上报教育局审核").click()
    expect(page.locator("main")).to_contain_text("已上报，等教育局审核。")

    plan = f"/terms/{school.term_id}/plan"
    bureau.post(f"{plan}/return", {"reason": "写明家长会的安排。", "items": ["safety_plan"]})
    page.reload()
    expect(page.locator("main")).to_contain_text("写明家长会的安排。")
    expect(page.locator("main")).to_contain_text("涉及：安全预案")
    page.get_by_role("button", name="上报教育局审核").click()
    bureau.post(f"{plan}/approve")

    _open(page, school)
    world.advance_to(FIRST_DAY)
    page.goto(f"/office/terms/{school.term_id}")
    page.get_by_role("button", name="开始服务").click()
    expect(page.get_by_role("alert")).to_contain_text("托管协议和责任书已签")
    assert people.complaints == []


def _go(page: Page, name: str) -> None:
    page.locator("#missing a.go:visible", has_text=name).first.click()


def _survey_stage(page: Page) -> None:
    _go(page, "成立工作领导小组")
    page.get_by_label("组长").select_option(label=TEACHER)
    page.get_by_label(TEACHER).check()
    page.get_by_role("button", name="保存").click()
    _go(page, "召开教师大会")
    expect(page.get_by_label("哪一种会议")).to_have_value("staff_meeting")
    _meeting(page)
    page.get_by_role("link", name="返回").click()
    _go(page, "向家长宣传")
    _notice(page, "service")


def _meeting(page: Page) -> None:
    page.locator("textarea[name=minutes]").fill("讲了自愿原则和分工。")
    page.get_by_role("button", name="保存会议记录").click()
    expect(page.locator("main")).to_contain_text("讲了自愿原则和分工。")


def _notice(page: Page, kind: str) -> None:
    expect(page.get_by_label("类别")).to_have_value(kind)
    page.get_by_label("标题").fill("致家长")
    page.get_by_label("内容").fill("课后服务自愿参加。")
    page.get_by_role("button", name="发布").click()
    expect(page.locator("main")).to_contain_text("通知已发布。")
    page.goto("/office")
    page.get_by_role("link", name="2026年秋季学期").first.click()


def _people(page: Page) -> None:
    _go(page, "设立组织机构、确定管理人员")
    page.get_by_label("统筹协调").select_option(label=TEACHER)
    page.get_by_role("button", name="保存").click()
    _go(page, "岗位落实到人：带班领导")
    for duty in ("带班领导", "安全", "活动", "后勤", "家校联系"):
        page.get_by_label(duty).select_option(label=TEACHER)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#missing")).not_to_contain_text(
        "岗位落实到人：家校联系", use_inner_text=True
    )


def _rules(page: Page) -> None:
    for item in ("实施方案", "安全预案"):
        _go(page, item)
        _write_rule(page)
    _go(page, "各项管理制度")
    for _ in range(3):
        page.locator("a.go", has_text="还缺").first.click()
        page.get_by_label("全文").fill("本校的规定。")
        page.get_by_role("button", name="发布").click()
        expect(page.locator("main")).to_contain_text("制度已发布。")
    page.get_by_role("link", name="返回").click()


def _write_rule(page: Page) -> None:
    page.get_by_label("全文").fill("本校的规定。")
    page.get_by_role("button", name="发布").click()
    page.get_by_role("link", name="返回").click()


def _staff(page: Page, school: School) -> None:
    school.teacher.post(f"/terms/{school.term_id}/volunteers")
    page.goto(f"/office/terms/{school.term_id}/staff")
    page.get_by_role("link", name=TEACHER).click()
    page.get_by_label("结果").select_option(label="通过")
    page.get_by_label("有效期至").fill("2027-08-31")
    page.get_by_role("button", name="登记核查结果").click()
    page.get_by_role("link", name=TEACHER).click()
    page.get_by_label("存放处或编号").fill("教务处 1 号")
    page.get_by_role("button", name="登记纸质责任书").click()
    # Safety has it; enrollment hears of it in a moment, and the page says so.
    expect(page.locator("main")).to_contain_text("已签责任书")
    staffed = f"/terms/{school.term_id}/volunteers"
    school.office.wait_for(staffed, lambda found: found["items"][0]["assignable"])


def _offerings(page: Page) -> None:
    page.goto(page.url)
    expect(page.locator("main")).to_contain_text("可以安排")
    page.get_by_role("link", name="返回").click()
    _go(page, "活动科目、教师、场所")
    page.get_by_role("link", name="场地", exact=True).click()
    page.get_by_role("link", name="新增场地").click()
    page.get_by_label("场地名称").fill("音乐教室")
    page.get_by_label("类别").select_option(label="功能室")
    page.get_by_label("最多容纳人数").fill("45")
    page.get_by_label("负责人").select_option(label=TEACHER)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="返回").click()
    _propose(page, "作业辅导", "作业辅导", ("15:30", "16:15"))
    page.get_by_role("link", name="返回").click()
    _propose(page, "琵琶社", "社团", ("16:00", "17:00"))
    expect(page.get_by_role("alert")).to_contain_text("在这个时间已有安排：作业辅导")
    expect(page.get_by_label("项目名称")).to_have_value("琵琶社")
    expect(page.get_by_label("周四")).to_be_checked()
    page.get_by_label("开始").fill("16:15")
    page.get_by_role("button", name="提交项目").click()
    expect(page.locator("main")).to_contain_text("项目已提交。")
    page.get_by_role("link", name="返回").click()
    page.get_by_role("link", name="返回").click()


def _propose(page: Page, title: str, content: str, times: tuple[str, str]) -> None:
    page.get_by_role("link", name="新增项目").click()
    page.get_by_label("项目名称").fill(title)
    page.get_by_label("服务和内容").select_option(label=content)
    if content == "社团":
        page.get_by_label("特色科目").select_option(label="琵琶社团")
    page.get_by_label("教师").select_option(label=TEACHER)
    page.get_by_label("场地").select_option(index=1)
    page.get_by_label("名额").fill("40")
    for each in ("1 年级", "2 年级", "3 年级", "周一", "周二", "周三", "周四"):
        page.get_by_label(each).check()
    page.get_by_label("开始").fill(times[0])
    page.get_by_label("结束").fill(times[1])
    page.get_by_role("button", name="提交项目").click()


def _open(page: Page, school: School) -> None:
    page.goto(f"/office/terms/{school.term_id}/offerings")
    page.get_by_role("link", name="琵琶社").click()
    page.get_by_role("button", name="向家长开放").click()
    expect(page.locator("main")).to_contain_text("项目已向家长开放。")
    page.goto(f"/office/terms/{school.term_id}")
    for item, kind in (("致家长的一封信（告知书）", "notice_letter"), ("信息提示", "info_prompt")):
        _go(page, item)
        _notice(page, kind)
    _go(page, "家长会")
    _meeting(page)
