"""A4 paper: title, facts in a table, prose, lines to sign on, a page number on every page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape

from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table
from reportlab.platypus import paragraph as paragraphs

from gateway.documents.fonts import FIXED, SONG, markup, printable, runs

Facts: TypeAlias = Iterable[tuple[str, str]]

MARGIN: Final = 22 * mm
WIDTH: Final = A4[0] - 2 * MARGIN
LABEL: Final = 30 * mm

_LINE = HexColor("#888888")
_SOFT = HexColor("#555555")
_SMALL = 9

# "CJK" breaks a line between any two characters, but not before those of a list. The library has
# the Japanese ones; a Chinese line does not begin with these either.
for splitter in (textsplit, paragraphs):
    splitter.ALL_CANNOT_START += "，；：？！》”’…—"

_BODY = ParagraphStyle("body", fontName=SONG, fontSize=11, leading=18, wordWrap="CJK")
_TITLE = ParagraphStyle("title", _BODY, fontSize=18, leading=26, alignment=TA_CENTER, spaceAfter=8)
_HEADING = ParagraphStyle("heading", _BODY, fontSize=13, leading=20, spaceBefore=10, spaceAfter=4)
_INDENTED = ParagraphStyle("indented", _BODY, firstLineIndent=22, spaceAfter=4)
_RIGHT = ParagraphStyle("right", _BODY, alignment=TA_RIGHT)
_CODE = ParagraphStyle("code", _BODY, fontName=FIXED, fontSize=8, leading=12)
_NOTE = ParagraphStyle("note", _BODY, fontSize=_SMALL, leading=14, textColor=_SOFT)


def title(text: str) -> Any:
    """Return the paper's title."""
    return Paragraph(markup(text), _TITLE)


def heading(text: str) -> Any:
    """Return the heading of a section; it never stays behind alone on a page."""
    style = ParagraphStyle("kept", _HEADING, keepWithNext=1)
    return Paragraph(markup(text), style)


def prose(text: str) -> list[Any]:
    """Return the paragraphs of ``text``, one per line; an empty line is a gap."""
    return [
        Paragraph(markup(line), _BODY) if line.strip() else Spacer(1, 6)
        for line in text.splitlines()
    ]


def paragraph(text: str) -> list[Any]:
    """Return paragraphs as letters have them, the first line two characters in."""
    return [Paragraph(markup(line), _INDENTED) for line in text.splitlines() if line.strip()]


def at_the_right(text: str) -> Any:
    """Return a line at the right margin: who writes, and when."""
    return Paragraph(markup(text), _RIGHT)


def note(text: str) -> Any:
    """Return a small remark."""
    return Paragraph(markup(text), _NOTE)


def facts(rows: Facts, *, codes: Sequence[str] = ()) -> Any:
    """Return a table of labels and values; those labelled in ``codes`` are set in fixed width."""
    cells = [
        [Paragraph(markup(label), _BODY), _value(value, fixed=label in codes)]
        for label, value in rows
    ]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    return Table(cells, colWidths=[LABEL, WIDTH - LABEL], style=style, spaceAfter=6)


def lines_to_sign(who: Sequence[str]) -> Any:
    """Return a line to sign and to date for each of ``who``, together on one page."""
    rows = [[Paragraph(markup(f"{each}（签字）："), _BODY), "", _dated()] for each in who]
    style = [
        ("LINEBELOW", (1, 0), (1, -1), 0.5, _LINE),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 14),
    ]
    widths = [40 * mm, WIDTH - 96 * mm, 56 * mm]
    return KeepTogether([Spacer(1, 8), Table(rows, colWidths=widths, style=style)])


def print_on_paper(name: str, flow: Sequence[Any], footer: str) -> bytes:
    """Return the PDF. ``name`` is its title in a reader, ``footer`` stands on every page."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=20 * mm,
        bottomMargin=22 * mm,
        title=printable(name),
        author="Half Past Three",
        lang="zh-CN",
        # No time of day and no random id: the same flow gives the same bytes.
        invariant=1,
    )

    def canvas(*arguments: Any, **options: Any) -> Canvas:
        return _Numbered(footer, *arguments, **options)

    document.build(list(flow), canvasmaker=canvas)
    return out.getvalue()


class _Numbered(Canvas):  # type: ignore[misc]
    """Holds its pages back until it knows how many there are, to say so on each."""

    def __init__(self, footer: str, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._footer = footer
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Hold a finished page back."""
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the pages, numbered."""
        held = self._held
        for number, page in enumerate(held, 1):
            self.__dict__.update(page)
            self.setFillColor(_SOFT)
            count = f"第 {number} 页，共 {len(held)} 页"
            self._write(MARGIN, self._footer)
            self._write(A4[0] - MARGIN - _width(count), count)
            super().showPage()
        super().save()

    def _write(self, x: float, text: str) -> None:
        for font, part in runs(text):
            self.setFont(font, _SMALL)
            self.drawString(x, 12 * mm, part)
            x += stringWidth(part, font, _SMALL)


def _width(text: str) -> float:
    return sum(float(stringWidth(part, font, _SMALL)) for font, part in runs(text))


def _value(text: str, *, fixed: bool) -> Any:
    return Paragraph(escape(printable(text)), _CODE) if fixed else Paragraph(markup(text), _BODY)


def _dated() -> Any:
    return Paragraph(markup("日期：_____年___月___日"), _BODY)
