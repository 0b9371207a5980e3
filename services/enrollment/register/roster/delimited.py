"""Text files with delimited columns: which encoding, which delimiter, which cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from chassis.kernel.errors import BusinessRuleViolation
from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.limits import MAX_COLUMNS, MAX_SHEET_ROWS
from services.enrollment.register.roster.lines import Line
from services.enrollment.register.roster.school_table import (
    Table,
    find_table,
    no_header,
    read_table,
)

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE: Final = 1024 * 1024
_DELIMITERS: Final = (",", "\t", ";")


def rows(content: bytes, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with its number, as a spreadsheet that opens the file would count.

    Raises:
        UnreadableRoster: no text, or a quotation mark is never closed.
        RosterTooLarge: too many rows or columns.
    """
    text = io.TextIOWrapper(io.BytesIO(content), encoding_of(content), newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
            if number > MAX_SHEET_ROWS or (len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:])):
                raise RosterTooLarge(
                    "table", max_columns=MAX_COLUMNS, max_sheet_rows=MAX_SHEET_ROWS
                )
            yield number, cells
    except csv.Error as error:
        raise UnreadableRoster("quotation-mark", row=number + 1) from error


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text: what its mark says, else UTF-8, else GBK as in GB18030.

    Raises:
        UnreadableRoster: it is none of these, or no text at all.
    """
    encoding = next((name for mark, name in _MARKED if content.startswith(mark)), None)
    if encoding is None:
        encoding = "gb18030" if _is_no_utf8(content) else "utf-8"
    try:
        if any("\0" in piece for piece in _decoded(content, encoding)):
            raise _no_text()
    except UnicodeDecodeError as error:
        raise _no_text() from error
    return encoding


def read_delimited(content: bytes) -> list[Line]:
    """Return the lines of a school's own table in a text file.

    Raises:
        UnreadableRoster: no text, no header, or quotation marks that do not pair.
        RosterTooLarge: beyond the limits.
    """
    tables: list[Table] = []
    failures: list[BusinessRuleViolation] = []
    for delimiter in _DELIMITERS:
        try:
            if table := find_table(rows(content, delimiter)):
                tables.append(table)
        except (UnreadableRoster, RosterTooLarge) as failure:
            failures.append(failure)
    if tables:
        return read_table(max(tables, key=lambda table: len(table.header.columns)))
    raise failures[0] if failures else no_header()


def _is_no_utf8(content: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 were never meant to be: most of them do not fit."""
    try:
        for _ in _decoded(content, "utf-8"):
            pass
    except UnicodeDecodeError:
        misfits = beyond_ascii = 0
        for piece in _decoded(content, "utf-8", errors="replace"):
            misfits += piece.count("\ufffd")
            beyond_ascii += len(piece) - len(piece.encode("ascii", "ignore"))
        return misfits >= beyond_ascii - misfits
    return False


def _decoded(content: bytes, encoding: str, errors: str = "strict") -> Iterator[str]:
    """Yield a text piece by piece: the whole of it takes up to four times the file."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for start in range(0, len(content), _PIECE):
        yield decoder.decode(content[start : start + _PIECE])
    yield decoder.decode(b"", True)


def _no_text() -> UnreadableRoster:
    return UnreadableRoster("no-roster")
