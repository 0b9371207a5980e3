"""Who read a child's data is on record, and the family can see it."""

from __future__ import annotations

import itertools

from tests.component.gateway.world import GUARD, GUARDIAN, OFFICE, World

students = (f"st-{n}" for n in itertools.count(100))


def readings(world: World, student_id: str) -> list[dict[str, str]]:
    return world.accounts.reads_of(student_id, after=None, limit=50)


def test_reading_is_on_record_before_the_answer_goes_out(world: World):
    student = next(students)

    world.client.get(
        f"/api/v1/students/{student}/today", headers={**world.as_(OFFICE), "X-Request-Id": "r-1"}
    )

    (reading,) = readings(world, student)
    assert (reading["account_id"], reading["role"]) == ("a-office", "school_office")
    assert (reading["operation"], reading["purpose"]) == ("child_today", "custody")
    assert reading["at"] == "2026-09-01T15:30:00+08:00"
    assert (reading["subject_kind"], reading["request_id"]) == ("student", "r-1")


def test_a_board_that_is_asked_for_every_second_is_one_reading(world: World):
    student = next(students)

    for _ in range(5):
        world.client.get(f"/api/v1/students/{student}/today", headers=world.as_(OFFICE))
    world.client.get(f"/api/v1/students/{student}/today", headers=world.as_(GUARDIAN))

    assert [r["account_id"] for r in readings(world, student)] == ["a-guardian", "a-office"]


def test_why_a_child_has_priority_and_what_it_chose_are_readings(world: World):
    student = next(students)

    for path in (f"students/{student}/priorities", f"terms/te-1/students/{student}/places"):
        assert world.client.get(f"/api/v1/{path}", headers=world.as_(OFFICE)).status_code == 200

    found = {(each["operation"], each["purpose"]) for each in readings(world, student)}
    assert found == {("list_priorities", "priority"), ("my_places", "places")}


def test_a_filed_roster_with_names_is_a_reading_of_the_school(world: World):
    school = next(students)
    world.services.answers("get_pack", school_id=school, parts={"roster": []})

    world.client.get("/api/v1/terms/te-1/filing-pack", headers=world.as_(OFFICE))

    assert [each["purpose"] for each in readings(world, school)] == ["filing"]


def test_what_was_refused_was_not_read(world: World):
    student = next(students)
    world.services.refuses("child_today", "unknown")

    world.client.get(f"/api/v1/students/{student}/today", headers=world.as_(OFFICE))

    assert readings(world, student) == []


def test_a_code_at_the_gate_is_a_reading_of_its_child(world: World):
    student = next(students)
    world.services.answers("find_code", ok=True, student_id=student)

    world.client.post(
        "/api/v1/schools/s1/pickup-codes:find", json={"code": "1"}, headers=world.as_(GUARD)
    )

    assert [r["operation"] for r in readings(world, student)] == ["find_code"]


def test_a_code_that_nobody_has_is_not(world: World):
    world.services.answers("find_code", ok=False, student_id=None)

    response = world.client.post(
        "/api/v1/schools/s1/pickup-codes:find", json={"code": "1"}, headers=world.as_(GUARD)
    )

    assert response.status_code == 200


def test_the_family_sees_who_read(world: World):
    student = next(students)
    world.client.get(f"/api/v1/students/{student}/charges", headers=world.as_(OFFICE))

    shown = world.client.get(f"/api/v1/students/{student}/reads", headers=world.as_(GUARDIAN)).json

    assert [(i["role"], i["purpose"]) for i in shown["items"]] == [
        ("guardian", "record"),
        ("school_office", "fees"),
    ]
    assert shown["next"] is None


def test_who_may_not_see_the_child_may_not_see_its_readers(world: World):
    world.services.refuses("get_student", "unknown")

    response = world.client.get("/api/v1/students/st1/reads", headers=world.as_(GUARDIAN))

    assert response.status_code == 404


def test_many_readings_come_page_by_page(world: World):
    student = next(students)
    for path in ("today", "charges", "pickup-authorisations", "pickup-codes"):
        world.client.get(f"/api/v1/students/{student}/{path}", headers=world.as_(OFFICE))

    url = f"/api/v1/students/{student}/reads?limit=3"
    first = world.client.get(url, headers=world.as_(OFFICE)).json
    rest = world.client.get(f"{url}&after={first['next']}", headers=world.as_(OFFICE)).json

    assert [len(first["items"]), len(rest["items"])] == [3, 2]
    assert rest["next"] is None
