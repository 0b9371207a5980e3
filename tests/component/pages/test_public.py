"""What anybody reads of a school without a login, and that nothing else goes this way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chassis.security import principal_of
from chassis.testing.world import TOKEN_KEY
from tests.component.pages.world import Browser, SchoolDay


@pytest.mark.clause("P2-048")
def test_anybody_reads_mode_content_and_safety_measures(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("nobody")
    assert 'href="/schools"' in browser.see("/")
    assert 'href="/schools/s1"' in browser.see("/schools")

    page = browser.see("/schools/s1")

    for words in ("榆树小学", "放学后在校内集中看护。", "自主阅读和社团。", "专人点名看护。"):
        assert words in page
    for words in ("方案已通过审核", "正在接受报名", "琵琶社团", "1–6 年级", "还有 12 个名额"):
        assert words in page
    assert "吴老师" not in page, "a public page names nobody"


@pytest.mark.clause("P2-048")
def test_before_it_discloses_a_school_says_so(as_: Callable[..., Browser], day: SchoolDay) -> None:
    term = day.answers["get_public_service"]["terms"][0]
    term.update(standing="preparation", applications_open=False, disclosure=None, offerings=[])

    page = as_("nobody").see("/schools/s1")

    for words in ("学校还没有公开", "方案：筹备阶段", "还没有开放报名", "还没有开放的项目"):
        assert words in page


def test_a_school_is_found_by_a_part_of_its_name(as_: Callable[..., Browser]) -> None:
    browser = as_("nobody")

    assert "榆树小学" not in browser.see("/schools?q=柳")
    assert "没有找到这个名字的学校" in browser.see("/schools?q=杨树")


def test_a_school_that_there_is_not_is_not_found(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("get_public_service", kind="unknown")

    as_("nobody").see("/schools/s77", status=404)


def test_only_the_two_public_queries_are_read_in_the_gateways_own_name(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    for who in ("nobody", "guardian", "bureau"):
        browser = as_(who)
        for path in ("/", "/schools", "/schools/s1"):
            browser.see(path)

    assert {each.operation for each in day.calls} == {"list_schools", "get_public_service"}
    readers = {principal_of(each.context["token"], TOKEN_KEY).role for each in day.calls}
    assert readers == {"system"}
    assert all(not each.body for each in day.calls)
