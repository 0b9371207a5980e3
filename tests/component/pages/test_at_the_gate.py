"""Three taps at the gate: the code, who it is, hand over; or the reason why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.component.pages.answers import NOT_FOUND, not_applied
from tests.component.pages.world import Browser, SchoolDay

FIND, HAND_OVER, REFUSE = "/gate/find", "/gate/hand-over", "/gate/refuse"
RIGHT = {"student_id": "st-1", "receiver_id": "r-1", "code": "407315"}


def light(page: str) -> str:
    """Return the colour of the light on a page."""
    return page.partition('<section class="light ')[2].partition('"')[0]


@pytest.mark.clause("P2-102")
def test_a_code_shows_the_child_the_receiver_and_green(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("gate_guard").send("/gate", FIND, code="407 315").text

    assert light(page) == "fine"
    for words in ("周小满", "三年级2班", "周阿姨", "亲戚", "可以交接"):
        assert words in page
    [sent] = day.sent("find_code")
    assert (sent.params, sent.body) == ({"school_id": "s1"}, {"code": "407315"})
    assert not day.sent("hand_over")


def test_an_unknown_code_is_red_with_the_reason(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["find_code"] = NOT_FOUND

    page = as_("gate_guard").send("/gate", FIND, code="000000").text

    assert light(page) == "stop"
    assert "没有这个接送码" in page
    assert HAND_OVER not in page


def test_a_namesake_who_is_still_here_asks_for_the_class_first(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_names"]["names"]["st-3"]["name"] = "周小满"
    guard = as_("gate_guard")

    page = guard.send("/gate", FIND, code="407315").text
    hasty = guard.send("/gate", HAND_OVER, **RIGHT, must_answer="yes")
    calm = guard.send("/gate", HAND_OVER, **RIGHT, must_answer="yes", answered="yes")

    assert light(page) == "attention"
    assert "确认是 三年级2班 的 周小满" in page
    assert hasty.status_code == 422
    assert light(hasty.text) == "attention"
    assert calm.status_code == 303
    assert len(day.sent("hand_over")) == 1


def test_after_the_handover_the_field_is_ready_and_the_board_has_moved(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    guard = as_("gate_guard")
    answer = guard.send("/gate", HAND_OVER, **RIGHT)
    day.answers["get_board"]["items"][0] |= {
        "status": "handed_over",
        "receiver_id": "g-1",
        "relation": "father",
    }

    page = guard.see(answer.location)

    assert "15:42 已交接：三年级2班 周小满 → 周明" in page
    assert 'id="find-code"' in page
    assert "autofocus" in page
    [sent] = day.sent("hand_over")
    assert sent.body == RIGHT


def test_a_refused_handover_is_red_in_the_words_of_the_rule(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("hand_over")

    answer = as_("gate_guard").send("/gate", HAND_OVER, **RIGHT)

    assert answer.status_code == 409
    assert light(answer.text) == "stop"
    assert "不行，请这样改。" in answer.text
    assert REFUSE in answer.text


@pytest.mark.clause("P2-102")
def test_a_guard_refuses_with_a_reason_only(as_: Callable[..., Browser], day: SchoolDay) -> None:
    guard = as_("gate_guard")

    silent = guard.send("/gate", REFUSE, student_id="st-1", receiver_id="")
    said = guard.send("/gate", REFUSE, student_id="st-1", receiver_id="", reason="no-code")

    assert silent.status_code == 422
    assert "请说明原因" in silent.text
    [sent] = day.sent("refuse_pickup")
    assert sent.body == {"student_id": "st-1", "receiver_id": None, "reason": "no-code"}
    assert "三年级2班 周小满 未交接" in guard.see(said.location)


def test_the_board_counts_and_narrows_to_a_class(as_: Callable[..., Browser]) -> None:
    guard = as_("gate_guard")

    whole = guard.see("/gate/board")
    one = guard.see("/gate/board?class=c-31")

    assert [whole.count(f"<b>{n}</b>") for n in (3, 1)] == [1, 3]
    assert "林晨" in one
    assert "周小满" not in one


def test_the_board_of_a_large_school_stays_small(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    row = day.answers["get_board"]["items"][0]
    classes = [{**row, "class_id": f"c-{31 + n % 2}", "student_id": f"{n:036}"} for n in range(600)]
    day.answers["get_board"]["items"] = classes
    guard = as_("gate_guard")

    whole, one = guard.see("/gate"), guard.see("/gate?class=c-31")

    assert "请在上面选班级看名单" in whole
    assert "<b>600</b>" in whole
    assert one.count('class="board-row"') == 300
    assert max(len(page.encode()) for page in (whole, one)) < 150_000


def test_a_card_shows_where_the_child_is_until_it_is_fetched(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    before = as_("guardian").see("/me")
    day.answers["child_today"] |= {
        "status": "handed_over",
        "since": "2026-09-01T15:42:00+08:00",
        "receiver_id": "r-1",
        "receiver_name": "周阿姨",
        "relation": "relative",
    }
    after = as_("guardian").see("/me")

    assert "在校托管，15:31 起" in before
    assert "407315" in before
    assert "15:42 已交接" in after
    assert "由 周阿姨（亲戚）接走" in after
    assert "407315" not in after


def test_a_child_who_does_not_take_part_is_no_question_for_attendance(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["my_children"]["items"] = [not_applied()]

    page = as_("guardian").see("/me")

    assert "还没有报名" in page
    assert not day.sent("child_today")


def test_one_view_that_does_not_answer_does_not_hide_the_others(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("oversight", "unavailable")

    assert "不行，请这样改。" in as_("bureau").see("/bureau")
