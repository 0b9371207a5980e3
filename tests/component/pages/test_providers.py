"""Outside bodies: admitted, removed, chosen for an offering; what one that leaves leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.term import TERM_PLAN, offering
from tests.component.pages.world import Browser, SchoolDay

TERM = "/office/terms/te-1"
LIST = f"{TERM}/providers"
TYPED = {
    "provider_name": "艺海培训",
    "licence_no": "教民 88",
    "licence_valid_until": "2027-06-30",
    "amount": "260.5",
}
SENT = {
    "provider_id": None,
    "name": "艺海培训",
    "licence_no": "教民 88",
    "licence_valid_until": "2027-06-30",
    "agreed_price_fen": 26050,
}
REMOVED = {"effective_on": "2026-09-07", "reason": "无故缺课"}


@pytest.fixture(autouse=True)
def _plan(day: SchoolDay) -> None:
    day.take(TERM_PLAN)


@pytest.mark.clause("P2-061")
def test_what_asks_for_something_comes_first(as_: Callable[..., Browser]) -> None:
    page = as_("school_office").see(LIST)
    assert page.index("许可证已过期") < page.index("已准入") < page.index("已移出")
    for told in ("机构（3）", "每次课 ¥300.00", "自 8月30日 周日 起不再授课：无故缺课"):
        assert told in page

    page = as_("school_office", "en").see(LIST)
    for told in ("Licence has ended", "Admitted", "No longer teaches from"):
        assert told in page


@pytest.mark.clause("P1-079", "P2-061")
@pytest.mark.parametrize(
    ("path", "provider_id"), [("new", None), ("pv-1", "pv-1"), ("pv-2", "pv-2")]
)
def test_a_body_is_admitted_and_admitted_again(
    as_: Callable[..., Browser], day: SchoolDay, path: str, provider_id: str | None
) -> None:
    browser = as_("school_office")

    answer = browser.send(f"{LIST}/{path}", f"{LIST}/{path}", **TYPED)

    assert "已准入，可以在项目里选择" in browser.see(answer.location)
    [sent] = day.sent("admit_provider")
    assert (sent.params, sent.body) == ({"school_id": "s1"}, {**SENT, "provider_id": provider_id})


def test_without_an_agreed_price_none_is_sent(as_: Callable[..., Browser], day: SchoolDay) -> None:
    as_("school_office").send(f"{LIST}/new", f"{LIST}/new", **{**TYPED, "amount": " "})

    assert day.sent("admit_provider")[0].body["agreed_price_fen"] is None


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"provider_name": ""}, "provider_name"),
        ({"licence_no": " "}, "licence_no"),
        ({"licence_valid_until": ""}, "licence_valid_until"),
        ({"amount": "三百"}, "amount"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    as_: Callable[..., Browser], day: SchoolDay, change: dict[str, str], at: str
) -> None:
    answer = as_("school_office").send(f"{LIST}/new", f"{LIST}/new", **{**TYPED, **change})

    assert answer.status_code == 422
    assert f'href="#provider-{at}"' in answer.text
    kept = {**TYPED, **change}
    assert all(f'value="{value}"' in answer.text for value in kept.values() if value.strip())
    assert not day.sent("admit_provider")


@pytest.mark.clause("P1-079")
def test_a_body_is_removed_from_a_day_with_the_reason(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("school_office")
    assert "移出机构" not in browser.see(f"{LIST}/pv-2"), "it has left"

    answer = browser.send(f"{LIST}/pv-1", f"{LIST}/pv-1/remove", **REMOVED)

    assert "已登记移出" in browser.see(answer.location)
    [sent] = day.sent("remove_provider")
    assert sent.params == {"school_id": "s1", "provider_id": "pv-1"}
    assert sent.body == REMOVED


@pytest.mark.parametrize(
    ("path", "operation", "typed"),
    [("pv-1", "admit_provider", TYPED), ("pv-1/remove", "remove_provider", REMOVED)],
)
def test_a_refusal_keeps_what_was_typed(
    as_: Callable[..., Browser],
    day: SchoolDay,
    path: str,
    operation: str,
    typed: dict[str, str],
) -> None:
    day.refuse(operation)

    answer = as_("school_office").send(f"{LIST}/pv-1", f"{LIST}/{path}", **typed)

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text
    shown = [
        f'value="{each}"' in answer.text or f">{each}<" in answer.text for each in typed.values()
    ]
    assert all(shown)


def test_a_removal_needs_its_reason(as_: Callable[..., Browser], day: SchoolDay) -> None:
    typed = {**REMOVED, "reason": ""}
    answer = as_("school_office").send(f"{LIST}/pv-1", f"{LIST}/pv-1/remove", **typed)

    assert answer.status_code == 422
    assert 'href="#removal-reason"' in answer.text
    assert 'value="2026-09-07"' in answer.text
    assert not day.sent("remove_provider")


@pytest.mark.clause("P1-079", "P2-061")
def test_an_offering_is_given_to_the_school_or_to_an_admitted_body(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_office").see(f"{TERM}/offerings/new")

    assert '<option value="school" selected>本校教师</option>' in page
    assert '<option value="pv-1">青少年宫1</option>' in page
    assert "pv-2" not in page, "removed"
    assert "pv-3" not in page, "its licence has ended"

    day.answers["list_providers"] = {"items": []}
    assert "还没有准入的第三方机构" in as_("school_office").see(f"{TERM}/offerings/new")


@pytest.mark.clause("P1-079")
def test_what_a_leaving_body_teaches_is_shown_with_attention(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    taught = {"taught_by": "pv-2", "provider_removed": True}
    day.answers["list_offerings"] = {
        "items": [offering(1, "open", **taught), offering(2, "closed", **taught)]
    }
    office = as_("school_office")

    assert office.see(f"{TERM}/offerings").count("授课机构已退出") == 1
    page = office.see(f"{TERM}/offerings/of-1")
    assert "请结束这个项目，另提一个" in page
    assert "青少年宫2" in page
    assert "请结束这个项目，另提一个" not in office.see(f"{TERM}/offerings/of-2")


@pytest.mark.clause("P1-079")
def test_the_cockpit_leads_to_what_a_leaving_teacher_teaches(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_term_plan"]["teachers_leaving"] = [
        {
            "offering_id": "of-1",
            "title": "合唱",
            "staff_id": "t-1",
            "name": "李老师",
            "from_day": "2026-10-08",
        }
    ]

    page = as_("school_office").see(TERM)
    assert "李老师 从 10月8日 周四 起不再任课" in page
    assert f'href="{TERM}/offerings/of-1"' in page
    assert f'href="{LIST}"' in page
    page = as_("school_office", "en").see(TERM)
    assert "Needs a teacher" in page
