"""Who reaches whom: every role against its own and against somebody else's."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from tests.component.enrollment.world import (
    CITY,
    DEXING,
    JUNIOR,
    OPERATOR,
    OTHER,
    SCHOOL,
    World,
    bureau,
    guardian,
    office,
)


@pytest.fixture
def known(world: World) -> World:
    world.import_rows()
    return world


def teacher(*class_ids: str, school_id: str = SCHOOL) -> Principal:
    return Principal(account_id="t", role="teacher", school_id=school_id, class_ids=class_ids)


def kind(world: World, who: Principal, operation: str, params: dict[str, Any]) -> str:
    reply = world.handle(who, operation, params, {})
    return str(reply.get("kind", reply["status"]))


def test_a_guardian_knows_the_own_children_only(known: World):
    mine, others = known.pupil("张小明"), known.pupil("李雷")
    parent = known.parent_of(mine)

    assert kind(known, parent, "get_student", {"student_id": mine["student_id"]}) == "ok"
    assert kind(known, parent, "get_student", {"student_id": others["student_id"]}) == "unknown"
    assert kind(known, parent, "list_students", {"school_id": SCHOOL}) == "forbidden"
    children = known.ok(parent, "my_children")["items"]
    assert {each["name"] for each in children} == {"张小明", "张小红"}
    assert known.ok(guardian("nobody"), "my_children")["items"] == []
    assert known.ok(Principal(account_id="x", role="guardian"), "my_children")["items"] == []


def test_somebody_elses_application_does_not_exist_for_a_guardian(known: World):
    application = {"application_id": known.apply(known.pupil("李雷"))["application_id"]}
    stranger = known.parent_of(known.pupil("张小明"))

    for operation in ("get_application", "get_agreement"):
        assert kind(known, stranger, operation, application) == "unknown"
    signing = known.handle(stranger, "sign_agreement", application, {"agreement_version": "2026-1"})
    assert signing["kind"] == "unknown"


def test_a_teacher_knows_the_own_classes_only(known: World):
    mine, others = known.pupil("张小明"), known.pupil("张小红")
    who = teacher(mine["class_id"])

    listed = known.ok(who, "list_students", {"school_id": SCHOOL}, {})["items"]
    assert {each["name"] for each in listed} == {"张小明", "李雷"}
    asked = {"class_id": others["class_id"]}
    assert known.ok(who, "list_students", {"school_id": SCHOOL}, asked)["items"] == []
    assert kind(known, who, "get_student", {"student_id": others["student_id"]}) == "unknown"
    elsewhere = teacher(mine["class_id"], school_id=OTHER)
    assert kind(known, elsewhere, "get_student", {"student_id": mine["student_id"]}) == "unknown"


@pytest.mark.clause("P1-005")
@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("import_roster", {"filename": "a.csv", "content_base64": ""}),
        ("open_term", {"name": "x", "first_day": "2027-02-20", "last_day": "2027-07-01"}),
        ("publish_list", {"term_id": "t"}),
        ("accept_application", {}),
    ],
)
def test_the_school_decides_not_the_bureau(known: World, operation, body):
    application_id = known.apply(known.pupil("李雷"))["application_id"]
    params = {"school_id": SCHOOL, "application_id": application_id}

    assert known.handle(bureau(), operation, params, body)["kind"] == "forbidden"
    assert known.handle(office(OTHER), operation, params, body)["kind"] == "unknown"


def test_a_bureau_reads_its_own_district_with_masked_names(known: World):
    pupil = {"student_id": known.pupil("张小明")["student_id"]}

    read = known.ok(bureau(), "get_student", pupil)
    assert (read["name"], read["guardians"][0]["name"]) == ("张*明", "张*明")
    for operation, params in (
        ("get_student", pupil),
        ("get_school", {"school_id": SCHOOL}),
        ("list_students", {"school_id": SCHOOL}),
        ("list_applications", {"school_id": SCHOOL}),
        ("get_policy", {"profile": "urban-district", "district_id": CITY}),
    ):
        assert kind(known, bureau(DEXING), operation, params) == "unknown", operation
    assert [each["school_id"] for each in known.ok(bureau(), "list_schools")["items"]] == [SCHOOL]
    assert [each["district_id"] for each in known.ok(bureau(), "list_districts")["items"]] == [CITY]


@pytest.mark.parametrize(
    "operation", ["get_school", "list_terms", "list_classes", "list_publicities"]
)
def test_a_school_is_its_own_matter(known: World, operation):
    parent = known.parent_of(known.pupil("李雷"))

    for who in (office(), bureau(), parent, teacher()):
        assert kind(known, who, operation, {"school_id": SCHOOL}) == "ok"
    for who in (office(OTHER), bureau(DEXING), guardian("nobody"), teacher(school_id=OTHER)):
        assert kind(known, who, operation, {"school_id": SCHOOL}) == "unknown"


def test_names_are_given_within_the_callers_scope_only(known: World):
    mine, others = known.pupil("张小明"), known.pupil("李雷")
    staff = known.ok(
        office(),
        "register_staff",
        {"school_id": SCHOOL},
        {"name": "赵老师", "kind": "school_staff"},
    )["staff_id"]
    ids = [
        mine["student_id"],
        others["student_id"],
        mine["guardians"][0]["guardian_id"],
        others["guardians"][0]["guardian_id"],
        staff,
        "unknown",
    ]

    def named(who: Principal) -> set[str]:
        found = known.ok(who, "get_names", {}, {"ids": ids})["names"]
        return {each["name"] for each in found.values()}

    assert named(office()) == {"张小明", "李雷", "张大明", "李芳", "赵老师"}
    assert named(known.parent_of(mine)) == {"张小明", "张大明", "赵老师"}
    assert named(bureau()) == {"张*明", "李*", "赵老师"}
    assert named(office(OTHER)) == named(bureau(DEXING)) == set()
    shown = known.ok(office(), "get_names", {}, {"ids": ids})["names"][mine["student_id"]]
    assert shown == {"name": "张小明", "class_name": "三年级2班"}
    assert known.refused(OPERATOR, "get_names", {}, {"ids": ids}) == "not-permitted"


def test_a_school_can_rename_nobody_by_choosing_a_staff_id(known: World):
    pupil = known.pupil("张小明")
    body = {"staff_id": pupil["student_id"], "name": "冒名", "kind": "volunteer"}

    known.ok(office(OTHER), "register_staff", {"school_id": OTHER}, body)

    assert known.pupil("张小明")["name"] == "张小明"
    assert (
        known.refused(office(JUNIOR), "register_staff", {"school_id": JUNIOR}, body)
        == "enrollment.staff-differs"
    )


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("get_student", {"student_id": "x"}),
        ("get_application", {"application_id": "x"}),
        ("get_agreement", {"application_id": "x"}),
        ("get_publicity", {"publicity_id": "x"}),
        ("get_import", {"import_id": "x"}),
        ("get_school", {"school_id": "x"}),
        ("get_policy", {"profile": "x"}),
        ("get_policy", {"profile": "dexing", "district_id": CITY}),
    ],
)
def test_what_is_not_there_is_not_found(known: World, operation, params):
    assert kind(known, office(), operation, params) == "unknown"
