"""The bureau is shown where a whole class applied, or all at once, and nobody else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.component.enrollment.world import CITY, DEXING, OTHER, World, bureau, office

CLASS = 12


@pytest.fixture
def pupils(world: World) -> list[dict[str, Any]]:
    """A class of twelve, each with a family."""
    rows = [f"学生{n:02},女,2017-09-01,,,三年级2班,家长{n},母亲,138{n:08}" for n in range(CLASS)]
    world.import_rows(*rows, school_id=OTHER)
    return [world.pupil(f"学生{n:02}", OTHER) for n in range(CLASS)]


def apply(world: World, pupils: list[dict[str, Any]], *, apart: timedelta) -> None:
    for pupil in pupils:
        world.clock.instant += apart
        world.apply(pupil)


def decline(world: World, pupil: dict[str, Any]) -> None:
    body = {"student_id": pupil["student_id"], "term_id": world.term_ids[OTHER]}
    world.ok(world.parent_of(pupil), "decline_participation", {}, body)


def shown(world: World) -> list[dict[str, Any]]:
    term = {"term_id": world.term_ids[OTHER]}
    items: list[dict[str, Any]] = world.ok(bureau(DEXING), "list_voluntariness_alerts", term)[
        "items"
    ]
    return items


@pytest.mark.clause("P2-006")
def test_a_class_where_nobody_declined_is_shown_with_what_to_ask(world: World, pupils: list[Any]):
    apply(world, pupils[:-1], apart=timedelta(hours=1))
    assert shown(world) == []
    apply(world, pupils[-1:], apart=timedelta(hours=1))

    [alert] = shown(world)

    assert (alert["kind"], alert["class_name"]) == ("full_take_up", "三年级2班")
    assert (alert["pupils"], alert["applications"], alert["accounts"]) == (CLASS, CLASS, CLASS)
    assert "请向家长核实是否自愿" in alert["text"]["zh"]
    assert "own choice" in alert["text"]["en"]


def test_one_family_that_declines_is_enough_to_show_that_one_may(world: World, pupils: list[Any]):
    apply(world, pupils, apart=timedelta(hours=1))
    decline(world, pupils[3])

    assert shown(world) == []


@pytest.mark.clause("P2-006")
def test_a_class_that_applies_all_at_once_is_shown_whatever_comes_after(
    world: World, pupils: list[Any]
):
    decline(world, pupils[-1])
    apply(world, pupils[:10], apart=timedelta(seconds=30))
    decline(world, pupils[0])

    [alert] = shown(world)

    assert (alert["kind"], alert["applications"]) == ("burst", 10)
    assert alert["first_at"] < alert["last_at"]
    assert "五分钟内" in alert["text"]["zh"]


def test_who_left_the_school_counts_no_longer(world: World, pupils: list[Any]):
    apply(world, pupils[:-1], apart=timedelta(hours=1))
    today = world.clock.now().date().isoformat()
    gone = {"student_id": pupils[-1]["student_id"]}
    world.ok(office(OTHER), "transfer_student", gone, {"effective_on": today})

    [alert] = shown(world)

    assert (alert["kind"], alert["pupils"]) == ("full_take_up", CLASS - 1)


@pytest.mark.clause("P2-006")
def test_only_the_own_bureau_is_shown(world: World, pupils: list[Any]):
    term = {"term_id": world.term_ids[OTHER]}
    for who in (office(OTHER), world.parent_of(pupils[0])):
        assert world.refused(who, "list_voluntariness_alerts", term) == "not-permitted"
    stranger = bureau(CITY)
    assert world.refused(stranger, "list_voluntariness_alerts", term) == "enrollment.term-unknown"
