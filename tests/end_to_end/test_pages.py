"""The same school day by hand: people, their phones and a browser, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
)

from tests.end_to_end.client import Client
from tests.end_to_end.town import School, guardian, open_school, plan_term, register_district
from tests.end_to_end.worlds import EmbeddedWorld

BEFORE_TERM = "2026-08-20T09:00:00+08:00"
AFTER_PUBLICITY = "2026-08-28T09:00:00+08:00"
GATE_TIME = "2026-09-01T15:31:00+08:00"
CHILD = "周小满"
OWN_PASSWORD = "a password of my own"
PHONE, DESK = (390, 844), (1280, 900)


@pytest.fixture(name="world")
def _world(tmp_path: Path) -> Iterator[EmbeddedWorld]:
    world = EmbeddedWorld(tmp_path, BEFORE_TERM)
    yield world
    world.close()


@dataclass
class People:
    """Everybody's own browser window; ``complaints`` is what a browser or a page complained of."""

    browser: Browser
    world: EmbeddedWorld
    scripts: bool
    complaints: list[str]

    def window(self, size: tuple[int, int] = PHONE) -> Page:
        """Return a fresh window of somebody who is not logged in."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=self.scripts,
            base_url=self.world.base_url,
            locale="zh-CN",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message))
        return page

    def window_of(self, client: Client, path: str, size: tuple[int, int] = PHONE) -> Page:
        """Return the window of somebody who logged in before."""
        page = self.window(size)
        self._log_in(page.context, client)
        page.goto(path)
        return page

    def _log_in(self, context: BrowserContext, client: Client) -> None:
        token = client._http.headers["Authorization"].removeprefix("Bearer ")
        context.add_cookies([{"name": "hp3_session", "value": token, "url": self.world.base_url}])

    def _heard(self, page: Page, message: ConsoleMessage) -> None:
        # A form that comes back is answered 4xx, which Chromium's console calls an error.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"{page.url}: {message.text}")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def people(
    browser: Browser, world: EmbeddedWorld, request: pytest.FixtureRequest
) -> Iterator[People]:
    everybody = People(browser, world, request.param, [])
    yield everybody
    for context in browser.contexts:
        context.close()


@pytest.mark.timeout(300)
@pytest.mark.clause("P1-060", "P1-062", "P1-063", "P1-064", "P1-085", "P2-048", "P2-102", "P2-103")
def test_a_school_day_by_hand(people: People, world: EmbeddedWorld) -> None:
    bureau = register_district(world, "north", "urban-district")
    school = open_school(world, "north", "elm")
    plan_term(school, bureau)
    _anybody_reads_what_the_school_offers(people)
    parent = _parent_logs_in(people, world, school)
    _parent_applies(parent)
    office = people.window_of(school.office, "/office", DESK)
    _office_accepts_and_publishes(office)
    _parent_objects_and_reads_the_answer(parent, office)

    world.advance_to(AFTER_PUBLICITY)
    office.goto("/office")
    office.get_by_role("button", name="确认名单").click()
    expect(office.locator("main")).to_contain_text("名单已确认，家长可以签协议了。")
    _parent_signs(parent)

    world.advance_to(GATE_TIME)
    code = _parent_lets_the_aunt_fetch(parent)
    _teacher_takes_the_roll(people, school)
    _gate_hands_over(people, school, code)
    parent.goto("/me")
    expect(parent.locator("main")).to_contain_text("由 周阿姨（亲戚）接走")
    expect(parent.locator("main")).not_to_contain_text(code)
    _bureau_sees_it(people, bureau)
    assert people.complaints == []


def _anybody_reads_what_the_school_offers(people: People) -> None:
    page = people.window()
    page.goto("/")
    page.get_by_role("link", name="查找学校").click()
    page.get_by_role("link", name="elm小学").click()
    for words in ("放学后在校内集中看护", "安全保障措施", "正在接受报名", "琵琶社团"):
        expect(page.locator("main")).to_contain_text(words)


def _parent_logs_in(people: People, world: EmbeddedWorld, school: School) -> Page:
    guardian(world, school, CHILD)
    username, password = school.logins[CHILD]
    page = people.window()
    page.goto("/me")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.locator("main").get_by_role("button", name="登录").click()
    page.get_by_label("现在的密码").fill(password)
    page.get_by_label("新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="保存新密码").click()
    expect(page.locator("main")).to_contain_text("密码已修改。")
    expect(page.locator("main")).to_contain_text(CHILD)
    return page


def _parent_applies(page: Page) -> None:
    page.get_by_role("link", name="报名与协议").click()
    page.get_by_label("孩子愿意", exact=True).check()
    page.get_by_role("button", name="报名参加").click()
    expect(page.locator("main")).to_contain_text("报名已提交，请等学校审核。")
    page.get_by_role("link", name="选项目、看名额").click()
    page.get_by_label("琵琶社团的志愿").select_option("1")
    page.get_by_label("作业辅导的志愿").select_option("2")
    page.get_by_role("button", name="保存志愿").click()
    expect(page.locator("main")).to_contain_text("志愿已保存")
    expect(page.get_by_label("作业辅导的志愿")).to_have_value("2")


def _office_accepts_and_publishes(page: Page) -> None:
    page.get_by_role("button", name="接受", exact=False).first.click()
    expect(page.locator("main")).to_contain_text("已接受报名。")
    page.get_by_role("button", name="公示名单").click()
    expect(page.locator("main")).to_contain_text("名单已公示。")
    expect(page.get_by_role("button", name="确认名单")).to_have_count(0)


def _parent_objects_and_reads_the_answer(parent: Page, office: Page) -> None:
    parent.goto("/me")
    parent.get_by_role("link", name="报名与协议").click()
    parent.get_by_role("link", name="看公示名单").click()
    expect(parent.locator("main")).to_contain_text("周*满")
    parent.get_by_label("您的异议").fill("班级写错了。")
    parent.get_by_role("button", name="提出异议").click()
    expect(parent.locator("main")).to_contain_text("等学校答复")
    office.goto("/office")
    office.get_by_role("link", name="待处理异议（1）").click()
    office.get_by_label("学校的答复").fill("已核对，会更正。")
    office.get_by_label("异议成立", exact=True).check()
    office.get_by_role("button", name="答复并办结").click()
    expect(office.locator("main")).to_contain_text("异议已办结")
    parent.reload()
    expect(parent.locator("#mine")).to_contain_text("已核对，会更正。")


def _parent_signs(page: Page) -> None:
    page.goto("/me")
    page.get_by_role("link", name="报名与协议").click()
    page.get_by_role("link", name="阅读并签订协议").click()
    expect(page.get_by_role("region", name="家长责任书")).to_contain_text("接送")
    page.get_by_role("button", name="签订协议").click()
    expect(page.get_by_role("alert")).to_contain_text("请先勾选")
    page.get_by_label("我已读完并同意以上协议").check()
    page.get_by_role("button", name="签订协议").click()
    expect(page.locator("main")).to_contain_text("协议已签，孩子已参加课后服务。")
    page.get_by_role("link", name="查看已签的协议").click()
    for words in ("签署记录", "确认公示名单，同意入托", "签订"):
        expect(page.locator("main")).to_contain_text(words)


def _parent_lets_the_aunt_fetch(page: Page) -> str:
    page.goto("/me")
    page.get_by_role("link", name="谁可以来接").click()
    page.get_by_label("姓名").fill("周阿姨")
    page.get_by_label(f"与{CHILD}的关系").select_option("relative")
    page.get_by_label("手机号").fill("139")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写电话号码")
    expect(page.get_by_label("姓名")).to_have_value("周阿姨")
    page.get_by_label("手机号").fill("13900139000")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("main")).to_contain_text("已添加，从今天起可以来接。")
    page.goto("/me")
    page.get_by_label("周阿姨").check()
    page.get_by_role("button", name="生成接送码").click()
    expect(page.locator(".pass svg.qr")).to_be_visible()
    code = page.locator(".digits").inner_text()
    assert len(code) == 6
    return code


def _teacher_takes_the_roll(people: People, school: School) -> None:
    page = people.window_of(school.teacher, f"/class/{school.class_id}/today")
    page.get_by_role("button", name="开始课后托管").click()
    tile = page.locator(".tile label:visible")
    expect(tile).to_have_count(1)
    for word in ("缺席", "请假", "迟到", "到"):
        tile.click()
        expect(tile).to_contain_text(word)
    send = page.get_by_role("button", name="报送点名")
    send.dblclick() if people.scripts else send.click()
    expect(page.locator("main")).to_contain_text("点名已报送。")
    expect(page.locator("main")).to_contain_text("还在（1）")


def _gate_hands_over(people: People, school: School, code: str) -> None:
    page = people.window_of(school.guard, "/gate")
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    _type(people, page, wrong)
    expect(page.locator(".light.stop")).to_contain_text("不能交接")
    page.get_by_role("link", name="查下一位").click()
    _type(people, page, code)
    light = page.locator(".light.fine")
    for words in ("可以交接", CHILD, "三年级1班", "周阿姨", "亲戚"):
        expect(light).to_contain_text(words)
    light.get_by_role("button", name=f"交接{CHILD}").click()
    expect(page.locator("main")).to_contain_text(f"已交接：三年级1班 {CHILD}")
    expect(page.get_by_label("接送码")).to_be_focused()
    expect(page.locator(".counts").first).to_contain_text("0在校")
    _type(people, page, code)
    expect(page.locator(".light.stop")).to_contain_text("已经交接")


def _type(people: People, page: Page, code: str) -> None:
    page.get_by_label("接送码").press_sequentially(code)
    if not people.scripts:
        page.get_by_role("button", name="查验").click()


def _bureau_sees_it(people: People, bureau: Client) -> None:
    page = people.window_of(bureau, "/bureau", DESK)
    row = page.locator("#custody tbody tr")

    def handed_over() -> bool:
        page.reload()
        cells = row.locator("td").all_inner_texts()
        return cells[0] == "0" and cells[3] == "1"

    for _ in range(30):
        if handed_over():
            break
        page.wait_for_timeout(500)
    assert handed_over()
    expect(page.locator("#enrollment tbody")).to_contain_text("elm小学")
    expect(page.locator("#custody")).to_contain_text("已是最新")
