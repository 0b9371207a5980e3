"""The fonts of printed documents, none of them a file that a machine would have to have.

STSong-Light is one of the fonts that PDF readers bring for Chinese or replace by the system's;
reportlab ships its metrics. Western letters and digits are set in Helvetica, as narrow as a
replaced Chinese font's often are not. What neither has, the rare characters of some names, is
written as its code point: a reader would show nothing at all.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont

SONG, WESTERN, FIXED = "STSong-Light", "Helvetica", "Courier"

registerFont(UnicodeCIDFont(SONG))

_EXTENSION_A = range(0x3400, 0x4DB6)
_NAME_DOT = "·"
"""Of 买买提·艾力: in Chinese fonts' own set it is another character."""


def printable(text: str) -> str:
    """Return ``text`` on one line, in characters that a font has; others as [U+20BB7]."""
    return "".join(_shown(each) for each in unicodedata.normalize("NFC", text))


def runs(text: str) -> list[tuple[str, str]]:
    """Return printable ``text`` cut into (font, text)."""
    return [(font, "".join(part)) for font, part in groupby(printable(text), _font)]


def markup(text: str) -> str:
    """Return ``text`` as a paragraph's markup; nothing in it is understood as such."""
    return "".join(f'<font name="{font}">{escape(part)}</font>' for font, part in runs(text))


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    return character if _font(character) else f"[U+{ord(character):04X}]"


def _font(character: str) -> str:
    """Return the font that has ``character``, an empty string if none has."""
    if character.isascii() or character == _NAME_DOT:
        return WESTERN
    # The font's set is that of GB 18030's first two bytes, which is this codec, and Extension A.
    if _encodes(character, "gbk") or ord(character) in _EXTENSION_A:
        return SONG
    return WESTERN if _encodes(character, "cp1252") else ""


def _encodes(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
