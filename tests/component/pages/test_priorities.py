"""Priority: granted by the office with evidence, what the plan leaves open by the bureau."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.deciding import DECIDING
from tests.component.pages.world import Browser, SchoolDay

PAGE = "/students/st-2/priorities"
TYPED = {"category": "disabled", "evidence": "残疾证 3301", "support": "请坐前排。"}


@pytest.fixture(autouse=True)
def _policy(day: SchoolDay) -> None:
    day.take(DECIDING)


@pytest.mark.clause("P2-014", "P2-015")
def test_the_office_grants_with_evidence_and_what_staff_must_know(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("school_office")
    page = browser.see(PAGE)
    assert "民政局证明 2026-31" in page
    assert "还可以减免收费" in page

    answer = browser.send(PAGE, PAGE, **TYPED)

    assert "已认定" in browser.see(answer.location)
    [sent] = day.sent("grant_priority")
    assert (sent.params, sent.body) == ({"student_id": "st-2"}, TYPED)


@pytest.mark.clause("P2-015")
def test_only_the_bureau_is_offered_what_the_plan_leaves_open(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    office, bureau = as_("school_office"), as_("bureau")
    assert '<option value="other"' not in office.see(PAGE)
    assert '<option value="disabled"' in office.see(PAGE)

    bureau.send(PAGE, PAGE, category="other", evidence="局务会纪要")

    assert day.sent("grant_priority")[0].body["category"] == "other"


@pytest.mark.parametrize("missing", ["category", "evidence"])
def test_category_and_evidence_are_needed(
    as_: Callable[..., Browser], day: SchoolDay, missing: str
) -> None:
    answer = as_("school_office").send(PAGE, PAGE, **{**TYPED, missing: " "})

    assert answer.status_code == 422
    assert f'href="#priority-{missing}"' in answer.text
    assert ">请坐前排。</textarea>" in answer.text
    assert not day.sent("grant_priority")


def test_a_refusal_keeps_what_was_typed(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.refuse("grant_priority")

    answer = as_("school_office", "en").send(PAGE, PAGE, **TYPED)

    assert answer.status_code == 409
    assert "No; do it like this." in answer.text
    assert '<option value="disabled" selected>' in answer.text
    assert ">残疾证 3301</textarea>" in answer.text


def test_where_no_category_is_set_the_office_is_told_who_sets_it(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_policy"] = {"parameters": {"priority_categories": None}}

    assert "本区还没有规定优先类别" in as_("school_office").see(PAGE)
    assert '<option value="other"' in as_("bureau").see(PAGE)


def test_the_pages_lead_there(as_: Callable[..., Browser], day: SchoolDay) -> None:
    assert 'href="/students/st-1/priorities"' in as_("school_office").see("/office/places/ap-3")
    assert as_("school_office").see("/office").count("/priorities") == 2, "submitted, accepted"
    assert f'href="{PAGE}"' in as_("school_office").see("/office/accounts/students/st-2")

    bureau = as_("bureau")
    assert 'href="/bureau/schools/s1/pupils"' in bureau.see("/bureau/terms/te-1")
    assert not day.sent("list_students")
    page = bureau.see("/bureau/schools/s1/pupils?class=c-32")
    assert f'href="{PAGE}"' in page
    assert day.sent("list_students")[0].body["class_id"] == "c-32"
