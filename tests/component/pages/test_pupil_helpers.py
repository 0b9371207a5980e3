"""Pupils who help: appointed and ended by teacher or office, answering for nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.term import TERM_PLAN
from tests.component.pages.world import Browser, SchoolDay

PAGE = "/terms/te-1/helpers"
TYPED = {"student_id": "st-1", "helper_role": "pioneer_cadre", "class": "c-32"}


@pytest.fixture(autouse=True)
def _enrolled(day: SchoolDay) -> None:
    first = day.answers["list_applications"]["items"][2]
    other = {**first, "student_id": "st-3", "student_name": "林晨"}
    day.answers["list_applications"]["items"] = [
        first,
        {**other, "class_id": "c-31", "class_name": "三年级1班"},
    ]


@pytest.mark.clause("P2-058")
@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "不对任何人、任何事负责"), ("en", "answers for nobody and nothing")],
)
@pytest.mark.parametrize("role", ["teacher", "school_office"])
def test_the_page_says_that_a_helper_answers_for_nobody(
    as_: Callable[..., Browser], role: str, language: str, told: str
) -> None:
    page = as_(role, language).see(PAGE)

    assert told in page
    assert "陈一诺" in page
    assert "别班的" not in page, "not a pupil whom the viewer may know"


@pytest.mark.clause("P2-058")
@pytest.mark.parametrize("role", ["teacher", "school_office"])
@pytest.mark.parametrize(
    ("action", "operation", "said"),
    [
        ("appoint", "appoint_pupil_helper", "已登记小助手"),
        ("end", "end_pupil_helper", "已结束。"),
    ],
)
def test_a_helper_is_appointed_and_ended(
    as_: Callable[..., Browser],
    day: SchoolDay,
    role: str,
    action: str,
    operation: str,
    said: str,
) -> None:
    browser = as_(role)

    answer = browser.send(PAGE, f"{PAGE}/{action}", **TYPED)

    assert said in browser.see(answer.location)
    assert "class=c-32" in answer.location
    [sent] = day.sent(operation)
    assert sent.params == {"term_id": "te-1"}
    assert sent.body == {"student_id": "st-1", "role": "pioneer_cadre"}


def test_pupils_of_one_class_at_a_time_who_take_part(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_office").see(f"{PAGE}?class=c-31")
    assert '<option value="st-3">' in page
    assert '<option value="st-1">' not in page
    assert day.sent("list_applications")[0].body["state"] == "enrolled"

    day.answers["list_applications"]["items"] = []
    page = as_("school_office").see(PAGE)
    assert "参加以后才能当小助手" in page
    assert "<select" not in page


@pytest.mark.parametrize("missing", ["student_id", "helper_role"])
def test_pupil_and_role_are_needed(
    as_: Callable[..., Browser], day: SchoolDay, missing: str
) -> None:
    answer = as_("teacher").send(PAGE, f"{PAGE}/appoint", **{**TYPED, missing: ""})

    assert answer.status_code == 422
    assert f'href="#appoint-{missing}"' in answer.text
    kept = {name: value for name, value in TYPED.items() if name not in (missing, "class")}
    assert all(f'<option value="{value}" selected>' in answer.text for value in kept.values())
    assert not day.sent("appoint_pupil_helper")


def test_a_refusal_keeps_what_was_chosen(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.refuse("appoint_pupil_helper")

    answer = as_("school_office").send(PAGE, f"{PAGE}/appoint", **TYPED)

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text
    assert '<option value="pioneer_cadre" selected>' in answer.text
    assert '<option value="st-1" selected>' in answer.text


def test_teacher_and_office_find_the_page(as_: Callable[..., Browser], day: SchoolDay) -> None:
    assert f'href="{PAGE}"' in as_("teacher").see("/class/term/te-1")
    day.take(TERM_PLAN)
    assert f'href="{PAGE}"' in as_("school_office").see("/office/terms/te-1")
