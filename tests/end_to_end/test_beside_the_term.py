"""What a term needs beside its plan, by the pages alone: priority, providers, reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.client import Client
from tests.end_to_end.test_pages import (  # fixtures
    DESK,
    People,
    _world,  # noqa: F401
)
from tests.end_to_end.town import School, guardian, open_school, plan_term, register_district
from tests.end_to_end.worlds import EmbeddedWorld

CHILD = "陈一诺"
ART = {
    "title": "剪纸",
    "service_kind": "after_school_custody",
    "content_kind": "club",
    "capacity": 30,
    "grades": [3],
    "weekdays": [3],
    "starts": "17:00",
    "ends": "17:20",
}


@pytest.fixture
def people(browser: Browser, world: EmbeddedWorld) -> Iterator[People]:
    everybody = People(browser, world, False, [])
    yield everybody
    for context in browser.contexts:
        context.close()


@pytest.mark.timeout(300)
@pytest.mark.clause("P1-079", "P2-006", "P2-014", "P2-015")
def test_priority_providers_and_reports_by_hand(people: People, world: EmbeddedWorld) -> None:
    bureau = register_district(world, "north", "urban-district")
    school = open_school(world, "north", "elm")
    plan_term(school, bureau)
    _priority(people, school, bureau)
    _provider(people, school)
    _report(people, world, school, bureau)
    assert people.complaints == []


def _priority(people: People, school: School, bureau: Client) -> None:
    path = f"/students/{school.students[CHILD]}/priorities"
    office = people.window_of(school.office, path)
    expect(office.get_by_label("类别")).not_to_contain_text("其他")
    _grant(office, "残疾", "残疾证 3301")
    office.goto(path)
    expect(office.locator("main")).to_contain_text("已认定（1）")

    window = people.window_of(bureau, f"/bureau/terms/{school.term_id}", DESK)
    window.get_by_role("link", name="认定学生的优先类别").click()
    window.get_by_role("link", name="三年级1班").click()
    window.get_by_role("link", name="陈*诺").click()
    _grant(window, "其他（教育局认定）", "局务会纪要")
    expect(window.locator("main")).to_contain_text("已认定（2）")


def _grant(page: Page, category: str, evidence: str) -> None:
    page.get_by_label("类别").select_option(label=category)
    page.get_by_label("依据").fill(evidence)
    page.get_by_role("button", name="认定优先").click()
    expect(page.get_by_role("status")).to_contain_text("已认定。")


def _provider(people: People, school: School) -> None:
    page = people.window_of(school.office, f"/office/terms/{school.term_id}")
    page.get_by_role("link", name="第三方机构").click()
    page.get_by_role("link", name="准入机构").click()
    page.get_by_label("机构名称").fill("青少年宫")
    page.get_by_label("办学许可证号").fill("教民 88")
    page.get_by_label("许可证有效期至").fill("2027-06-30")
    page.get_by_role("button", name="准入机构").click()
    expect(page.get_by_role("status")).to_contain_text("已准入")

    page.goto(f"/office/terms/{school.term_id}/offerings/new")
    page.get_by_label("授课").select_option(label="青少年宫")
    taught_by = page.get_by_label("授课").input_value()
    venue_id = school.office.get(f"/schools/{school.school_id}/venues")["items"][0]["venue_id"]
    body = {**ART, "teacher_id": school.staff_id, "venue_id": venue_id, "taught_by": taught_by}
    offerings = f"/terms/{school.term_id}/offerings"
    school.office.eventually(offerings, body, unless={"enrollment.provider-not-admitted"})

    page.goto(f"/office/terms/{school.term_id}/providers")
    page.get_by_role("link", name="青少年宫").click()
    page.get_by_label("原因").fill("无故缺课")
    page.get_by_role("button", name="移出机构").click()
    expect(page.locator("main")).to_contain_text("无故缺课")
    school.office.wait_for(
        offerings, lambda found: any(each["provider_removed"] for each in found["items"])
    )
    page.goto(f"/office/terms/{school.term_id}/offerings")
    page.get_by_role("link", name="剪纸").click()
    expect(page.get_by_role("note")).to_contain_text("请结束这个项目，另提一个")


def _report(people: People, world: EmbeddedWorld, school: School, bureau: Client) -> None:
    window = people.window_of(guardian(world, school, CHILD), "/me")
    window.get_by_role("link", name="举报违规").click()
    window.get_by_label("是什么事").select_option(label="讲授新课")
    window.get_by_label("经过", exact=True).fill("周一讲了新课。")
    window.get_by_role("button", name="提交给教育局").click()
    expect(window.get_by_role("status")).to_contain_text("已提交给教育局。")

    page = people.window_of(bureau, f"/bureau/terms/{school.term_id}")
    page.get_by_role("link", name="需要过问的情况").click()
    expect(page.locator("#breaches")).to_contain_text("匿名（家长）")
    expect(page.locator("#breaches")).to_contain_text("周一讲了新课。")
