"""Which row of a roster is which pupil of the register."""

from __future__ import annotations

from tests.component.enrollment.world import IDENTITY, PERSONS, PUPILS, World, counts, names


def test_two_pupils_of_one_name_stay_two(world: World):
    twins = (
        "王伟,男,,,,一年级1班,王一,父亲,13800000011",
        "王伟,男,,,,一年级1班,赵二,母亲,13800000012",
    )
    assert counts(world.import_rows(*twins)) == (2, 0, 0, 0, 0)
    before = [name for name in world.types() if name in PERSONS]

    assert counts(world.import_rows(*reversed(twins))) == (0, 0, 2, 0, 0)
    assert [name for name in world.types() if name in PERSONS] == before


def test_a_pupil_is_known_by_identity_number_whatever_else_changed(world: World):
    world.import_rows(f"张三,女,,{IDENTITY},,三年级1班,,,")

    done = world.import_rows(f"张叁,女,,{IDENTITY},,四年级1班,,,")

    assert counts(done) == (0, 1, 0, 0, 0)
    assert names(world) == ["张叁"]
    assert world.pupil("张叁")["class_name"] == "四年级1班"
    changed = [each for each in world.events() if each["type"] == "StudentDetailsChanged"]
    assert changed[0]["data"]["fields"] == ["name"]


def test_a_number_added_later_belongs_to_the_pupil_of_that_class_and_name(world: World):
    world.import_rows("张三,女,,,,三年级1班,,,")

    done = world.import_rows(f"张三,,,{IDENTITY},,三年级1班,,,")

    assert counts(done) == (0, 1, 0, 0, 0)
    assert counts(world.import_rows(f"张三,,,{IDENTITY},,三年级1班,,,")) == (0, 0, 1, 0, 0)


def test_two_rows_that_are_one_pupil_are_not_both_taken(world: World):
    number = f"G{IDENTITY}"
    world.import_rows(f"张三,女,,{IDENTITY},{number},三年级1班,,,")

    done = world.import_rows(
        f"张三,女,,{IDENTITY},,三年级1班,,,", f"张四,女,,,{number},三年级1班,,,"
    )

    assert [row["code"] for row in done["rows"]] == [None, "enrollment.numbers-contradict"]
    assert names(world) == ["张三"]


def test_who_moved_to_another_class_is_known_by_name_and_birth_date(world: World):
    world.import_rows()

    done = world.import_rows(PUPILS[2].replace("三年级2班", "三年级1班"))

    assert counts(done) == (0, 1, 0, 0, 0)
    assert "StudentMoved" in world.types()
    assert world.pupil("李雷")["class_name"] == "三年级1班"


def test_a_guardian_keeps_the_account_when_the_phone_changes(world: World):
    world.import_rows()
    before = world.pupil("李雷")["guardians"]

    done = world.import_rows(PUPILS[2].replace("13800000002", "13900000002"))

    assert counts(done) == (0, 1, 0, 0, 0)
    assert world.pupil("李雷")["guardians"] == before
    assert counts(world.import_rows(PUPILS[2].replace("13800000002", "13900000002")))[2] == 1
