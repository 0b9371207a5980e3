"""A zip from a stranger: only what it really holds, and never more than the limits."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from services.enrollment.register.roster.errors import RosterTooLarge, UnreadableRoster
from services.enrollment.register.roster.limits import (
    MAX_INFLATED_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TEXT_BYTES,
    MEGABYTE,
    RATIO_MATTERS_FROM,
)

_CHUNK: Final = 64 * 1024
_ENTRY: Final = b"PK\x01\x02"
_PLAIN_METHODS: Final = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
"""What zipfile raises on bytes that are no zip, or no longer one."""


class Archive:
    """The files of one zip by path. Unpacks piece by piece and counts what comes out."""

    def __init__(self, content: bytes) -> None:
        """Open a zip without unpacking anything.

        Raises:
            UnreadableRoster: damaged, encrypted, or with names that point outside of it.
            RosterTooLarge: more files than any roster has, or said to unpack to too much.
        """
        self._uploaded = len(content)
        self._inflated = 0
        if content.count(_ENTRY) > MAX_MEMBERS:
            raise RosterTooLarge("members", max_members=MAX_MEMBERS)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise damaged() from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._admit(info)
        self._charge(sum(info.file_size for info in self._members.values()), dry=True)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the files inside, with forward slashes."""
        return tuple(self._members)

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of one file.

        Raises:
            UnreadableRoster: the file is missing or damaged.
            RosterTooLarge: the zip unpacks to more than the limits.
        """
        if path not in self._members:
            raise UnreadableRoster("incomplete", path=path[:80])
        try:
            with self._zip.open(self._members[path]) as member:
                while chunk := member.read(_CHUNK):
                    self._charge(len(chunk))
                    yield chunk
        except _BROKEN as error:
            raise damaged() from error

    def read(self, path: str) -> bytes:
        """Return the bytes of one file.

        Raises as ``chunks``, and RosterTooLarge for a file too large to be held as a whole.
        """
        size = 0
        pieces: list[bytes] = []
        for piece in self.chunks(path):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_TEXT_BYTES:
                raise RosterTooLarge("text", path=path[:80], megabytes=MAX_TEXT_BYTES // MEGABYTE)
        return b"".join(pieces)

    def _admit(self, info: zipfile.ZipInfo) -> None:
        path = info.orig_filename.replace("\\", "/")
        if path.endswith("/"):
            return
        if path.startswith("/") or re.match("[A-Za-z]:", path) or ".." in path.split("/"):
            raise UnreadableRoster("path-outside")
        if path in self._members or info.compress_type not in _PLAIN_METHODS:
            raise damaged()
        if info.flag_bits & 0x1:
            raise UnreadableRoster("zip-password")
        self._members[path] = info

    def _charge(self, size: int, *, dry: bool = False) -> None:
        total = self._inflated + size
        if not dry:
            self._inflated = total
        swollen = total > RATIO_MATTERS_FROM and total > MAX_RATIO * self._uploaded
        if swollen or total > MAX_INFLATED_BYTES:
            raise RosterTooLarge("unpacked")


def damaged() -> UnreadableRoster:
    """Return the refusal of a file that has lost or changed some of its bytes."""
    return UnreadableRoster("damaged")
