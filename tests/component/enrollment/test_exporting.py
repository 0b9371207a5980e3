"""The exported roster: what is in it, whose names are whole, and that it is on record."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from chassis.kernel.call import Principal
from tests.component.enrollment.test_documents import enrol
from tests.component.enrollment.world import DEXING, OTHER, SCHOOL, World, bureau, office

FINANCE = Principal(account_id="finance", role="school_finance", school_id=SCHOOL)
THERE = {"school_id": SCHOOL}
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def exporting(world: World) -> World:
    """张小明 is enrolled, 李雷 has applied."""
    world.import_rows()
    pupil = world.pupil("张小明")
    application = {"application_id": world.apply(pupil)["application_id"]}
    enrol(world, application, pupil)
    world.apply(world.pupil("李雷"))
    return world


def content(export: dict[str, Any]) -> bytes:
    return base64.b64decode(export["file"]["content_base64"])


def rows(export: dict[str, Any]) -> list[tuple[str | None, ...]]:
    book = load_workbook(io.BytesIO(content(export)))
    return [
        row for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)
    ]


@pytest.mark.clause("P2-091")
def test_the_schools_copy_has_whole_names(exporting: World):
    for who in (office(), FINANCE):
        export = exporting.ok(who, "export_roster", THERE)

        assert (export["rows"], export["masked"]) == (2, False)
        assert rows(export) == [
            ("三年级2班", "张小明", "课后托管", "已入托", "2026-09-01"),
            ("三年级2班", "李雷", "课后托管", "待审核", None),
        ]


@pytest.mark.clause("P2-091")
def test_every_other_copy_is_masked(exporting: World):
    for who, body in ((bureau(), {}), (bureau(), {"masked": False}), (office(), {"masked": True})):
        export = exporting.ok(who, "export_roster", THERE, body)

        assert export["masked"] is True
        assert [row[1] for row in rows(export)] == ["张*明", "李*"]
        assert "masked" in export["file"]["filename"]


@pytest.mark.clause("P2-091")
def test_every_export_is_in_the_log(exporting: World):
    before = len(exporting.events())
    whole = exporting.ok(FINANCE, "export_roster", THERE)
    masked = exporting.ok(bureau(), "export_roster", THERE)

    made = exporting.events()[before:]
    assert [event["type"] for event in made] == ["ExportMade", "ExportMade"]
    assert [event["actor"]["role"] for event in made] == ["school_finance", "bureau"]
    for event, export in zip(made, (whole, masked), strict=True):
        assert event["data"] == {
            "export_id": export["export_id"],
            "kind": "roster",
            "rows": 2,
            "masked": export["masked"],
            "sha256": hashlib.sha256(content(export)).hexdigest(),
        }


def test_a_repeat_hands_out_the_same_file_and_stores_no_name(exporting: World):
    first = exporting.ok(office(), "export_roster", THERE, idempotency_key="k")
    made = exporting.types().count("ExportMade")

    assert exporting.ok(office(), "export_roster", THERE, idempotency_key="k") == first
    assert exporting.types().count("ExportMade") == made
    with exporting.service.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT reply FROM outcomes").scalars().all()
    assert any(first["export_id"] in reply for reply in stored)
    assert not any("content_base64" in reply for reply in stored)


def test_a_repeat_never_hands_out_what_is_not_on_record(exporting: World):
    exporting.ok(office(), "export_roster", THERE, idempotency_key="k")
    exporting.apply(exporting.pupil("张小红"))

    code = exporting.refused(office(), "export_roster", THERE, idempotency_key="k")

    assert code == "enrollment.export-outdated"
    assert exporting.ok(office(), "export_roster", THERE, idempotency_key="k2")["rows"] == 3


def test_no_pupils_name_is_run_as_a_formula(world: World):
    world.import_rows(f'"{EVIL}",男,2017-09-01,,,三年级2班,张大明,父亲,13800000001')
    world.apply(world.pupil(EVIL))

    [whole] = rows(world.ok(office(), "export_roster", THERE))
    [masked] = rows(world.ok(bureau(), "export_roster", THERE))

    assert whole[1] == f"'{EVIL}"
    assert masked[1] is not None
    assert masked[1].startswith("'=*")


def test_one_term_is_exported(exporting: World):
    term = {"name": "2027年春季学期", "first_day": "2027-02-20", "last_day": "2027-07-01"}
    later = exporting.ok(office(), "open_term", THERE, term)["term_id"]

    assert exporting.ok(office(), "export_roster", THERE)["rows"] == 2, "the one that comes next"
    assert exporting.ok(office(), "export_roster", THERE, {"term_id": later})["rows"] == 0
    unknown = exporting.refused(office(), "export_roster", THERE, {"term_id": "nowhere"})
    assert unknown == "enrollment.term-unknown"


def test_who_has_no_business_with_it_gets_nothing(exporting: World):
    before = exporting.types()
    parent = exporting.parent_of(exporting.pupil("李雷"))
    teacher = Principal(account_id="t", role="teacher", school_id=SCHOOL)

    for who in (parent, teacher):
        assert exporting.handle(who, "export_roster", THERE)["kind"] == "forbidden"
    for who in (office(OTHER), bureau(DEXING)):
        assert exporting.refused(who, "export_roster", THERE) == "enrollment.school-unknown"
    assert exporting.types() == before
