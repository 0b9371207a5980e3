"""Pupils who help, and the types of school that plan 2 serves."""

from __future__ import annotations

import pytest

from tests.component.enrollment.terms import Term, plan_for
from tests.component.enrollment.world import DEXING, OPERATOR, World, office


@pytest.fixture
def term(unplanned: World) -> Term:
    found = plan_for(unplanned)
    found.approve()
    return found


@pytest.mark.clause("P2-058")
def test_a_pupil_who_takes_part_may_help_but_answers_for_nothing(term: Term):
    pupil = term.world.pupil("李雷")["student_id"]
    helper = {"student_id": pupil, "role": "class_cadre"}
    assert term.refused("office", "appoint_pupil_helper", term.here, helper) == (
        "enrollment.helper-not-enrolled"
    )
    term.enrol("李雷")
    assert term.ask("office", "appoint_pupil_helper", term.here, helper)["roles"] == ["class_cadre"]
    count = len(term.world.events())
    term.ask("office", "appoint_pupil_helper", term.here, helper)
    assert len(term.world.events()) == count
    [listed] = term.ask("office", "list_pupil_helpers", term.here)["items"]
    assert listed["name"] == "李雷"

    duty = {"duty": "safety", "staff_id": pupil}
    assert term.refused("office", "assign_duty", term.here, duty) == "enrollment.staff-unknown"
    parent = term.world.parent_of(term.world.pupil("李雷"))
    assert term.world.ok(parent, "end_pupil_helper", term.here, helper)["roles"] == []


@pytest.mark.clause("P2-011")
@pytest.mark.parametrize(
    ("school_type", "stage", "served"),
    [
        ("junior_high", "junior", True),
        ("central_primary", "primary", True),
        ("village_complete_primary", "primary", True),
        ("teaching_point", "primary", False),
        ("urban_primary", "primary", False),
    ],
)
def test_plan_2_serves_junior_highs_central_and_large_village_primaries(
    world: World, school_type: str, stage: str, served: bool
):
    school = {
        "school_id": "new",
        "name": "新学校",
        "district_id": DEXING,
        "stage": stage,
        "area": "rural",
        "school_type": school_type,
    }
    reply = world.handle(OPERATOR, "register_school", {}, school)

    assert (reply["status"] == "ok") is served
    if not served:
        assert reply["code"] == "enrollment.school-out-of-scope"


@pytest.mark.clause("P2-011")
def test_only_a_pupil_on_the_schools_register_is_served(world: World):
    world.import_rows()
    pupil = world.pupil("李雷")
    parent, form = world.parent_of(pupil), world.form(pupil)
    leaving = {"student_id": pupil["student_id"]}
    body = {"to_school_id": None, "effective_on": "2026-08-25"}
    world.ok(office(), "transfer_student", leaving, body)

    assert world.refused(parent, "submit_application", {}, form) == "enrollment.student-leaving"
