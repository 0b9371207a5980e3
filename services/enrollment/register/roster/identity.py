"""Resident identity numbers and national student numbers.

An identity number is 18 characters: area, birth date, sequence (odd for men), checksum. The area
is not looked up: new districts appear faster than tables of them, and a child must not wait.
A student number is G, J or L and 18 characters. G stands before the identity number the pupil had
when it was given, which may since have been corrected, so the two are not compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.cn import ric

from services.enrollment.register.roster.cells import as_number
from services.enrollment.register.roster.lines import Gender
from services.enrollment.register.roster.refusals import Wrong
from services.enrollment.register.roster.text import Cell

_IDENTITY: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
_GENERATED: Final = re.compile(r"[JL][0-9]{17}[0-9X]")
_ROUNDED_BY_SPREADSHEET: Final = re.compile(r"[1-9][0-9]{14}000")

RESIDENT_CARDS: Final = frozenset(
    ["居民身份证", "身份证", "二代身份证", "居民户口簿", "户口簿", "户口本", "1", "01"]
)
"""What a 证件类型 column says when the number beside it is a resident identity number."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a row says about who the pupil is, without contradiction."""

    number: str | None
    gender: Gender | None
    born_on: date | None


def is_identity_number(text: str) -> bool:
    """Tell whether ``text`` has the form, the checksum and the birth date of an identity number."""
    if not _IDENTITY.fullmatch(text) or text[-1] != ric.calc_check_digit(text):
        return False
    try:
        _birth_date(text)
    except ValueError:
        return False
    return True


def identity_number(cell: Cell) -> str | None:
    """Return the identity number in ``cell``, None when blank.

    Raises:
        Wrong: it is none, or a spreadsheet rounded it.
    """
    text = as_number(cell, "identity_number").replace("-", "").upper()
    if not text:
        return None
    if is_identity_number(text):
        return text
    if _ROUNDED_BY_SPREADSHEET.fullmatch(text):
        raise Wrong("roster.number-not-text", "identity_number")
    raise Wrong("roster.identity-number-wrong", "identity_number")


def looks_rounded(number: str | None) -> bool:
    """Tell whether a spreadsheet could have rounded to ``number``, by chance with a checksum."""
    return number is not None and _ROUNDED_BY_SPREADSHEET.fullmatch(number) is not None


def student_number(cell: Cell) -> str | None:
    """Return the student number in ``cell``, None when blank.

    Raises:
        Wrong: it is none.
    """
    text = as_number(cell, "student_number").upper()
    if not text:
        return None
    if not is_student_number(text):
        raise Wrong("roster.student-number-wrong", "student_number")
    return text


def is_student_number(text: str) -> bool:
    """Tell whether ``text`` is a student number."""
    if text.startswith("G"):
        return is_identity_number(text[1:])
    return _GENERATED.fullmatch(text) is not None


def person(*, number: str | None, gender: Gender | None, born_on: date | None) -> Person:
    """Return who a row is about; gender and birth date come from ``number`` where not given.

    Raises:
        Wrong: ``number`` says another birth date or gender.
    """
    if number is None:
        return Person(number, gender, born_on)
    implied_gender: Gender = "male" if int(number[16]) % 2 else "female"
    implied_birth = _birth_date(number)
    if born_on is not None and born_on != implied_birth:
        raise Wrong("roster.identity-number-wrong/birth-date", "identity_number")
    if gender is not None and gender != implied_gender:
        raise Wrong("roster.identity-number-wrong/gender", "identity_number")
    return Person(number, implied_gender, implied_birth)


def _birth_date(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
