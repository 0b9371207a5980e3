"""An office plans its term under either plan, by hand, at its desk."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.end_to_end.test_planning_pages import (
    TEACHER,
    _go,
    _meeting,
    _notice,
    _people,
    _survey_stage,
)
from tests.stack.waiting import until

TERM = "2026年秋季学期"


@dataclass(frozen=True)
class Plan:
    """What an office does differently under one plan; ``content`` is that of the feature."""

    profile: str
    feature: str
    content: str
    subject: str
    days: tuple[str, ...]
    rules: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]


URBAN = Plan(
    profile="urban-district",
    feature="琵琶社",
    content="社团",
    subject="琵琶社团",
    days=("周一", "周二", "周三", "周四"),
    rules=("实施方案", "安全预案"),
    notices=(("致家长的一封信（告知书）", "notice_letter"), ("信息提示", "info_prompt")),
)
DEXING = Plan(
    profile="dexing",
    feature="趣味体育",
    content="体育",
    subject="",
    days=("周一", "周二", "周三", "周四", "周五"),
    rules=("安全预案",),
    notices=(("服务内容告知家长和学生", "service_content"),),
)


def says(page: Page, *words: str) -> None:
    """Check what people read on a page."""
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def press(page: Page, button: str, *words: str) -> None:
    """Press a button and check what the page answers."""
    page.get_by_role("button", name=button).first.click()
    says(page, *words)


def reload_until(page: Page, words: str) -> None:
    """Look again until a page tells what another service has on its way."""

    def told() -> bool:
        page.reload()
        return words in page.locator("main").inner_text()

    until(told, within=20, told=page.locator("main").inner_text)


def draft(page: Page, plan: Plan) -> None:
    """Take the plan from nothing to the preparation stage, and name who answers."""
    page.get_by_role("link", name=TERM).first.click()
    press(page, "开始制定方案", "已开始制定方案")
    if plan is URBAN:
        _survey_stage(page)
    else:
        _ask_what_parents_need(page)
    press(page, "进入准备阶段", "已进入准备阶段。")
    _people(page)
    for rule in plan.rules:
        _go(page, rule)
        _publish_rule(page)
        page.get_by_role("link", name="返回").click()
    _go(page, "各项管理制度")
    for _ in range(3):
        page.locator("a.go", has_text="还缺").first.click()
        _publish_rule(page)
    page.get_by_role("link", name="返回").click()
    if plan is DEXING:
        page.get_by_role("link", name="声明", exact=True).click()
        page.get_by_label("以上属实，由学校负责").check()
        press(page, "作出声明", "已声明。")


def _publish_rule(page: Page) -> None:
    page.get_by_label("全文").fill("本校的规定。")
    press(page, "发布", "制度已发布。")


def _ask_what_parents_need(page: Page) -> None:
    _go(page, "成立工作领导小组")
    page.get_by_label("组长").select_option(label=TEACHER)
    page.get_by_label(TEACHER).check()
    press(page, "保存", "已保存。")
    _go(page, "充分征求家长意见")
    expect(page.get_by_label("目的")).to_have_value("demand")
    press(page, "发起", "问卷已发起")
    page.get_by_label("学校的回应和改进").fill("按家长的需要开设托管和体育活动。")
    press(page, "公布回应并结束", "问卷已结束，回应已公布。")
    _back_to_the_term(page)


def screen(page: Page, term_id: str) -> None:
    """Put the result of the teacher's screening on record."""
    page.goto(f"/office/terms/{term_id}/staff")
    says(page, "已报名", "还不能安排")
    page.get_by_role("link", name=TEACHER).click()
    page.get_by_label("结果").select_option(label="通过")
    page.get_by_label("有效期至").fill("2027-08-31")
    press(page, "登记核查结果", "核查结果已登记")


def offer(page: Page, term_id: str, plan: Plan) -> None:
    """Register a room and propose both offerings of the plan's day."""
    page.goto(f"/office/terms/{term_id}/staff")
    reload_until(page, "可以安排")
    page.goto(f"/office/terms/{term_id}/venues/new")
    page.get_by_label("场地名称").fill("音乐教室")
    page.get_by_label("类别").select_option(label="功能室")
    page.get_by_label("最多容纳人数").fill("45")
    page.get_by_label("负责人").select_option(label=TEACHER)
    press(page, "保存", "音乐教室")
    _propose(page, term_id, plan, "作业辅导", "作业辅导", ("15:30", "16:15"))
    _propose(page, term_id, plan, plan.feature, plan.content, ("16:15", "17:00"))
    page.goto(f"/office/terms/{term_id}")


def _propose(
    page: Page, term_id: str, plan: Plan, title: str, content: str, times: tuple[str, str]
) -> None:
    page.goto(f"/office/terms/{term_id}/offerings/new")
    page.get_by_label("项目名称").fill(title)
    custody = page.locator("optgroup[label=课后托管] option", has_text=content)
    page.get_by_label("服务和内容").select_option(custody.get_attribute("value"))
    if title == plan.feature and plan.subject:
        page.get_by_label("特色科目").select_option(label=plan.subject)
    page.get_by_label("教师").select_option(label=TEACHER)
    page.get_by_label("场地").select_option(index=1)
    page.get_by_label("名额").fill("40")
    for each in ("1 年级", "2 年级", "3 年级", *plan.days):
        page.get_by_label(each).check()
    page.get_by_label("开始").fill(times[0])
    page.get_by_label("结束").fill(times[1])
    press(page, "提交项目", "项目已提交。", title)


def open_to_families(page: Page, term_id: str, plan: Plan) -> None:
    """Do what is to be done between the bureau's approval and the first application."""
    for title in ("作业辅导", plan.feature):
        page.goto(f"/office/terms/{term_id}/offerings")
        page.get_by_role("link", name=title).click()
        press(page, "向家长开放", "项目已向家长开放。")
    page.goto(f"/office/terms/{term_id}")
    page.get_by_role("link", name="服务公开", exact=True).click()
    page.get_by_label("服务方式").fill("放学后在校内集中看护，自愿参加。")
    page.get_by_label("服务内容").fill("作业辅导和文体活动，不集体授课。")
    page.get_by_label("安全保障措施").fill("专人点名，凭接送码交接。")
    press(page, "公开", "已公开。")
    page.goto(f"/office/terms/{term_id}")
    for item, kind in plan.notices:
        _go(page, item)
        _notice(page, kind)
    if plan is URBAN:
        _go(page, "家长会")
        _meeting(page)


def _back_to_the_term(page: Page) -> None:
    page.goto("/office")
    page.get_by_role("link", name=TERM).first.click()
