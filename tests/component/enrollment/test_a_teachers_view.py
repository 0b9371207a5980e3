"""What a teacher reads of the own duty, of the own class's applications and pupils."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from tests.component.enrollment.world import OPERATOR, OTHER, SCHOOL, World, office


@pytest.fixture
def school(world: World) -> World:
    world.import_rows()
    body = {"staff_id": "t-1", "name": "吴老师", "kind": "school_staff"}
    world.ok(office(), "register_staff", {"school_id": SCHOOL}, body)
    return world


def teacher(world: World, *pupils: str, school_id: str = SCHOOL) -> Principal:
    classes = tuple({world.pupil(each)["class_id"] for each in pupils})
    return Principal(
        account_id="a-t", role="teacher", person_id="t-1", school_id=school_id, class_ids=classes
    )


def test_a_teacher_reads_the_own_duty_and_nobody_elses(school: World):
    who = teacher(school)
    term = {"term_id": school.term_ids[SCHOOL]}

    before = school.ok(who, "my_duty", term)
    school.ok(who, "volunteer_for_duty", term)
    after = school.ok(who, "my_duty", term)

    assert (before["volunteers"], before["until"]) == (False, None)
    assert (after["volunteers"], after["assignable"]) == (True, False)
    assert (after["screened"], after["statement"]) == (False, False)
    school.ok(who, "withdraw_volunteering", term, {"effective_on": "2026-10-12"})
    assert school.ok(who, "my_duty", term)["until"] == "2026-10-12"
    nobody = Principal(account_id="a", role="teacher", school_id=SCHOOL)
    assert school.refused(nobody, "my_duty", term) == "not-permitted"
    elsewhere = {"term_id": school.term_ids[OTHER]}
    assert school.handle(who, "my_duty", elsewhere)["kind"] == "unknown"


@pytest.mark.clause("P1-062", "P2-050")
def test_a_teacher_reads_the_applications_of_the_own_classes(school: World):
    mine = school.apply(school.pupil("李雷"))["application_id"]
    school.apply(school.pupil("张小红"))
    who = teacher(school, "李雷")

    def listed() -> list[dict[str, Any]]:
        return school.ok(who, "list_applications", {"school_id": SCHOOL}, {})["items"]

    assert [each["application_id"] for each in listed()] == [mine]
    assert (listed()[0]["pupil_assents"], listed()[0]["class_review"]) == (True, None)
    view = {"recommended": False, "note": "需要专人照顾"}
    school.ok(who, "review_application", {"application_id": mine}, view)
    assert listed()[0]["class_review"] == "advised_against"
    assert listed()[0]["review_note"] == "需要专人照顾"
    one = {"application_id": mine}
    parent = school.parent_of(school.pupil("李雷"))
    notes = [school.ok(each, "get_application", one)["review_note"] for each in (office(), parent)]
    assert notes == ["需要专人照顾", None], "the family does not read the note"
    assert "需要专人照顾" not in repr(school.events())
    school.ok(office(), "reject_application", {"application_id": mine}, {"reason": "材料不全"})
    assert listed()[0]["reason"] is None, "why is for the family and the office"


def test_a_second_review_without_a_note_takes_the_first_ones_note_away(school: World):
    mine = {"application_id": school.apply(school.pupil("李雷"))["application_id"]}
    who = teacher(school, "李雷")

    school.ok(who, "review_application", mine, {"recommended": False, "note": "需要专人照顾"})
    school.ok(who, "review_application", mine, {"recommended": True})

    assert school.ok(office(), "get_application", mine)["review_note"] is None


@pytest.mark.parametrize("reviewed", [False, True], ids=["nothing kept", "something erased"])
def test_whose_data_were_erased_is_reviewed_and_rejected_and_nothing_is_kept(
    school: World, reviewed: bool
):
    pupil = school.pupil("李雷")
    mine = {"application_id": school.apply(pupil)["application_id"]}
    who = teacher(school, "李雷")
    view = {"recommended": False, "note": "需要专人照顾"}
    if reviewed:
        school.ok(who, "review_application", mine, view)
    grounds = {"school_id": SCHOOL, "grounds": "guardian-request", "reason": "书面申请 3 号"}
    school.ok(OPERATOR, "erase_person", {"person_id": pupil["student_id"]}, grounds)

    school.ok(who, "review_application", mine, view)
    school.ok(office(), "reject_application", mine, {"reason": "材料不全"})

    shown = school.ok(office(), "get_application", mine)
    assert "材料不全" not in repr(shown)
    assert "需要专人照顾" not in repr(shown)
    assert school.ok(teacher(school), "list_applications", {"school_id": SCHOOL}, {}) == {
        "items": [],
        "next": None,
    }


@pytest.mark.clause("P2-015")
def test_a_class_reads_what_helps_its_pupils_but_not_why_they_have_priority(school: World):
    pupil = school.pupil("李雷")
    granted = {"category": "disabled", "evidence": "残疾证 4403", "support": "左耳听力弱"}
    school.ok(office(), "grant_priority", {"student_id": pupil["student_id"]}, granted)
    plain = {"category": "left_behind", "evidence": "村委会证明"}
    other = school.pupil("张小明")
    school.ok(office(), "grant_priority", {"student_id": other["student_id"]}, plain)
    room = {"class_id": pupil["class_id"]}

    for who in (teacher(school, "李雷"), office()):
        assert school.ok(who, "list_class_support", room)["items"] == [
            {"student_id": pupil["student_id"], "support": "左耳听力弱"}
        ]
    for who in (teacher(school, "张小红"), teacher(school), office(OTHER)):
        assert school.refused(who, "list_class_support", room) == "enrollment.class-unknown"
    unknown = school.refused(office(), "list_class_support", {"class_id": "nowhere"})
    assert unknown == "enrollment.class-unknown"
