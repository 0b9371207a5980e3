"""The staff to choose from, and who leads a term: by name, for those who may know."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from tests.component.enrollment.world import (
    CITY,
    DEXING,
    OTHER,
    SCHOOL,
    World,
    bureau,
    office,
)

TEACHER = Principal(account_id="t", role="teacher", school_id=SCHOOL)


@pytest.fixture
def staffed(world: World) -> World:
    for staff_id, name in (("wang", "王芳"), ("li", "李雷"), ("zhao", "赵敏")):
        body = {"staff_id": staff_id, "name": name, "kind": "school_staff"}
        world.ok(office(), "register_staff", {"school_id": SCHOOL}, body)
    world.ok(office(), "draft_plan", {"term_id": world.term_ids[SCHOOL]})
    return world


def plan(world: World, who: Principal) -> dict[str, Any]:
    return world.ok(who, "get_term_plan", {"term_id": world.term_ids[SCHOOL]})


def test_the_office_and_its_bureau_list_the_staff_by_name(staffed: World):
    here = {"school_id": SCHOOL}

    for who in (office(), bureau(CITY)):
        listed = staffed.ok(who, "list_staff", here)["items"]
        assert {each["staff_id"]: each["name"] for each in listed} == {
            "wang": "王芳",
            "li": "李雷",
            "zhao": "赵敏",
        }
    for stranger in (office(OTHER), bureau(DEXING), TEACHER):
        assert staffed.handle(stranger, "list_staff", here)["status"] == "refused"
    assert staffed.ok(office(OTHER), "list_staff", {"school_id": OTHER})["items"] == []


def test_the_plan_says_who_leads_it(staffed: World):
    term = {"term_id": staffed.term_ids[SCHOOL]}
    group = {"head_id": "wang", "member_ids": ["li", "zhao"]}

    staffed.ok(office(), "establish_leading_group", term, group)

    said = [(each["kind"], each["name"]) for each in plan(staffed, office())["answerable"]]
    assert said == [("head", "王芳"), ("member", "李雷"), ("member", "赵敏")]


def test_minutes_are_for_the_office_and_the_bureau(staffed: World):
    term = {"term_id": staffed.term_ids[SCHOOL]}
    held_on = staffed.clock.now().date().isoformat()
    for minutes in ("第一次", "第二次"):
        body = {"kind": "staff_meeting", "held_on": held_on, "minutes": minutes}
        staffed.ok(office(), "record_stage_activity", term, body)

    newest = {"kind": "staff_meeting", "held_on": held_on, "minutes": "第二次"}
    assert plan(staffed, office())["meetings"] == [newest]
    assert plan(staffed, bureau(CITY))["meetings"] == [newest]
    assert plan(staffed, TEACHER)["meetings"] == [{**newest, "minutes": None}]


def test_an_open_duty_is_named_in_words(staffed: World):
    lines = {each["item"]: each["name"] for each in plan(staffed, office())["checklist"]}

    assert lines["duty:contact"]["zh"] == "岗位落实到人：家校联系"
    assert lines["duty:contact"]["en"] == "a named person for the duty: contact with families"
