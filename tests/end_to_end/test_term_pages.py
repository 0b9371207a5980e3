"""A whole term of one school under each plan, by hand: families and the teacher on phones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end import office_desk as desk
from tests.end_to_end.office_desk import Plan, press, reload_until, says
from tests.end_to_end.test_pages import (  # fixtures
    DESK,
    People,
    _parent_logs_in,
    _world,  # noqa: F401
)
from tests.end_to_end.town import School, guardian, open_school, register_district
from tests.end_to_end.worlds import EmbeddedWorld

AFTER_PUBLICITY = "2026-08-28T09:00:00+08:00"
FIRST_MORNING = "2026-09-01T08:00:00+08:00"
FIRST_AFTERNOON = "2026-09-01T15:40:00+08:00"
IN_OCTOBER = "2026-10-12T09:00:00+08:00"
AFTER_THE_PAUSE = "2026-10-26T09:00:00+08:00"
AFTER_THE_TERM = "2027-01-23T09:00:00+08:00"

CHILD, CLASSMATE, LATECOMER = "周小满", "陈一诺", "林晨"
SEED = "2026-08-20 公开抽签"
WHY_SENT_BACK = "请写明放学后到离校前由谁看护。"
PLANS = [desk.URBAN, desk.DEXING]


class Term:
    """Everybody's window in one school's term. A test opens each once and comes back to it."""

    def __init__(self, people: People, world: EmbeddedWorld, plan: Plan) -> None:
        self.people, self.world, self.plan = people, world, plan
        bureau = register_district(world, plan.profile, plan.profile)
        self.bureau = people.window_of(bureau, "/bureau", DESK)
        self.school: School = open_school(world, plan.profile, "elm")
        self.office = people.window_of(self.school.office, "/office", DESK)
        self.teacher = people.window_of(self.school.teacher, "/class/term")
        self.parent = _parent_logs_in(people, world, self.school)
        self.others = {
            name: people.window_of(guardian(world, self.school, name), "/me")
            for name in (CLASSMATE, LATECOMER)
        }

    @property
    def parents(self) -> dict[str, Page]:
        return {CHILD: self.parent, **self.others}

    def in_office(self, path: str = "") -> Page:
        self.office.goto(f"/office/terms/{self.school.term_id}{path}")
        return self.office

    def of_child(self, child: str, what: str) -> Page:
        page = self.parents[child]
        page.goto(f"/me/children/{self.school.students[child]}/{what}")
        return page

    def application(self, child: str) -> Page:
        return self.of_child(child, "application")

    def places(self, child: str) -> Page:
        return self.of_child(child, f"offerings/{self.school.term_id}")


@pytest.fixture
def people(browser: Browser, world: EmbeddedWorld) -> Iterator[People]:
    everybody = People(browser, world, True, [])
    yield everybody
    for context in browser.contexts:
        context.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.profile)
def test_a_whole_term_by_hand(people: People, world: EmbeddedWorld, plan: Plan) -> None:
    term = Term(people, world, plan)
    if plan is desk.DEXING:
        _bureau_sets_what_the_plan_leaves_blank(term)
    _plan_is_made_and_reviewed(term)
    _families_apply(term)
    _places_are_allocated(term)
    world.advance_to(AFTER_PUBLICITY)
    _families_sign(term)
    world.advance_to(FIRST_MORNING)
    press(term.in_office(), "开始服务", "服务已开始。", "服务进行中")
    _first_session_is_planned(term)
    world.advance_to(FIRST_AFTERNOON)
    _first_session_is_opened(term)
    world.advance_to(IN_OCTOBER)
    _family_is_told_and_heard(term)
    _child_pauses(term)
    world.advance_to(AFTER_THE_PAUSE)
    _child_leaves_and_the_next_one_comes(term)
    _pack_is_filed(term)
    world.advance_to(AFTER_THE_TERM)
    press(term.in_office(), "结束本学期", "这个学期已结束。", "已结束")
    assert people.complaints == []


def _bureau_sets_what_the_plan_leaves_blank(term: Term) -> None:
    page = term.bureau
    for meaning, value in (
        ("小学课后托管的结束时间", '{"summer": "17:30", "winter": "17:00"}'),
        ("小学生每生每月收费上限", "6000"),
    ):
        page.goto("/bureau/policy")
        page.locator("#blanks a", has_text=meaning).click()
        page.get_by_label("新的值").fill(value)
        page.get_by_label("理由").fill("市里公布")
        press(page, "提出，先不改动", "提案已登记，启用之前什么都不变。")
        press(page, "启用为第", "新的版本已启用。")
    expect(page.locator("#blanks")).not_to_contain_text("小学")
    says(page, "夏季：17:30；冬季：17:00", "¥60.00", "不一致：晚自习、弹性到校")
    _seen(page, term, "bureau-policy")


def _plan_is_made_and_reviewed(term: Term) -> None:
    office, term_id = term.office, term.school.term_id
    desk.draft(office, term.plan)
    _teacher_volunteers_and_signs(term.teacher)
    desk.screen(office, term_id)
    desk.offer(office, term_id, term.plan)
    press(office, "上报教育局审核", "已上报，等教育局审核。")
    _seen(office, term, "plan-submitted")

    _bureau_opens_the_plan(term.bureau)
    term.bureau.get_by_text("退回方案").click()
    form = term.bureau.locator("#return form")
    form.get_by_label("退回的原因").fill(WHY_SENT_BACK)
    form.get_by_label("安全预案").check()
    press(term.bureau, "退回学校修改", "方案已退回，学校会看到原因。")

    says(term.in_office(), WHY_SENT_BACK, "涉及：安全预案")
    office.get_by_role("link", name="各项制度").click()
    office.get_by_role("link", name="安全预案").click()
    office.get_by_label("全文").fill("放学后由带班教师看护到离校。")
    press(office, "发布", "制度已发布。")
    press(term.in_office(), "上报教育局审核", "已上报，等教育局审核。")

    _bureau_opens_the_plan(term.bureau)
    says(term.bureau, WHY_SENT_BACK, "职责岗位：家校联系", "开放前再办")
    expect(term.bureau.locator("main")).not_to_contain_text("清单还缺")
    _seen(term.bureau, term, "plan-reviewed")
    press(term.bureau, "审核通过第 2 版", "方案已通过，学校可以开放报名。")
    desk.open_to_families(office, term_id, term.plan)
    says(term.in_office(), "审核通过", "第 2 版已生效")


def _teacher_volunteers_and_signs(page: Page) -> None:
    page.goto("/class/term")
    says(page, "参加不参加由您自己决定")
    press(page, "我愿意参加本学期课后服务", "已报名，谢谢您。")
    page.get_by_role("link", name="阅读并签订责任书").click()
    page.get_by_label("我已读完并同意以上责任书").check()
    press(page, "签订责任书", "责任书已签。")
    reload_until(page, "本学期已签")
    _fits(page)


def _bureau_opens_the_plan(page: Page) -> None:
    page.goto("/bureau")
    page.get_by_role("link", name="待审方案和备案").last.click()
    page.locator("#plans").get_by_role("link", name="elm小学").click()
    says(page, "已上报，待审核")


def _families_apply(term: Term) -> None:
    for child, page in term.parents.items():
        page.goto("/me")
        page.get_by_role("link", name="报名与协议").click()
        if term.plan is desk.DEXING and child == CHILD:
            press(page, "报名参加", "请先问孩子本人，再选“愿意”或“不愿意”。")
        if term.plan is desk.DEXING:
            expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
        page.get_by_label("课后托管").check()
        page.get_by_label("孩子愿意", exact=True).check()
        press(page, "报名参加", "报名已提交，请等学校审核。", "孩子愿意参加（已记录）")
        page.get_by_role("link", name="选项目、看名额").click()
        page.get_by_label(f"{term.plan.feature}的志愿").select_option("1")
        if child != LATECOMER:
            page.get_by_label("作业辅导的志愿").select_option("2")
        press(page, "保存志愿", "志愿已保存，分配前可以随时改。")
    _fits(term.parent)
    _seen(term.parent, term, "choices")


def _places_are_allocated(term: Term) -> None:
    page = term.office
    page.goto("/office")
    says(page, "待审核的报名（3）")
    page.get_by_role("link", name=f"优先 {CHILD}").click()
    page.get_by_label("类别").select_option(label="留守儿童")
    page.get_by_label("依据").fill("父母在外务工，村委会证明")
    page.get_by_label("看护时要注意什么").fill("放学由奶奶接")
    press(page, "认定优先", "已认定。分配名额时会优先。", "留守儿童", "父母在外务工")
    _seen(page, term, "priority")
    page.goto("/office")
    for child in (CHILD, CLASSMATE, LATECOMER):
        press(page, f"接受 {child}", "已接受报名。")
    says(term.application(CHILD), "学校已同意，等待公示。")

    page = term.in_office("/places")
    feature = page.locator("li", has_text=term.plan.feature)
    feature.get_by_text("改名额").click()
    feature.get_by_label("名额").fill("1")
    feature.get_by_role("button", name="保存").click()
    says(page, "名额已改。")
    page.get_by_label("种子").fill(SEED)
    press(page, "分配名额", "名额已分配", "3 名学生参加分配，2 名得到名额。", SEED)
    _seen(page, term, "allocation")
    page.goto("/office")
    press(page, "公示名单", "名单已公示。")

    says(term.application(CHILD), "名单公示中，确定后签协议。")
    says(term.places(CHILD), "优先学生", f"获得第 1 志愿“{term.plan.feature}”", "已有名额")
    _fits(term.parent)
    _seen(term.parent, term, "explanation")
    full = f"轮到时已满：{term.plan.feature}"
    says(term.places(CLASSMATE), full, "获得第 2 志愿“作业辅导”")
    says(term.places(LATECOMER), full, "候补中，前面还有 0 人")


def _families_sign(term: Term) -> None:
    term.office.goto("/office")
    press(term.office, "确认名单", "名单已确认，家长可以签协议了。")
    for child in (CHILD, CLASSMATE, LATECOMER):
        page = term.application(child)
        page.get_by_role("link", name="阅读并签订协议").click()
        expect(page.get_by_role("region", name="托管协议")).to_contain_text("自愿")
        expect(page.get_by_role("region", name="家长责任书")).to_contain_text("接送")
        if child == CHILD:
            _fits(page)
            _seen(page, term, "agreement")
        page.get_by_label("我已读完并同意以上协议和责任书").check()
        press(page, "签订协议和责任书", "协议已签，孩子已参加课后服务。")


def _first_session_is_planned(term: Term) -> None:
    page = term.teacher
    page.goto("/class/term")
    page.get_by_role("link", name=term.plan.feature).click()
    page.get_by_label("日期").select_option("2026-09-01")
    page.get_by_label("具体内容").fill("基本功和合练")
    press(page, "提交审核", "已提交，等学校审核。", "等待审核")
    _fits(page)
    page.goto("/class")
    says(page, "今天的活动")
    reload_until(page, "内容待审核")

    office = term.in_office("/offerings")
    office.get_by_role("link", name=term.plan.feature).click()
    office.get_by_role("link", name="每次活动的内容").click()
    says(office, "基本功和合练")
    office.get_by_label("指导意见").fill("分组进行，每组不超过八人。")
    press(office, "审核通过", "已审核通过，教师会看到指导意见。")


def _first_session_is_opened(term: Term) -> None:
    page = term.teacher
    page.goto("/class/term")
    page.get_by_role("link", name=term.plan.feature).click()
    says(page, "分组进行，每组不超过八人。", "已通过")
    page.goto("/class")
    reload_until(page, "可以开始")
    _fits(page)
    _seen(page, term, "class")
    press(page, f"开始“{term.plan.feature}”：三年级1班", "请点名。", term.plan.feature)
    page.get_by_text("需要照顾的学生（1）").click()
    says(page, CHILD, "放学由奶奶接")
    press(page, "报送点名", "点名已报送。", "还在（1）", CHILD)
    _fits(page)
    term.parent.goto("/me")
    reload_until(term.parent, "在校托管，15:40 起")
    says(term.parent, "负责老师：吴老师")
    _seen(term.parent, term, "in-care")


def _family_is_told_and_heard(term: Term) -> None:
    parent, office = term.parent, term.office
    parent.goto("/me")
    parent.get_by_role("link", name="通知与问卷").click()
    press(parent, "打开阅读 致家长", "课后服务自愿参加。", "已读，学校收到了回执")
    _office_asks(office, term)
    parent.goto("/me/notices")
    parent.get_by_role("link", name="哪里可以更好").click()
    says(parent, "这份问卷匿名")
    parent.get_by_label("您最希望改进什么？").fill("想要更多户外活动")
    press(parent, "提交", "已提交，谢谢。")
    _fits(parent)
    parent.goto("/me/opinions")
    parent.get_by_label("意见", exact=True).fill("接送时门口太挤")
    press(parent, "提交", "意见已登记，学校会回复。", "等待回复")
    _office_answers(office)
    parent.goto("/me/notices")
    parent.get_by_role("link", name="哪里可以更好").click()
    says(parent, "学校的回应", "每周增加一次户外活动。", "4 名学生中 1 份回答")
    parent.goto("/me/opinions")
    says(parent, "学校的回复", "分年级从两个门放学。", "低年级走东门，高年级走西门。")
    _seen(parent, term, "opinion")


def _office_asks(page: Page, term: Term) -> None:
    page.goto("/office/surveys")
    says(page, "还没有征求过家长意见")
    page.get_by_label("目的").select_option(label="意见问卷")
    page.get_by_label("标题").fill("哪里可以更好")
    page.get_by_label("匿名").check()
    page.locator("#ask-text-1").fill("您最希望改进什么？")
    page.locator("#ask-kind-1").select_option(label="文字")
    press(page, "发起", "问卷已发起，家长现在可以回答。")
    _seen(page, term, "survey")


def _office_answers(page: Page) -> None:
    page.reload()
    says(page, "1 / ")
    page.get_by_label("学校的回应和改进").fill("每周增加一次户外活动。")
    press(page, "公布回应并结束", "问卷已结束，回应已公布。", "每周增加一次户外活动。")
    page.goto("/office/opinions")
    says(page, "待处理（1）", "接送时门口太挤")
    page.locator("#open summary", has_text="回复").click()
    page.get_by_label("学校的回复").fill("分年级从两个门放学。")
    press(page, "发出回复", "回复已发出。")
    page.get_by_label("标题").fill("分年级放学")
    page.get_by_label("改了什么").fill("低年级走东门，高年级走西门。")
    page.get_by_label("接送时门口太挤").check()
    page.locator("#improvements").get_by_role("button", name="发布").click()
    says(page, "改进措施已发布。", "待处理（0）")


def _child_pauses(term: Term) -> None:
    page = term.application(CHILD)
    page.get_by_text("暂停一段时间").click()
    page.get_by_label("从哪天起不来").fill("2026-10-13")
    page.get_by_label("到哪天为止").fill("2026-10-20")
    press(page, "办理暂停", "已办理暂停，可以随时恢复。")
    says(page, "暂停：10月13日 周二 至 10月20日 周二")
    _fits(page)
    _seen(page, term, "paused")


def _child_leaves_and_the_next_one_comes(term: Term) -> None:
    page = term.application(CHILD)
    page.get_by_text("退出课后服务", exact=True).click()
    page.get_by_label("从哪天起不再参加").fill("2026-10-26")
    press(page, "办理退出", "已办理退出。以后可以重新报名。", "自 10月26日 周一 起退出")
    _fits(page)
    _seen(page, term, "left")

    page = term.parents[LATECOMER]
    page.goto("/me")
    says(page, f"“{term.plan.feature}”有名额了，请在 10月28日")
    page.get_by_role("link", name="去答复").click()
    _fits(page)
    _seen(page, term, "offered")
    press(page, "接受名额", "有名额了。", "已有名额")
    page = term.in_office("/places")
    expect(page.locator("li", has_text=term.plan.feature)).to_contain_text("1 / 1")


def _pack_is_filed(term: Term) -> None:
    page = term.in_office()
    page.get_by_role("link", name="学期备案").click()
    says(page, "已超期", "课程设置和课时计划")
    press(page, "备案", "已备案，等教育局确认。", "已备案，待确认")
    _seen(page, term, "filed")
    bureau = term.bureau
    bureau.goto("/bureau/reviews")
    bureau.locator("#filings").get_by_role("link", name="elm小学").click()
    says(bureau, "参加学生名册", "吴老师")
    _seen(bureau, term, "filing")
    press(bureau, "确认备案", "备案已确认。")
    says(term.in_office("/filing"), "已确认")


def _fits(page: Page) -> None:
    """Check that nothing on a phone's page has to be moved sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def _seen(page: Page, term: Term, name: str) -> None:
    """Keep a picture, where somebody names a folder for pictures."""
    folder = os.environ.get("HP3_TEST_PICTURES")
    if folder:
        path = Path(folder) / f"{term.plan.profile}-{name}.png"
        page.screenshot(path=path, full_page=True)
