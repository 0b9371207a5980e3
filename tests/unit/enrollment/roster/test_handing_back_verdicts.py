"""Handing back what became of every row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.enrollment.register.roster.lines import Pupil
from services.enrollment.register.roster.read import read_roster
from services.enrollment.register.roster.refusals import CODES, TEXTS
from services.enrollment.register.roster.template import EXAMPLES, write_template
from services.enrollment.register.roster.verdicts import FIELDS, Verdict, harmless, write_verdicts
from tests.unit.enrollment.roster.files import codes, saved

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERDICTS = [
    Verdict(line=2, outcome="created"),
    Verdict(
        line=5, outcome="refused", code="roster.phone-wrong", field="phone", detail="电话号码不对。"
    ),
]
ROWS = [
    ["行", "结果", "代码", "字段", "说明"],
    ["2", "新增", "", "", ""],
    ["5", "拒绝", "roster.phone-wrong", "联系电话", "电话号码不对。"],
]


def rows_of(file: tuple[str, str, bytes]) -> list[list[str]]:
    filename, _, content = file
    if filename.endswith(".csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


@pytest.mark.parametrize(
    ("kind", "filename", "media_type"),
    [
        ("csv", "roster-verdicts.csv", "text/csv; charset=utf-8"),
        ("xlsx", "roster-verdicts.xlsx", XLSX),
        ("oneroster-1.2-csv", "roster-verdicts.xlsx", XLSX),
    ],
)
def test_the_file_comes_in_the_format_the_school_sent(kind, filename, media_type):
    file = write_verdicts(kind, VERDICTS)

    assert file[:2] == (filename, media_type)
    assert rows_of(file) == ROWS


def test_a_spreadsheet_recognises_the_csv_as_utf8():
    assert write_verdicts("csv", [])[2].startswith(b"\xef\xbb\xbf")


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_ever_a_formula(kind, text):
    file = write_verdicts(kind, [Verdict(line=1, outcome="refused", code=text, detail=text)])

    row = rows_of(file)[1]
    assert row[2].startswith("'")
    assert row[4].startswith("'")


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=30), st.sampled_from(["csv", "xlsx"]))
def test_any_text_can_be_handed_back(text, kind):
    verdict = Verdict(line=1, outcome="skipped", code=text, field=text, detail=text)

    cells = rows_of(write_verdicts(kind, [verdict]))[1]

    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_harmless_text_stays_as_it_is():
    assert harmless("三年级2班 - 正常") == "三年级2班 - 正常"


def test_every_code_has_words_in_both_languages():
    assert all(zh and en and zh != en for zh, en in TEXTS.values())
    assert all(code.startswith("roster.") for code in CODES)
    assert set(FIELDS)


def test_the_template_left_as_it_is_imports_nobody():
    assert codes(read_roster(write_template())) == [
        (2, "roster.example-row"),
        (3, "roster.example-row"),
    ]


def test_the_examples_of_the_template_would_import_if_they_were_pupils():
    book = load_workbook(io.BytesIO(write_template()))
    for row in book.worksheets[0].iter_rows(min_row=2, max_row=3, max_col=1):
        row[0].value = row[0].value.removeprefix("(示例)")

    lines = read_roster(saved(book)).lines

    assert len(lines) == len(EXAMPLES)
    assert all(isinstance(line, Pupil) for line in lines)
    assert lines[0].guardians[1].name == "李小芳"


def test_the_cells_of_the_template_are_text_so_that_no_number_is_rounded():
    sheet = load_workbook(io.BytesIO(write_template())).worksheets[0]

    letters = "ABCDEFGHIJKLM"
    assert {sheet.column_dimensions[letter].number_format for letter in letters} == {"@"}
