"""The cells of one .xlsx worksheet, row by row, and the texts its cells share.

The two listeners are called for every element of files with millions of them, hence their
attribute work and few calls.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.enrollment.register.roster.archives import damaged
from services.enrollment.register.roster.errors import RosterTooLarge
from services.enrollment.register.roster.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_SHEET_ROWS,
)
from services.enrollment.register.roster.text import Cell
from services.enrollment.register.roster.xml_parts import Attributes, ElementBudget, listen

_LETTERS: Final = re.compile("[A-Z]{1,3}")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")


def cells_by_row(
    chunks: Iterable[bytes], shared: Sequence[str], budget: ElementBudget
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of every row that is in the file. Raises as ``listen``."""
    sheet = _Sheet(shared)
    for _ in listen(chunks, sheet, budget):
        yield from sheet.rows
        sheet.rows.clear()


def shared_texts(chunks: Iterable[bytes], budget: ElementBudget) -> list[str]:
    """Return the shared string table. Raises as ``listen``."""
    table = _SharedTexts()
    for _ in listen(chunks, table, budget):
        pass
    return table.texts


class _TextListener:
    """Gathers the text of one cell or entry, without what only tells how to pronounce it."""

    def __init__(self) -> None:
        self.seen = 0
        self._pieces: list[str] = []
        self._length = 0
        self._listening = False
        self._pronouncing = False

    def text(self, text: str) -> None:
        if not self._listening:
            return
        self._length += len(text)
        if self._length > MAX_CELL_CHARACTERS:
            raise RosterTooLarge("cell")
        self._pieces.append(text)

    def _start_text(self, name: str) -> None:
        if name == "v" or name == "t":
            self._listening = not self._pronouncing
        elif name == "rPh":
            self._pronouncing = True

    def _end_text(self, name: str) -> None:
        self._listening = False
        if name == "rPh":
            self._pronouncing = False

    def _take_text(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return _ESCAPE.sub(_unescape, text) if "_x" in text else text


class _SharedTexts(_TextListener):
    """Listens to sharedStrings.xml."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def start(self, name: str, _: Attributes) -> None:
        self.seen += 1
        self._start_text(name)

    def end(self, name: str) -> None:
        self._end_text(name)
        if name == "si":
            self.texts.append(self._take_text())


class _Sheet(_TextListener):
    """Listens to one worksheet; ``rows`` fills as rows end."""

    def __init__(self, shared: Sequence[str]) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[Cell]]] = []
        self._shared = shared
        self._row = 0
        self._column = 0
        self._kind = "n"
        self._cells: list[Cell] = []
        self._columns = _Columns()

    def start(self, name: str, attributes: Attributes) -> None:
        self.seen += 1
        if name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = self._columns[letters] if letters else self._column + 1
            self._kind = attributes.get("t", "n")
        elif name == "row":
            self._row = _row_number(attributes.get("r"), self._row)
            self._column = 0
            self._cells = []
        else:
            self._start_text(name)

    def end(self, name: str) -> None:
        if name == "c":
            text = self._take_text()
            if text:
                self._place(_value(self._kind, text, self._shared))
        elif name == "row":
            self.rows.append((self._row, self._cells))
        else:
            self._end_text(name)

    def _place(self, value: Cell) -> None:
        if self._column > MAX_COLUMNS:
            raise RosterTooLarge("columns", max_columns=MAX_COLUMNS)
        missing = self._column - 1 - len(self._cells)
        if missing < 0:
            raise damaged()
        if missing:
            self._cells.extend([None] * missing)
        self._cells.append(value)


class _Columns(dict[str, int]):
    """Column numbers by letters: A is 1, AB is 28."""

    def __missing__(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise damaged()
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


def _row_number(reference: str | None, previous: int) -> int:
    number = previous + 1 if reference is None else int(reference)
    if not previous < number <= MAX_SHEET_ROWS:
        raise damaged()
    return number


def _value(kind: str, text: str, shared: Sequence[str]) -> Cell:
    if kind == "s":
        return shared[int(text)]
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    return _number(text) if kind == "n" else text


def _number(text: str) -> Cell:
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "" if 0xD800 <= code < 0xE000 else chr(code)
