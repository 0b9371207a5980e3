"""The school's own .xlsx: finds the one visible sheet with a roster on it.

Only what a roster needs is unpacked: the list of sheets, the shared texts and the sheets
themselves. Formulas give the value they had when the file was saved.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from services.enrollment.register.roster.archives import Archive
from services.enrollment.register.roster.errors import UnreadableRoster
from services.enrollment.register.roster.limits import MAX_SHEETS, MAX_XML_ELEMENTS
from services.enrollment.register.roster.lines import Line
from services.enrollment.register.roster.school_table import (
    Table,
    find_table,
    no_header,
    read_table,
)
from services.enrollment.register.roster.worksheets import cells_by_row, shared_texts
from services.enrollment.register.roster.xml_parts import (
    Attributes,
    Element,
    ElementBudget,
    elements,
)

_BOOK: Final = "officeDocument"
_TEXTS: Final = "sharedStrings"
_SINCE_1900: Final = date(1899, 12, 30)
_SINCE_1904: Final = date(1904, 1, 1)


def is_workbook(archive: Archive) -> bool:
    """Tell whether the zip is an Office document with a workbook in it."""
    paths = archive.paths
    return "[Content_Types].xml" in paths and any(path.startswith("xl/") for path in paths)


def read_workbook(archive: Archive) -> list[Line]:
    """Return the lines of the roster in a workbook.

    Raises:
        UnreadableRoster: no visible sheet, or more than one, has a roster; or damaged.
        RosterTooLarge: beyond the limits.
    """
    tables = list(_Package(archive).tables())
    with_rows = [table for table in tables if table.has_rows()]
    complete = [table for table in with_rows if not table.header.missing]
    if len(complete) > 1:
        raise UnreadableRoster("several-sheets", sheets=len(complete))
    candidates = complete or with_rows or tables
    if not candidates:
        raise no_header()
    return read_table(candidates[0])


class _Package:
    """The parts of a workbook, found the way the format says: by relationship, not by name."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._budget = ElementBudget(MAX_XML_ELEMENTS)
        self._main = next(
            (relation.target for relation in self._relations("") if relation.kind == _BOOK),
            "xl/workbook.xml",
        )

    def tables(self) -> Iterator[Table]:
        """Yield the tables of the visible sheets, read as far as their header."""
        book = elements(self._archive.chunks(self._main), self._budget)
        relations = self._relations(self._main)
        parts = {relation.id: relation.target for relation in relations}
        texts = self._texts(relations)
        for sheet in islice(_visible_sheets(book), MAX_SHEETS):
            path = parts.get(_relation_id(sheet), "")
            if path in self._archive.paths:
                rows = cells_by_row(self._archive.chunks(path), texts, self._budget)
                if table := find_table(rows, day_zero=_day_zero(book)):
                    yield table

    def _texts(self, relations: list[_Relation]) -> list[str]:
        for relation in relations:
            if relation.kind == _TEXTS and relation.target in self._archive.paths:
                return shared_texts(self._archive.chunks(relation.target), self._budget)
        return []

    def _relations(self, part: str) -> list[_Relation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        return [
            _Relation(
                id=attributes.get("Id", ""),
                kind=attributes.get("Type", "").rpartition("/")[2],
                target=posixpath.normpath(
                    posixpath.join("/", folder, attributes.get("Target", ""))
                ).lstrip("/"),
            )
            for element, attributes in elements(self._archive.chunks(path), self._budget)
            if element == "Relationship" and attributes.get("TargetMode") != "External"
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    """A pointer from one part to another; ``kind`` is the last word of its type."""

    id: str
    kind: str
    target: str


def _visible_sheets(book: list[Element]) -> Iterator[Attributes]:
    for name, attributes in book:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            yield attributes


def _relation_id(sheet: Attributes) -> str:
    return next((sheet[name] for name in sheet if name.endswith(":id")), "")


def _day_zero(book: list[Element]) -> date:
    settings = next((attributes for name, attributes in book if name == "workbookPr"), {})
    return _SINCE_1904 if settings.get("date1904") in ("1", "true") else _SINCE_1900
