"""Reading OneRoster 1.2 CSV."""

from __future__ import annotations

from datetime import date

import pytest

from services.enrollment.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.roster.lines import Guardian, Pupil
from services.enrollment.roster.read import read_roster
from tests.unit.enrollment.roster.files import codes, identity_number, pupils, zip_file

NUMBER = identity_number()

MANIFEST = """propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.users,bulk
source.systemName,"某学籍系统"
"""
USERS = f"""\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
identifier,email,sms,phone,agentSourcedIds,grades,password
s1,,,true,s1,{{identityNumber:{NUMBER}}},小明,王,,G{NUMBER},,,,"g1,g2",03,
s2,,,true,s2,,Anna,Lee,Mary,2026-017,,,,,03,
g1,,,true,g1,,大明,王,,,,13800138000,,,,
g2,,,true,g2,,小芳,李,,,,,0592-5551234,,,
t1,,,true,t1,,老师,张,,,,,,,,
"""
ROLES = """\
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r1,,,s1,primary,student,,,o1
r2,,,s2,primary,student,,,o1
r3,,,g1,primary,parent,,,o1
r4,,,g2,primary,guardian,,,o1
r5,,,t1,primary,teacher,,,o1
"""
CLASSES = """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,schoolSourcedId
c1,,,三年级2班,03,,,homeroom,o1
c2,,,数学,03,,,scheduled,o1
"""
ENROLLMENTS = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary
e1,,,c1,o1,s1,student,
e2,,,c2,o1,s1,student,
e3,,,c1,o1,s2,student,
e4,,,c1,o1,t1,teacher,true
"""
DEMOGRAPHICS = """sourcedId,status,dateLastModified,birthDate,sex
s1,,,2017-09-01,male
s2,,,2017-10-15,female
"""


def one_roster(**changed: str | None) -> bytes:
    """Return a OneRoster zip; files by name without ``.csv``, None to leave one out."""
    files = {
        "manifest": MANIFEST,
        "orgs": "sourcedId,name,type\no1,某某小学,school\n",
        "users": USERS,
        "roles": ROLES,
        "classes": CLASSES,
        "enrollments": ENROLLMENTS,
        "demographics": DEMOGRAPHICS,
    } | changed
    return zip_file({f"{name}.csv": text for name, text in files.items() if text is not None})


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
        ({"users": USERS.replace("s1,,", "s" * 256 + ",,")}, "roster.not-a-pupil"),
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


def test_the_second_row_of_a_sourced_id_is_refused():
    users = USERS + "s2,,,true,s2,,Anna,Lee,,,,,,,03,\n"

    assert codes(read_roster(one_roster(users=users)))[-1] == (7, "roster.duplicate-line")


def test_the_grade_comes_from_the_class_or_from_the_pupil():
    classes = CLASSES.replace("三年级2班,03", "2班,")

    assert [pupil.grade for pupil in pupils(read_roster(one_roster(classes=classes)))] == [3, 3]


@pytest.mark.parametrize("name", ["manifest", "users", "roles", "classes", "enrollments"])
def test_a_missing_file_is_named(name):
    with pytest.raises(UnreadableRoster, match=rf"{name}\.csv"):
        read_roster(one_roster(**{name: None}))


@pytest.mark.parametrize(
    ("name", "column"),
    [("users", "familyName"), ("roles", "role"), ("classes", "title"), ("enrollments", "role")],
)
def test_a_missing_column_is_named(name, column):
    text = {"users": USERS, "roles": ROLES, "classes": CLASSES, "enrollments": ENROLLMENTS}[name]

    with pytest.raises(UnreadableRoster, match=rf"{name}\.csv 缺少列 {column}"):
        read_roster(one_roster(**{name: text.replace(f",{column}", ",other")}))


def test_demographics_are_optional():
    roster = read_roster(one_roster(demographics=None))

    assert pupils(roster)[1].born_on is None
    assert pupils(roster)[0].born_on == date(2017, 9, 1), "from the identity number"


def test_another_version_is_refused():
    with pytest.raises(UnreadableRoster, match=r"1\.2"):
        read_roster(one_roster(manifest=MANIFEST.replace("1.2", "1.1")))


def test_the_files_may_lie_in_a_folder_in_capitals_with_marks_and_in_gbk():
    texts = {"manifest": MANIFEST, "USERS": USERS, "Roles": ROLES, "classes": CLASSES}
    members = {f"导出/{name}.csv": b"\xef\xbb\xbf" + text.encode() for name, text in texts.items()}
    members["导出/enrollments.csv"] = ENROLLMENTS.encode("gbk")
    members["导出/classes.csv"] = CLASSES.encode("gbk")
    members["__MACOSX/导出/users.csv"] = b"\0\0"

    assert len(pupils(read_roster(zip_file(members)))) == 2


def test_a_file_that_is_there_twice_is_refused():
    members = {f"{folder}/users.csv": USERS for folder in "ab"}

    with pytest.raises(UnreadableRoster, match="两个"):
        read_roster(zip_file(members))


@pytest.mark.parametrize("limit", ["oneroster_files.MAX_ONEROSTER_RECORDS", "oneroster.MAX_ROWS"])
def test_more_records_or_pupils_than_the_limit_are_refused(monkeypatch, limit):
    monkeypatch.setattr(f"services.enrollment.roster.{limit}", 1)

    with pytest.raises(RosterTooLarge):
        read_roster(one_roster())


def test_more_guardians_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr("services.enrollment.roster.oneroster.MAX_ONEROSTER_RECORDS", 5)

    with pytest.raises(RosterTooLarge, match="监护人"):
        read_roster(one_roster())
