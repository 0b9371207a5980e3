"""One cell read as text or as a number typed as text."""

from __future__ import annotations

import re
from typing import Final

from services.enrollment.register.roster.refusals import Wrong
from services.enrollment.register.roster.text import Cell, tidy

EXACT_BELOW: Final = 10**15
"""Spreadsheets keep 15 digits of a number; longer ones have lost their end."""

FORMULA_ERRORS: Final = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"]
)

_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}")
_QUOTED_FORMULA: Final = re.compile(r'="?([^"]*)"?')


def as_text(cell: Cell, field: str) -> str:
    """Return ``cell`` as tidied text; a whole number has no decimal point.

    Raises:
        Wrong: the cell shows a formula error, or a number too long to be exact.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = tidy(cell)
        if text in FORMULA_ERRORS:
            raise Wrong("roster.cell-error", field)
        return text
    if abs(cell) >= EXACT_BELOW:
        raise Wrong("roster.number-not-text", field)
    return str(int(cell)) if cell == int(cell) else f"{cell:.15g}"


def as_number(cell: Cell, field: str) -> str:
    """Return a number that people keep as text: no spaces, no ``'`` or ``=""`` around it.

    Raises:
        Wrong: as ``as_text``, or the text is a number in scientific notation.
    """
    text = as_text(cell, field).replace(" ", "")
    if text.startswith("="):
        match = _QUOTED_FORMULA.fullmatch(text)
        text = match[1] if match else text
    text = text.removeprefix("'").removesuffix(".0")
    if _SCIENTIFIC.fullmatch(text):
        raise Wrong("roster.number-not-text", field)
    return text
