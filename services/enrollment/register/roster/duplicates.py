"""The same pupil twice in one file. Equal names are fine: children share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from services.enrollment.register.roster.lines import Line, Pupil
from services.enrollment.register.roster.refusals import Wrong, refused

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "identity_number": ("身份证号", "identity number"),
    "student_number": ("学籍号", "student number"),
    "sourced_id": (" sourcedId", "sourcedId"),
}


def refuse_repeats(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield ``lines`` with every later row of a pupil refused; the first row stands."""
    first_row: dict[tuple[str, str], int] = {}
    for line in lines:
        if not isinstance(line, Pupil):
            yield line
            continue
        names = _names(line)
        seen = next((name for name in names if name in first_row), None)
        if seen is None:
            first_row |= dict.fromkeys(names, line.line)
            yield line
        else:
            zh, en = _WORDS[seen[0]]
            wrong = Wrong(
                "roster.duplicate-line", seen[0], other=first_row[seen], what=zh, what_en=en
            )
            yield refused(line.line, wrong)


def _names(pupil: Pupil) -> list[tuple[str, str]]:
    """Return what names the pupil and nobody else."""
    named = (
        ("identity_number", pupil.identity_number),
        ("student_number", pupil.student_number),
        ("sourced_id", pupil.sourced_id),
    )
    return [(field, value) for field, value in named if value is not None]
