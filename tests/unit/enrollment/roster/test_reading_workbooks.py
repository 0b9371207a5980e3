"""Reading .xlsx workbooks: numbers, dates, formulas, sheets."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from services.enrollment.register.roster.errors import UnreadableRoster
from services.enrollment.register.roster.lines import Guardian, Pupil
from services.enrollment.register.roster.read import read_roster
from tests.unit.enrollment.roster.files import (
    HEADER,
    identity_number,
    only_line,
    only_pupil,
    row,
    saved,
    xlsx_file,
)

NUMBER = identity_number()
FULL = row(
    性别="男",
    出生日期="2017-09-01",
    身份证号=NUMBER,
    学籍号=f"G{NUMBER}",
    监护人姓名="王大明",
    关系="父亲",
    联系电话="13800138000",
)
PUPIL = Pupil(
    line=2,
    name="王小明",
    gender="male",
    born_on=date(2017, 9, 1),
    identity_number=NUMBER,
    student_number=f"G{NUMBER}",
    grade=3,
    class_name="三年级2班",
    guardians=(Guardian(name="王大明", relation="father", phone="13800138000"),),
)


def test_numbers_stored_as_floats_lose_their_point():
    content = xlsx_file(
        ["姓名", "年级", "班级", "家长", "手机"], ["王小明", 3.0, 2.0, "王大明", 13800138000.0]
    )

    pupil = only_pupil(content)

    assert (pupil.grade, pupil.class_name) == (3, "三年级2班")
    assert pupil.guardians[0].phone == "13800138000"


@pytest.mark.parametrize("stored", [110101201709010012, 1.10101201709010012e17])
def test_an_identity_number_stored_as_a_number_is_refused_with_the_cure(stored):
    line = only_line(xlsx_file(["姓名", "班级", "身份证号"], ["王小明", "三年级2班", stored]))

    assert (line.code, line.field) == ("roster.number-not-text", "identity_number")
    assert "文本格式" in line.detail


@pytest.mark.parametrize(
    "stored", [date(2017, 9, 1), datetime.combine(date(2017, 9, 1), time(8, 30)), 42979, 20170901]
)
def test_birth_dates_come_as_dates_or_as_numbers(stored):
    content = xlsx_file(["姓名", "班级", "出生日期"], ["王小明", "三年级2班", stored])

    assert only_pupil(content).born_on == date(2017, 9, 1)


def test_birth_dates_of_a_workbook_that_counts_from_1904():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(["姓名", "班级", "出生日期"])
    book.worksheets[0].append(["王小明", "三年级2班", date(2017, 9, 1)])

    assert only_pupil(saved(book)).born_on == date(2017, 9, 1)


def test_merged_titles_and_formulas_are_tolerated():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["某某小学 2026 年秋季学期名单"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["姓名", "班级", "备注"])
    sheet.append(["王小明", "三年级2班", "=1/0"])

    assert only_pupil(saved(book)).line == 4


def test_of_several_sheets_the_one_with_a_roster_is_read():
    content = xlsx_file(["说明"], 名单=[HEADER, FULL], 空表=[HEADER])

    assert only_pupil(content).name == "王小明"


def test_two_sheets_with_rosters_are_refused_rather_than_one_forgotten():
    with pytest.raises(UnreadableRoster, match="2 个工作表"):
        read_roster(xlsx_file(HEADER, FULL, 二班=[HEADER, row("李小红")]))


def test_a_hidden_sheet_is_not_read():
    book = Workbook()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append(FULL)
    hidden = book.create_sheet("去年")
    hidden.append(HEADER)
    hidden.append(row("已毕业"))
    hidden.sheet_state = "hidden"

    assert only_pupil(saved(book)).name == "王小明"
