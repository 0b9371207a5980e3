"""The school's applications as a workbook: one sheet of who takes part, one of all the others."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.writer.excel import ExcelWriter

from services.enrollment.register.roster.verdicts import harmless

COLUMNS: Final = (("班级", 16), ("姓名", 16), ("服务项目", 36), ("状态", 12), ("开始日期", 14))
"""Heading and width of every column."""

ROSTER, OTHERS = "参与学生花名册", "其他申请"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One application; ``starts_on`` is empty before the pupil is enrolled."""

    class_name: str
    name: str
    service_kinds: str
    state: str
    starts_on: str
    enrolled: bool


def write_export(lines: Sequence[Line], made_at: datetime) -> bytes:
    """Return an .xlsx whose cells are all text. The same lines and instant give the same bytes."""
    book = Workbook(write_only=True)
    _sheet(book, ROSTER, (line for line in lines if line.enrolled))
    _sheet(book, OTHERS, (line for line in lines if not line.enrolled))
    # The format has instants without an offset, in UTC.
    at = made_at.astimezone(UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = at
    written = io.BytesIO()
    # Not ``book.save``, which puts the machine's time into the file.
    ExcelWriter(book, ZipFile(written, "w")).save()
    return _undated(written)


def _sheet(book: Workbook, title: str, lines: Iterable[Line]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for letter, (_, width) in zip("ABCDE", COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
    heading = [WriteOnlyCell(sheet, value=name) for name, _ in COLUMNS]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for line in lines:
        shown = (line.class_name, line.name, line.service_kinds, line.state, line.starts_on)
        sheet.append([harmless(text) for text in shown])


def _undated(written: io.BytesIO) -> bytes:
    parts: Mapping[str, bytes]
    with ZipFile(written) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # A ZipInfo without a date has the format's first day.
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()
