"""Builds roster files as schools, spreadsheets and attackers make them."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from stdnum.cn import ric

from services.enrollment.register.roster.lines import Pupil, Refused, Roster, Skipped
from services.enrollment.register.roster.read import read_roster

HEADER = [
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "学籍号",
    "班级",
    "监护人姓名",
    "关系",
    "联系电话",
]


def identity_number(born_on: date = date(2017, 9, 1), sequence: int = 1) -> str:
    """Return an identity number with a right checksum; odd sequences are boys."""
    body = f"110101{born_on:%Y%m%d}{sequence:03}"
    return body + ric.calc_check_digit(body + "0")


def wrong_checksum(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def row(name: str = "王小明", class_name: str = "三年级2班", **cells: str) -> list[str]:
    """Return a row under ``HEADER``; ``cells`` by heading."""
    return [{"姓名": name, "班级": class_name, **cells}.get(heading, "") for heading in HEADER]


def comma_separated(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def csv_file(*rows: Sequence[object], encoding: str = "utf-8") -> bytes:
    return comma_separated(rows).encode(encoding)


def xlsx_file(*rows: Sequence[Any], **more_sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook as openpyxl writes it; further sheets by name."""
    book = Workbook()
    first = book.worksheets[0]
    for cells in rows:
        first.append(list(cells))
    for name, cells_of in more_sheets.items():
        sheet = book.create_sheet(name)
        for cells in cells_of:
            sheet.append(list(cells))
    return saved(book)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = f"""\
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/{SHEET}" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/{SHARED}" ContentType="{_TYPE}.sharedStrings+xml"/>
</Types>"""


def excel_file(*rows: Sequence[object]) -> bytes:
    """Return a workbook as Excel writes it: texts shared, nothing where a cell is empty."""
    shared: dict[str, int] = {}
    lines = []
    for number, cells in enumerate(rows, 1):
        written = "".join(
            f'<c r="{get_column_letter(column)}{number}" {_written(cell, shared)}</c>'
            for column, cell in enumerate(cells, 1)
            if cell not in ("", None)
        )
        lines.append(f'<row r="{number}" spans="1:{len(cells) or 1}">{written}</row>')
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    return zip_file(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/>'
            '<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(
                "worksheet", "worksheets/sheet1.xml", "sharedStrings", "/xl/sharedStrings.xml"
            ),
            SHARED: f'<sst xmlns="{MAIN}" count="9" uniqueCount="{len(shared)}">{texts}</sst>',
            SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
        }
    )


def _written(cell: object, shared: dict[str, int]) -> str:
    if isinstance(cell, str):
        return f't="s"><v>{shared.setdefault(cell, len(shared))}</v>'
    return f"><v>{cell}</v>"


def _relations(*kinds_and_targets: str) -> str:
    pairs = zip(kinds_and_targets[::2], kinds_and_targets[1::2], strict=True)
    written = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{written}</Relationships>'


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_file(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_sheet(content: bytes, sheet: bytes | str) -> bytes:
    """Return a workbook whose first worksheet is this XML."""
    return zip_file({**unzipped(content), SHEET: sheet})


def swollen_zip(
    members: Mapping[str, bytes], bomb: str, *, inflated: int, declared: int | None = None
) -> bytes:
    """Return a zip one member of which inflates to ``inflated`` bytes of blanks.

    The compressed stream repeats one flushed block, so that making it costs nothing.
    ``declared`` is the size its header admits to; None is the truth.
    """
    block = 8 * 1024 * 1024
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = deflate.compress(b" " * block) + deflate.flush(zlib.Z_FULL_FLUSH)
    stream = piece * (inflated // block) + deflate.flush()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(bomb, stream)
        info = archive.getinfo(bomb)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = inflated if declared is None else declared
        offset = info.header_offset
    content = bytearray(out.getvalue())
    struct.pack_into("<H", content, offset + 8, zipfile.ZIP_DEFLATED)
    struct.pack_into("<L", content, offset + 22, info.file_size)
    return bytes(content)


def only_line(content: bytes) -> Pupil | Refused | Skipped:
    """Return the one line of a file."""
    (line,) = read_roster(content).lines
    return line


def only_pupil(content: bytes) -> Pupil:
    line = only_line(content)
    assert isinstance(line, Pupil), line
    return line


def pupils(roster: Roster) -> list[Pupil]:
    return [line for line in roster.lines if isinstance(line, Pupil)]


def codes(roster: Roster) -> list[tuple[int, str]]:
    """Return the row and the code of every line that is no pupil."""
    return [(line.line, line.code) for line in roster.lines if not isinstance(line, Pupil)]
