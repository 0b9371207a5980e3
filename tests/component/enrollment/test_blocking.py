"""A blocked guardian sees and decides nothing about the pupil any more."""

from __future__ import annotations

from tests.component.enrollment.world import World, at, office


def test_a_blocked_guardian_neither_sees_nor_decides(world: World):
    world.import_rows()
    pupil, sister = world.pupil("张小明"), world.pupil("张小红")
    father = world.parent_of(pupil)
    whom = {
        "student_id": pupil["student_id"],
        "guardian_id": pupil["guardians"][0]["guardian_id"],
    }
    proof = {"proof": "人身安全保护令，2026-08-19"}
    assert world.handle(father, "block_guardian", whom, proof)["kind"] == "forbidden"
    assert world.handle(office("school-2"), "block_guardian", whom, proof)["kind"] == "unknown"
    assert world.ok(office(), "block_guardian", whom, proof)["blocked"] is True

    children = world.ok(father, "my_children")["items"]
    assert [each["student_id"] for each in children] == [sister["student_id"]]
    form = world.form(pupil)
    assert world.handle(father, "submit_application", {}, form)["kind"] == "unknown"
    assert world.handle(father, "get_student", whom)["kind"] == "unknown"
    assert "保护令" not in repr(world.events())
    [shown] = world.pupil("张小明")["guardians"]
    assert shown["blocked"] is True


def test_an_import_leaves_the_block_and_the_school_lifts_it(world: World):
    world.import_rows()
    pupil = world.pupil("张小明")
    father = world.parent_of(pupil)
    whom = {
        "student_id": pupil["student_id"],
        "guardian_id": pupil["guardians"][0]["guardian_id"],
    }
    world.ok(office(), "block_guardian", whom, {"proof": "法院文书"})
    count = len(world.events())
    world.ok(office(), "block_guardian", whom, {"proof": "法院文书"})
    assert len(world.events()) == count
    world.clock.instant = at("2026-08-21T09:00:00")
    world.import_rows()
    assert world.handle(father, "get_student", whom)["kind"] == "unknown"

    world.ok(office(), "unblock_guardian", whom, {"proof": "文书已撤销"})
    assert world.ok(father, "get_student", whom)["name"] == "张小明"
