"""Text as people type it, made comparable: widths, spaces, invisible characters."""

from __future__ import annotations

import re
from typing import Final

Cell = str | int | float | None
"""What one cell of a table holds. Dates arrive as text or as a spreadsheet's day number."""

_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CONTROLS: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_INVISIBLE: Final = re.compile(f"[{_CONTROLS}]")
_UNTIDY: Final = re.compile(rf"[\s\x1c-\x1f\uff01-\uff5e{_CONTROLS}]")
_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U0003ffff"
_CJK_CHARACTER: Final = re.compile(f"[{_CJK}]")
_SPACE_BETWEEN_CJK: Final = re.compile(f"(?<=[{_CJK}·]) +(?=[{_CJK}·])")
_DOTS: Final = str.maketrans(dict.fromkeys("•・･‧∙⋅", "·"))


def tidy(text: str) -> str:
    """Return ``text`` in half width, on one line, without invisible characters or outer spaces."""
    if not _UNTIDY.search(text):
        return text
    return " ".join(_INVISIBLE.sub("", text.translate(_HALF_WIDTH)).split())


def tidied(cells: list[str]) -> list[str]:
    """Return every cell as ``tidy`` would; most rows need nothing, which one look tells."""
    return [tidy(cell) for cell in cells] if _UNTIDY.search("".join(cells)) else cells


def tidy_name(text: str) -> str:
    """Return a person's name: no padding between Chinese characters, one kind of middle dot."""
    tidied = tidy(text)
    if tidied.isalnum():
        return tidied
    return _SPACE_BETWEEN_CJK.sub("", tidied.translate(_DOTS))


def compact(text: str) -> str:
    """Return tidied ``text`` with no space at all."""
    return tidy(text).replace(" ", "")


def has_cjk(text: str) -> bool:
    """Tell whether a Chinese character occurs in ``text``."""
    return _CJK_CHARACTER.search(text) is not None


def all_cjk(text: str) -> bool:
    """Tell whether ``text`` is Chinese characters and middle dots only."""
    return bool(re.fullmatch(f"[{_CJK}·]+", text))
