"""Grades and classes: 三年级2班, 3年级（2）班, 三(2)班, 3.2班, 302班 and 初一1班, written one way.

A class with a number becomes "三年级2班". A class with a name (彩虹班) keeps it after its grade.
Grades run from 1 to 9, so 初一 is 7. A cohort (2023级) says no grade: that would need a clock.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from services.enrollment.register.roster.cells import as_text
from services.enrollment.register.roster.limits import MAX_CLASS_NAME
from services.enrollment.register.roster.refusals import Wrong
from services.enrollment.register.roster.text import Cell, compact

DIGITS: Final = "一二三四五六七八九"
GRADES: Final = range(1, 10)

_NUMBER: Final = rf"(?:\d{{1,2}}|[{DIGITS}十两]{{1,3}})"
_STAGE: Final = r"(?P<stage>小学|初中|高中)?"
_BEFORE: Final = {"小学": 0, "初": 6, "初中": 6, "高": 9, "高中": 9}

_GRADE_THEN_CLASS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_STAGE}(?P<grade>{_NUMBER})年级?(?P<rest>.*)",
        r"(?P<stage>初|高)(?P<grade>[一二三123])(?:年级?)?(?P<rest>.*)",
        rf"(?P<grade>{_NUMBER})[.·/\-](?P<rest>{_NUMBER}班)",
        rf"(?P<grade>{_NUMBER})(?P<rest>\({_NUMBER}\)班?)",
        r"(?P<grade>[1-9])(?P<rest>\d\d班?)",
        r"(?i:grade|g)(?P<grade>\d{1,2}),?(?i:class|c)?(?P<rest>.*)",
    )
)
_GRADE_INSIDE: Final = re.compile(rf"{_STAGE}(?P<grade>{_NUMBER})年级")
_COHORT: Final = re.compile(r"(?:20\d\d|\d\d)级")
_CLASS_NUMBER: Final = re.compile(rf"第?\(?(?P<number>{_NUMBER})\)?班?")
_CLASS_NAME: Final = re.compile(r"[^\d]+|.*[^\d().]+.*班")
_BRACKETS: Final = str.maketrans("[]【】〔〕{}", "()()()()")


@lru_cache(maxsize=1024)
def grade_and_class(class_cell: Cell, grade_cell: Cell = None) -> tuple[int, str]:
    """Return the grade, 1 to 9, and the class name a row gives in one or two columns.

    Raises:
        Wrong: one of them is missing or unclear, or the two disagree.
    """
    text = _plain(as_text(class_cell, "class_name"))
    if not text:
        raise Wrong("roster.class-missing", "class_name")
    stated = grade(grade_cell)
    inside, rest = _split(text)
    class_name = _class_name(text, rest, has_grade=inside is not None)
    if inside is not None and stated is not None and inside != stated:
        raise Wrong("roster.grade-differs", "grade")
    found = inside if inside is not None else stated
    if found is None:
        raise Wrong("roster.grade-missing", "grade")
    _require_served(found)
    return found, class_name.format(grade=DIGITS[found - 1])


def grade(cell: Cell) -> int | None:
    """Return the grade a grade column gives: 三年级, 3, 03, 初一; None when blank or a cohort.

    Raises:
        Wrong: it is no grade from 1 to 9.
    """
    text = _plain(as_text(cell, "grade"))
    if not text or _COHORT.fullmatch(text):
        return None
    if re.fullmatch(_NUMBER, text):
        text += "年级"
    found, rest = _split(text)
    if found is None or rest:
        raise Wrong("roster.grade-wrong", "grade")
    _require_served(found)
    return found


def chinese_number(text: str) -> int | None:
    """Return the number 1 to 99 written as 12 or 十二, None when it is none."""
    if text.isascii():
        return int(text or 0) or None
    match = re.fullmatch(rf"(?:([{DIGITS}])?(十))?([{DIGITS}])?", text.replace("两", "二"))
    if match is None:
        return None
    tens = DIGITS.index(match[1]) + 1 if match[1] else int(bool(match[2]))
    return tens * 10 + (DIGITS.index(match[3]) + 1 if match[3] else 0)


def _plain(text: str) -> str:
    return compact(text).translate(_BRACKETS)


def _split(text: str) -> tuple[int | None, str]:
    for pattern in _GRADE_THEN_CLASS:
        if match := pattern.fullmatch(text):
            return _grade_number(match), match["rest"]
    if match := _GRADE_INSIDE.search(text):
        return _grade_number(match), text
    return None, _COHORT.sub("", text, count=1)


def _grade_number(match: re.Match[str]) -> int:
    stage = match.groupdict().get("stage") or "小学"
    number = chinese_number(match["grade"]) or 0
    counts_on_from_primary = stage.startswith("初") and number > 3
    return number if counts_on_from_primary or not number else number + _BEFORE[stage]


def _class_name(text: str, rest: str, *, has_grade: bool) -> str:
    """Return the class name with ``{grade}`` where the grade's digit belongs."""
    number = _CLASS_NUMBER.fullmatch(rest)
    if number and (count := chinese_number(number["number"])):
        return f"{{grade}}年级{count}班"
    if not rest or len(text) > MAX_CLASS_NAME or not _CLASS_NAME.fullmatch(rest):
        raise Wrong("roster.class-unreadable", "class_name")
    return text if has_grade and rest == text else f"{{grade}}年级{rest}"


def _require_served(found: int) -> None:
    if found not in GRADES:
        raise Wrong("roster.grade-wrong", "grade")
