"""Pupils on the register."""

from dataclasses import replace

from chassis.testing.scenario import Scenario
from contracts.enrollment.people import (
    GuardianLinked,
    StudentDetailsChanged,
    StudentMoved,
    StudentRegistered,
)
from services.enrollment.register.domain.masking import masked
from services.enrollment.register.domain.student import STUDENT, RecordStudent

record = RecordStudent(
    student_id="st-1", school_id="s-1", class_id="c-1", grade=3, guardians=(("g-1", "father"),)
)
registered = StudentRegistered(student_id="st-1", school_id="s-1", class_id="c-1", grade=3)
linked = GuardianLinked(guardian_id="g-1", student_id="st-1", relation="father")
student = Scenario(STUDENT)


def test_a_new_pupil_is_registered_with_the_guardians():
    student.given().when(record).then(registered, linked)


def test_the_same_roster_again_changes_nothing():
    student.given(registered, linked).when(record).then_nothing()


def test_another_class_moves_the_pupil():
    moved = StudentMoved(student_id="st-1", class_id="c-2")

    student.given(registered, linked).when(replace(record, class_id="c-2")).then(moved)
    student.given(registered, linked, moved).when(replace(record, class_id="c-2")).then_nothing()


def test_changed_details_are_named_not_told():
    student.given(registered, linked).when(replace(record, changed=("name",))).then(
        StudentDetailsChanged(student_id="st-1", fields=("name",))
    )


def test_a_roster_adds_guardians_and_removes_none():
    mother = GuardianLinked(guardian_id="g-2", student_id="st-1", relation="mother")

    student.given(registered, linked).when(replace(record, guardians=(("g-2", "mother"),))).then(
        mother
    )
    student.given(registered, linked, mother).when(replace(record, guardians=())).then_nothing()


def test_a_name_in_public_is_masked():
    assert [masked(name) for name in ("张小明", "张明", "欧阳小明", "张", "")] == [
        "张*明",
        "张*",
        "欧**明",
        "张*",
        "*",
    ]
