"""Importing a roster: dry run, all rows at once, again and again."""

from __future__ import annotations

import base64

import pytest

from tests.component.enrollment.world import (
    IDENTITY,
    JUNIOR,
    OTHER,
    PERSONS,
    PUPILS,
    SCHOOL,
    World,
    counts,
    guardian,
    names,
    office,
    roster,
)
from tests.unit.enrollment.roster.oneroster import one_roster


def test_a_dry_run_says_what_would_happen_and_writes_nothing(world: World):
    before = world.types()

    dry = world.ok(office(), "check_roster", {"school_id": SCHOOL}, roster(PUPILS))

    assert dry["dry_run"] is True
    assert counts(dry) == (3, 0, 0, 0, 0)
    assert {row["student_id"] for row in dry["rows"]} == {None}
    assert world.types() == before
    assert names(world) == []


def test_an_import_registers_pupils_classes_and_shared_guardians(world: World):
    done = world.import_rows()

    assert counts(done) == (3, 0, 0, 0, 0)
    types = world.types()
    assert types.count("StudentRegistered") == 3
    assert types.count("ClassOpened") == 2
    assert types.count("GuardianRegistered") == 2, "brother and sister share one"
    assert types.count("GuardianLinked") == 3
    assert types[-1] == "RosterImported"
    both = {world.pupil(name)["guardians"][0]["guardian_id"] for name in ("张小明", "张小红")}
    assert len(both) == 1


def test_the_same_roster_again_changes_nothing(world: World):
    world.import_rows()
    before = [name for name in world.types() if name in PERSONS]

    again = world.import_rows()

    assert counts(again) == (0, 0, 3, 0, 0)
    assert [name for name in world.types() if name in PERSONS] == before


def test_a_large_roster_is_written_in_parts_with_one_outcome(world: World, monkeypatch):
    monkeypatch.setattr("services.enrollment.register.importing.planning.ROWS_OF_A_PART", 1)
    bad = ",女,,,,二年级1班,,,"
    asked = {"school_id": SCHOOL}

    dry = world.ok(office(), "check_roster", asked, roster([*PUPILS, bad]))
    reply = world.handle(office(), "import_roster", asked, roster([*PUPILS, bad]))

    done = reply["body"]
    assert counts(dry) == counts(done) == (3, 0, 0, 1, 0)
    assert [row["line"] for row in done["rows"]] == [2, 3, 4, 5]
    types = world.types()
    assert types.count("ClassOpened") == 2, "a class of an earlier part is known"
    assert types.count("GuardianRegistered") == 2, "and so is a guardian"
    assert types.count("RosterImported") == 1
    assert reply["position"] == ["enrollment", SCHOOL, len(types)]


def test_a_later_part_of_a_roster_may_correct_a_guardian(world: World, monkeypatch):
    world.import_rows()
    monkeypatch.setattr("services.enrollment.register.importing.planning.ROWS_OF_A_PART", 1)

    brother, sister = (row.replace("13800000001", "13900000001") for row in PUPILS[:2])
    assert counts(world.import_rows(brother, sister)) == (0, 1, 1, 0, 0)
    assert counts(world.import_rows(brother, sister)) == (0, 0, 2, 0, 0)
    assert world.types().count("GuardianRegistered") == 2


def test_a_repeat_with_the_same_key_imports_once(world: World):
    replies = [
        world.ok(
            office(),
            "import_roster",
            {"school_id": SCHOOL},
            roster(PUPILS),
            idempotency_key="k-1",
        )
        for _ in range(2)
    ]

    assert replies[0] == replies[1]
    assert world.types().count("RosterImported") == 1


@pytest.mark.clause("P1-004")
def test_an_import_enrols_nobody(world: World):
    world.import_rows()

    assert not {"ApplicationSubmitted", "StudentEnrolled"} & set(world.types())
    parent = world.parent_of(world.pupil("李雷"))
    [child] = world.ok(parent, "my_children")["items"]
    assert child["terms"][0]["state"] == "not_applied"
    assert child["terms"][0]["next"]["action"] == "apply"


def test_a_bad_row_costs_no_other_row(world: World):
    done = world.import_rows(PUPILS[0], ",女,,,,二年级1班,,,", "王五,男,,,,七年级1班,,,")

    assert counts(done) == (1, 0, 0, 2, 0)
    assert [row["code"] for row in done["rows"]] == [
        None,
        "roster.name-missing",
        "enrollment.grade-out-of-stage",
    ]


def test_a_junior_school_takes_junior_grades(world: World):
    done = world.import_rows("王五,男,,,,七年级1班,,,", PUPILS[0], school_id=JUNIOR)

    assert counts(done) == (1, 0, 0, 1, 0)


def test_a_blank_cell_takes_nothing_away(world: World):
    world.import_rows()

    assert counts(world.import_rows("李雷,,,,,三年级2班,,,")) == (0, 0, 1, 0, 0)


def test_who_is_missing_from_a_roster_stays(world: World):
    world.import_rows()

    world.import_rows(PUPILS[0])

    assert names(world) == ["张小明", "张小红", "李雷"]


def test_the_verdicts_are_handed_back_as_a_file(world: World):
    done = world.import_rows(PUPILS[0], ",女,,,,二年级1班,,,")

    again = world.ok(
        office(), "get_import", {"import_id": done["import_id"]}, {"verdict_file": True}
    )

    assert again["rows"] == done["rows"]
    text = base64.b64decode(again["file"]["content_base64"]).decode("utf-8-sig")
    assert "roster.name-missing" in text
    assert "新增" in text


def test_nothing_is_written_when_an_import_breaks_half_way(world: World, monkeypatch):
    before = world.types()

    def breaks(*_args: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("services.enrollment.register.importing.writing.imports.keep_rows", breaks)
    with pytest.raises(RuntimeError, match="disk"):
        world.import_rows()

    assert world.types() == before
    assert names(world) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"filename": "a.csv", "content_base64": "%%%"}, "enrollment.content-not-base64"),
        ({"filename": "a.csv", "content_base64": ""}, "enrollment.unreadable-roster"),
        ({"filename": "a.csv"}, "invalid-fields"),
    ],
)
@pytest.mark.parametrize("operation", ["import_roster", "check_roster"])
def test_what_is_no_roster_is_refused(world: World, operation, body, code):
    assert world.refused(office(), operation, {"school_id": SCHOOL}, body) == code


@pytest.mark.parametrize(
    "limit", ["oneroster_files.MAX_USERS", "oneroster.MAX_VERDICTS", "archives.MAX_TEXT_BYTES"]
)
def test_more_than_memory_is_meant_for_is_refused(world: World, monkeypatch, limit):
    body = {
        "filename": "export.zip",
        "content_base64": base64.b64encode(one_roster()).decode(),
    }
    monkeypatch.setattr(f"services.enrollment.register.roster.{limit}", 2)

    code = world.refused(office(), "import_roster", {"school_id": SCHOOL}, body)

    assert code == "enrollment.roster-too-large"


def test_only_the_own_office_imports(world: World):
    for who in (office(OTHER), guardian("g-1")):
        for operation in ("import_roster", "check_roster"):
            reply = world.handle(who, operation, {"school_id": SCHOOL}, roster(PUPILS))
            assert reply["kind"] in ("unknown", "forbidden")


def test_identity_numbers_phones_and_names_are_nowhere_in_clear(world: World, tmp_path):
    number = f"G{IDENTITY}"
    done = world.import_rows(f"张三丰,女,,{IDENTITY},{number},三年级1班,张翠山,父亲,13800000001")
    assert counts(done) == (1, 0, 0, 0, 0)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for secret in (IDENTITY, number, "张三丰", "张翠山", "13800000001"):
        assert secret.encode() not in held
    with world.service.database.read() as connection:
        assert world.service.log.vault is not None
        session = world.service.log.vault.session(connection)
        pupil = world.pupil("张三丰")
        kept = session.get_many([pupil["student_id"], pupil["guardians"][0]["guardian_id"]])
    assert IDENTITY not in repr(kept)
    assert "张三丰" in repr(kept)
