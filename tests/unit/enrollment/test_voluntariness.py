"""Signs that a class was made to apply."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel.call import CHINA
from services.enrollment.application.domain.voluntariness import (
    BURST_WITHIN,
    ClassAnswers,
    Sent,
    alerts,
)

MORNING = datetime(2026, 8, 20, 9, 0, tzinfo=CHINA)


def sent(number: int, seconds: float, guardian: str | None = None) -> Sent:
    return Sent(
        student_id=f"p-{number}",
        guardian_id=guardian or f"g-{number}",
        at=MORNING + timedelta(seconds=seconds),
    )


def school_class(pupils: int, *forms: Sent, declined: int = 0) -> ClassAnswers:
    return ClassAnswers(
        class_id="c-1",
        pupils=frozenset(f"p-{number}" for number in range(pupils)),
        sent=forms,
        declined=frozenset(f"p-{pupils - 1 - number}" for number in range(declined)),
    )


def kinds(*classes: ClassAnswers) -> list[str]:
    return [each.kind for each in alerts(classes)]


def spread(count: int) -> list[Sent]:
    """One application an hour."""
    return [sent(number, 3600 * number) for number in range(count)]


@pytest.mark.clause("P2-006")
def test_a_class_where_everybody_applied_and_nobody_declined_is_a_sign():
    [alert] = alerts([school_class(10, *spread(10))])

    assert (alert.kind, alert.class_id) == ("full_take_up", "c-1")
    assert (alert.pupils, alert.applications, alert.accounts) == (10, 10, 10)
    assert (alert.first_at, alert.last_at) == (MORNING, MORNING + timedelta(hours=9))


@pytest.mark.parametrize(
    "answers",
    [
        school_class(9, *spread(9)),
        school_class(10, *spread(9)),
        school_class(10, *spread(10), declined=1),
        school_class(10),
        school_class(0),
    ],
    ids=["a-small-class", "one-has-not-answered", "one-declined", "nobody-applied", "empty"],
)
def test_anything_less_is_none(answers: ClassAnswers):
    assert kinds(answers) == []


@pytest.mark.clause("P2-006")
def test_ten_applications_within_five_minutes_are_a_sign():
    quick = [sent(number, number * 300 / 9, "one-phone") for number in range(10)]
    [alert] = alerts([school_class(30, *quick, sent(20, 7200))])

    assert (alert.kind, alert.pupils) == ("burst", 30)
    assert (alert.applications, alert.accounts) == (10, 1)
    assert alert.last_at - alert.first_at == BURST_WITHIN


def test_one_moment_longer_or_one_fewer_is_none():
    slow = [sent(number, number * 301 / 9) for number in range(10)]
    fewer = [sent(number, 0) for number in range(9)]

    assert kinds(school_class(30, *slow), school_class(30, *fewer)) == []


def test_one_child_applied_for_many_times_is_no_burst():
    again = [sent(0, second) for second in range(20)]

    assert kinds(school_class(30, *again)) == []


def test_the_densest_span_is_shown_once():
    first = [sent(number, number) for number in range(10)]
    second = [sent(10 + number, 7200 + number) for number in range(12)]
    [alert] = alerts([school_class(40, *second, *first)])

    assert (alert.applications, alert.first_at) == (12, MORNING + timedelta(hours=2))


def test_classes_are_judged_each_on_its_own():
    one = school_class(20, *(sent(number, 0) for number in range(5)))
    other = replace(one, class_id="c-2", sent=[sent(10 + number, 0) for number in range(5)])

    assert kinds(one, other) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1500)), max_size=60))
def test_a_burst_is_what_a_slow_count_finds(forms: list[tuple[int, int]]):
    found = alerts([school_class(40, *(sent(number, at) for number, at in forms))])

    most = max(
        (len({number for number, at in forms if start <= at <= start + 300}) for _, start in forms),
        default=0,
    )
    assert [each.applications for each in found] == ([most] if most >= 10 else [])
