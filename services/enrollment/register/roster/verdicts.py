"""What became of every row, as a file to hand back in the format the school sent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from services.enrollment.register.roster.lines import Kind

Outcome: TypeAlias = Literal["created", "updated", "unchanged", "refused", "skipped"]

COLUMNS: Final = ("行", "结果", "代码", "字段", "说明")
OUTCOMES: Final[Mapping[str, str]] = {
    "created": "新增",
    "updated": "更新",
    "unchanged": "无变化",
    "refused": "拒绝",
    "skipped": "跳过",
}
FIELDS: Final[Mapping[str, str]] = {
    "name": "姓名",
    "gender": "性别",
    "born_on": "出生日期",
    "identity_type": "证件类型",
    "identity_number": "身份证号",
    "student_number": "学籍号",
    "sourced_id": "sourcedId",
    "grade": "年级",
    "class_name": "班级",
    "guardian": "监护人",
    "guardian_name": "监护人姓名",
    "guardian_relation": "与学生关系",
    "phone": "联系电话",
}

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"

_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one row; ``code`` and ``field`` say why when it was not imported."""

    line: int
    outcome: Outcome
    code: str | None = None
    field: str | None = None
    detail: str = ""


def write_verdicts(kind: Kind, verdicts: Iterable[Verdict]) -> tuple[str, str, bytes]:
    """Return file name, media type and content: CSV for a CSV roster, .xlsx for the others."""
    rows = map(_row, verdicts)
    if kind == "csv":
        return "roster-verdicts.csv", CSV, _csv(rows)
    return "roster-verdicts.xlsx", XLSX, _xlsx(rows)


def harmless(text: str) -> str:
    """Return ``text`` so that a spreadsheet shows it and never runs it."""
    printable = _UNPRINTABLE.sub("", text)
    return f"'{printable}" if printable.startswith(_STARTS_FORMULA) else printable


def _row(verdict: Verdict) -> tuple[int, str, str, str, str]:
    field = verdict.field or ""
    return (
        verdict.line,
        OUTCOMES[verdict.outcome],
        harmless(verdict.code or ""),
        harmless(FIELDS.get(field, field)),
        harmless(verdict.detail),
    )


def _csv(rows: Iterable[tuple[int, str, str, str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[tuple[int, str, str, str, str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("导入结果")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", (8, 10, 34, 16, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    heading = [WriteOnlyCell(sheet, value=title) for title in COLUMNS]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
