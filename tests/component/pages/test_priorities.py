"""An office puts on record why a pupil comes first when places are short."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.world import Browser, SchoolDay

PATH = "/office/students/st-2/priorities"
GRANT = {"category": "left_behind", "evidence": "村委会证明 12 号", "support": "奶奶来接"}


def test_an_office_grants_priority_on_evidence(day: SchoolDay, as_: Callable[..., Browser]) -> None:
    day.take({"grant_priority": {"student_id": "st-2", "category": "left_behind"}})

    reply = as_("school_office").send(PATH, PATH, **GRANT)

    assert reply.status_code == 303
    [sent] = day.sent("grant_priority")
    assert (sent.params, sent.body) == ({"student_id": "st-2"}, GRANT)


def test_what_is_on_record_is_shown_and_what_only_the_bureau_grants_is_not_offered(
    day: SchoolDay, as_: Callable[..., Browser]
) -> None:
    known = {"priority_categories": ["disabled", "left_behind", "other"]}
    day.take({"get_policy": {"parameters": known}})

    page = as_("school_office").see(PATH)

    for words in ("残疾证 3 号", "上下楼需要人扶", '<option value="left_behind">留守儿童'):
        assert words in page
    assert 'value="other"' not in page


@pytest.mark.parametrize(
    ("name", "advice"), [("category", "请选择是哪一类学生。"), ("evidence", "请写明依据")]
)
def test_an_incomplete_form_comes_back_with_what_was_typed(
    day: SchoolDay, as_: Callable[..., Browser], name: str, advice: str
) -> None:
    reply = as_("school_office").send(PATH, PATH, **{**GRANT, name: ""})

    assert reply.status_code == 422
    assert advice in reply.text
    assert "奶奶来接" in reply.text
    assert day.sent("grant_priority") == []
