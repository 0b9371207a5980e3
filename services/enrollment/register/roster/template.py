"""The school's own table to fill in: a header, two example rows, and what goes where."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

FILENAME: Final = "roster-template.xlsx"

COLUMNS: Final = (
    ("姓名", 14, "必填"),
    ("性别", 8, "男或女"),
    ("出生日期", 14, "例如 2017-09-01"),
    ("身份证号", 24, "18 位；只用于核对，系统不保存原号"),
    ("学籍号", 24, "G、J 或 L 加 18 位"),
    ("年级", 10, "一年级到九年级；班级里写了年级的可以不填"),
    ("班级", 14, "必填，例如 三年级2班 或 2班"),
    ("监护人1姓名", 14, "填了电话就要填姓名"),
    ("监护人1关系", 12, "父亲、母亲、祖父母、监护人、亲属或其他"),
    ("监护人1电话", 16, "一格一个号码"),
    ("监护人2姓名", 14, ""),
    ("监护人2关系", 12, ""),
    ("监护人2电话", 16, ""),
)
"""Heading, width and explanation of every column."""

EXAMPLES: Final = (
    ("(示例)王小明", "男", "2017-09-01", "", "", "三年级", "2班",
     "王大明", "父亲", "13800000001", "李小芳", "母亲", "13800000002"),
    ("(示例)李小红", "女", "2017-10-15", "", "", "", "三年级1班",
     "李大海", "祖父母", "0592-5550001", "", "", ""),
)  # fmt: skip
"""Rows that show how; whoever leaves them in imports nobody."""

_ROOM: Final = 2_000
_CHOICES: Final = {"性别": "男,女", "关系": "父亲,母亲,祖父母,监护人,亲属,其他"}


def write_template() -> bytes:
    """Return an .xlsx whose cells are all text, so that no number is rounded."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "名单"
    _write_table(sheet)
    _offer_choices(sheet)
    _explain(book.create_sheet("填写说明"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_table(sheet: Worksheet) -> None:
    sheet.append([heading for heading, _, _ in COLUMNS])
    for example in EXAMPLES:
        sheet.append(list(example))
    for number, (_, width, _) in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="DDEBF7")
        cell.alignment = Alignment(horizontal="center")
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = width
        column.number_format = "@"
    sheet.freeze_panes = "A2"


def _offer_choices(sheet: Worksheet) -> None:
    for number, (heading, _, _) in enumerate(COLUMNS, 1):
        choices = next((_CHOICES[end] for end in _CHOICES if heading.endswith(end)), None)
        if choices:
            letter = get_column_letter(number)
            rule = DataValidation(type="list", formula1=f'"{choices}"', showErrorMessage=False)
            rule.add(f"{letter}2:{letter}{_ROOM}")
            sheet.add_data_validation(rule)


def _explain(sheet: Worksheet) -> None:
    sheet.append(["列", "怎么填"])
    for heading, _, explanation in COLUMNS:
        sheet.append([heading, explanation])
    sheet.append(["示例行", "姓名以“(示例)”开头的两行不会导入，可以留着，也可以删去"])
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 60
