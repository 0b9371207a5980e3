"""Reading OneRoster 1.2 CSV."""

from __future__ import annotations

from datetime import date

import pytest

from services.enrollment.register.roster.lines import Guardian, Pupil
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import codes, pupils
from tests.unit.enrollment.roster.oneroster import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    NUMBER,
    ROLES,
    USERS,
    one_roster,
)


def test_pupils_come_with_class_guardians_and_demographics():
    roster = read_roster(one_roster())

    assert roster.kind == "oneroster-1.2-csv"
    assert pupils(roster) == [
        Pupil(
            line=2,
            sourced_id="s1",
            name="王小明",
            gender="male",
            born_on=date(2017, 9, 1),
            identity_number=NUMBER,
            student_number=f"G{NUMBER}",
            grade=3,
            class_name="三年级2班",
            guardians=(
                Guardian(sourced_id="g1", name="王大明", relation="parent", phone="13800138000"),
                Guardian(sourced_id="g2", name="李小芳", relation="guardian", phone="0592-5551234"),
            ),
        ),
        Pupil(
            line=3,
            sourced_id="s2",
            name="Anna Mary Lee",
            gender="female",
            born_on=date(2017, 10, 15),
            grade=3,
            class_name="三年级2班",
        ),
    ]


def test_who_is_neither_pupil_nor_guardian_is_skipped():
    assert codes(read_roster(one_roster())) == [(6, "roster.not-a-pupil")]


def test_an_import_never_deletes():
    users = USERS.replace("s1,,", "s1,tobedeleted,").replace("g2,,", "g2,tobedeleted,")

    roster = read_roster(one_roster(users=users))

    assert [pupil.sourced_id for pupil in pupils(roster)] == ["s2"]
    assert codes(roster)[0] == (2, "roster.to-be-deleted")
    assert codes(roster)[2] == (5, "roster.to-be-deleted")


def test_a_guardian_to_be_deleted_leaves_the_pupil():
    roster = read_roster(one_roster(users=USERS.replace("g2,,", "g2,tobedeleted,")))

    assert [each.sourced_id for each in pupils(roster)[0].guardians] == ["g1"]


def test_guardians_may_name_their_children_instead():
    users = USERS.replace('"g1,g2"', "").replace("13800138000,,,,", "13800138000,,s1,,")

    roster = read_roster(one_roster(users=users))

    assert [each.sourced_id for each in pupils(roster)[0].guardians] == ["g1"]
    assert (5, "roster.guardian-of-nobody") in codes(roster)


def test_a_guardian_named_on_both_sides_comes_once():
    users = USERS.replace("13800138000,,,,", "13800138000,,s1,,")

    assert len(pupils(read_roster(one_roster(users=users)))[0].guardians) == 2


def test_an_agent_who_is_no_guardian_is_left_out():
    users = USERS.replace('"g1,g2"', '"t1,g2"')

    roster = read_roster(one_roster(users=users))

    assert [each.sourced_id for each in pupils(roster)[0].guardians] == ["g2"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"users": USERS.replace('"g1,g2"', "g9")}, "roster.guardian-unknown"),
        ({"users": USERS.replace("小明,王", ",")}, "roster.name-missing"),
        ({"users": USERS.replace("大明,王", ",")}, "roster.guardian-name-missing"),
        ({"users": USERS.replace("13800138000", "138")}, "roster.phone-wrong"),
        ({"users": USERS.replace(f"G{NUMBER}", "G" + "1" * 18)}, "roster.student-number-wrong"),
        ({"users": USERS.replace(f":{NUMBER}", ":123")}, "roster.identity-number-wrong"),
        ({"enrollments": ENROLLMENTS.replace("o1,s1", "o1,s9")}, "roster.class-missing"),
        ({"classes": CLASSES.replace("c1,,", "c9,,").replace("c2", "c8")}, "roster.class-unknown"),
        ({"classes": CLASSES.replace("homeroom", "scheduled")}, "roster.several-classes"),
        ({"classes": CLASSES.replace("三年级2班,03", "2班,KG")}, "roster.grade-wrong"),
        ({"classes": CLASSES.replace("三年级2班,03", "三年级2班,04")}, "roster.grade-differs"),
        ({"demographics": DEMOGRAPHICS.replace("2017-09-01,male", "2017-09-01,female")},
         "roster.identity-number-wrong"),
        ({"demographics": DEMOGRAPHICS.replace("2017-09-01", "2017")}, "roster.date-unreadable"),
    ],
)  # fmt: skip
def test_a_pupil_with_something_wrong_is_refused_alone(changed, code):
    assert codes(read_roster(one_roster(**changed)))[0] == (2, code)


def test_a_sourced_id_has_at_most_255_characters():
    long_id = "s" * 256
    users, roles = USERS.replace("s1,,", f"{long_id},,"), ROLES.replace("s1", long_id)

    roster = read_roster(one_roster(users=users, roles=roles))

    assert codes(roster)[0] == (2, "roster.sourced-id-wrong")


def test_only_an_enrollment_as_student_gives_a_class():
    enrollments = ENROLLMENTS.replace("o1,s2,student", "o1,s2,aide")

    roster = read_roster(one_roster(enrollments=enrollments))

    assert codes(roster)[0] == (3, "roster.class-missing")


def test_the_second_row_of_a_sourced_id_is_refused():
    users = USERS + "s2,,,true,s2,,Anna,Lee,,,,,,,03,\n"

    assert codes(read_roster(one_roster(users=users)))[-1] == (7, "roster.duplicate-line")


def test_the_grade_comes_from_the_class_or_from_the_pupil():
    classes = CLASSES.replace("三年级2班,03", "2班,")

    assert [pupil.grade for pupil in pupils(read_roster(one_roster(classes=classes)))] == [3, 3]
