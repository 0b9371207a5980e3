"""Verdicts of an import as a file that a school office opens in its spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEADINGS = {
    "zh": ("行号", "结果", "列", "说明", "代码", "学生编号"),
    "en": ("Row", "Outcome", "Column", "What to do", "Code", "Pupil id"),
}
OUTCOMES = {
    "created": "新增",
    "updated": "更新",
    "unchanged": "无变化",
    "refused": "未导入",
    "skipped": "跳过",
}

Rows = Iterable[Mapping[str, Any]]


def as_csv(rows: Rows, language: str) -> tuple[bytes, str]:
    """Return the verdicts as CSV; the mark in front makes Excel read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS[language])
    writer.writerows(_line(row, language) for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode(), f"{CSV}; charset=utf-8"


def as_xlsx(rows: Rows, language: str) -> tuple[bytes, str]:
    """Return the verdicts as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("verdicts")
    sheet.append(HEADINGS[language])
    for row in rows:
        sheet.append(_line(row, language))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue(), XLSX


FILES: Mapping[str, Callable[[Rows, str], tuple[bytes, str]]] = {"csv": as_csv, "xlsx": as_xlsx}


def _line(row: Mapping[str, Any], language: str) -> Sequence[Any]:
    outcome = str(row["outcome"])
    detail = (row.get("detail") or {}).get(language, "")
    cells = (
        OUTCOMES.get(outcome, outcome) if language == "zh" else outcome,
        row.get("field") or "",
        detail,
        row.get("code") or "",
        row.get("student_id") or "",
    )
    return (row["line"], *(_harmless(cell) for cell in cells))


def _harmless(cell: str) -> str:
    # A spreadsheet would run a cell that begins like this as a formula.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
