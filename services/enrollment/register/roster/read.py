"""From an uploaded file to its rows, whatever the file is and whatever it is called.

Guarantees: any bytes give a ``Roster`` or one of the two refusals; nothing else is raised.
Equal bytes give equal rosters. What is wrong with one row never costs another row.
"""

from __future__ import annotations

from typing import Final

from services.enrollment.register.roster.archives import Archive
from services.enrollment.register.roster.delimited import read_delimited
from services.enrollment.register.roster.duplicates import refuse_repeats
from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.limits import MAX_BYTES, MEGABYTE
from services.enrollment.register.roster.lines import Kind, Line, Roster
from services.enrollment.register.roster.oneroster import read_one_roster
from services.enrollment.register.roster.oneroster_files import is_one_roster
from services.enrollment.register.roster.workbook import is_workbook, read_workbook

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_roster(content: bytes, filename: str | None = None) -> Roster:
    """Return what a roster file says. ``filename`` only appears in a refusal.

    Raises:
        UnreadableRoster: no OneRoster 1.2 zip, .xlsx or delimited text, or a damaged one.
        RosterTooLarge: beyond ``limits``.
    """
    if len(content) > MAX_BYTES:
        raise RosterTooLarge("file", megabytes=MAX_BYTES // MEGABYTE)
    kind, lines = _read(content, _shown(filename))
    return Roster(kind=kind, lines=tuple(refuse_repeats(lines)))


def _read(content: bytes, shown: str) -> tuple[Kind, list[Line]]:
    if content.startswith(_ZIP):
        archive = Archive(content)
        if is_workbook(archive):
            return "xlsx", read_workbook(archive)
        if is_one_roster(archive):
            return "oneroster-1.2-csv", read_one_roster(archive)
        raise _other_zip(shown)
    if content.startswith(_OLE):
        raise _protected(shown) if _ENCRYPTED in content else _old_office(shown)
    if not content.strip():
        raise UnreadableRoster("empty", shown=shown)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise _web_page(shown)
    return "csv", read_delimited(content)


def _shown(filename: str | None) -> str:
    """Return how a refusal calls the file: without control characters, not too long."""
    printable = "".join(filter(str.isprintable, filename or ""))
    return f"“{printable[-60:]}”" if printable else "文件"


def _other_zip(shown: str) -> UnreadableRoster:
    return UnreadableRoster("other-zip", shown=shown)


def _protected(shown: str) -> UnreadableRoster:
    return UnreadableRoster("password", shown=shown)


def _old_office(shown: str) -> UnreadableRoster:
    return UnreadableRoster("old-format", shown=shown)


def _web_page(shown: str) -> UnreadableRoster:
    return UnreadableRoster("web-page", shown=shown)
