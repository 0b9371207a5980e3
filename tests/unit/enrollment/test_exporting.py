"""Exports on record, and workbooks that nothing runs in."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from chassis.kernel.call import CHINA
from chassis.testing.scenario import Scenario
from contracts.enrollment.exports import ExportMade
from services.enrollment.application.domain.export import EXPORT, MakeExport, is_masked
from services.enrollment.register.roster.export import OTHERS, ROSTER, Line, write_export

FACTS = {"export_id": "x-1", "kind": "roster", "rows": 2, "masked": True, "sha256": "ab" * 32}
MADE_AT = datetime(2026, 9, 1, 15, 30, tzinfo=CHINA)
EVIL = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "\x1b@x",
)

export = Scenario(EXPORT)


def line(name: str, *, enrolled: bool = True, class_name: str = "三年级2班") -> Line:
    return Line(
        class_name=class_name,
        name=name,
        service_kinds="课后托管",
        state="已入托" if enrolled else "待审核",
        starts_on="2026-09-01" if enrolled else "",
        enrolled=enrolled,
    )


def cells(content: bytes) -> dict[str, list[tuple[str | None, ...]]]:
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "inlineStr", "n"}
        assert all(isinstance(cell.value, str | None) for row in sheet for cell in row)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_an_export_is_on_record():
    export.given().when(MakeExport(**FACTS)).then(ExportMade(**FACTS))


def test_the_same_export_is_on_record_once():
    export.given(ExportMade(**FACTS)).when(MakeExport(**FACTS)).then_nothing()


@pytest.mark.parametrize("role", ["school_office", "school_finance"])
def test_the_schools_own_take_whole_names_unless_they_ask_for_a_masked_copy(role: str):
    assert not is_masked(role, asked=False)
    assert is_masked(role, asked=True)


@pytest.mark.parametrize("role", ["bureau", "teacher", "guardian", "operator", "system"])
def test_nobody_else_does(role: str):
    assert is_masked(role, asked=False)


def test_those_who_take_part_and_the_others_have_a_sheet_each():
    found = cells(write_export([line("张小明"), line("李雷", enrolled=False)], MADE_AT))

    heading = ("班级", "姓名", "服务项目", "状态", "开始日期")
    assert found == {
        ROSTER: [heading, ("三年级2班", "张小明", "课后托管", "已入托", "2026-09-01")],
        OTHERS: [heading, ("三年级2班", "李雷", "课后托管", "待审核", None)],
    }


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_is_a_formula(evil: str):
    found = cells(write_export([line(evil, class_name=evil)], MADE_AT))

    class_name, name, *_ = found[ROSTER][1]
    assert class_name == name
    assert name is not None
    assert name.startswith("'")


def test_the_same_lines_give_the_same_bytes():
    lines = [line("张小明"), line("李雷", enrolled=False)]

    assert write_export(lines, MADE_AT) == write_export(lines, MADE_AT)
    assert write_export(lines, MADE_AT) != write_export(lines[:1], MADE_AT)


def test_no_time_but_the_exports_own_is_in_the_file():
    with ZipFile(io.BytesIO(write_export([line("张小明")], MADE_AT))) as archive:
        dates = {part.date_time for part in archive.infolist()}
        properties = archive.read("docProps/core.xml").decode()

    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", properties)) == {"2026-09-01T07:30:00Z"}
