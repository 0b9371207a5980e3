"""Which column of a school's own table means what, told from its heading in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.enrollment.register.roster.errors import UnreadableRoster
from services.enrollment.register.roster.limits import MAX_COLUMNS, MAX_MEANT
from services.enrollment.register.roster.text import Cell, compact, tidy

_PUPIL_HEADINGS: Final[Mapping[str, str]] = {
    "name": "姓名 学生姓名 学生 学生名字 名字 name studentname fullname pupilname",
    "gender": "性别 学生性别 gender sex",
    "born_on": "出生日期 出生年月日 生日 学生出生日期 birthdate dateofbirth birthday dob",
    "identity_type": "证件类型 身份证件类型 证件种类 idtype documenttype",
    "identity_number": "身份证号 身份证 身份证号码 证件号码 证件号 身份证件号 身份证件号码 "
    "学生身份证号 学生身份证号码 公民身份号码 居民身份证号 "
    "identitynumber idnumber idcard idcardnumber",
    "student_number": "学籍号 全国学籍号 学籍号码 学生学籍号 国家学籍号 studentnumber",
    "grade": "年级 所在年级 就读年级 grade gradelevel",
    "class_name": "班级 所在班级 就读班级 班级名称 年级班级 班 行政班 class classname classroom",
}

_GUARDIAN_HEADINGS: Final[Mapping[str, str]] = {
    "name": "{who} {who}姓名 {who}名字 {who}name",
    "relation": "{who}关系 {who}与学生关系 {who}与孩子关系 与{who}关系 "
    "{who}relation {who}relationship",
    "phone": "{who}电话 {who}手机 {who}手机号 {who}手机号码 {who}联系电话 {who}电话号码 "
    "{who}联系方式 {who}phone {who}mobile {who}phonenumber",
}
_GUARDIANS: Final = ("监护人", "家长", "学生家长", "家庭成员", "联系人", "guardian", "parent")
_OF_ANYONE: Final[Mapping[str, str]] = {
    "relation": "关系 与学生关系 与孩子关系 与学生的关系 relation relationship",
    "phone": "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 "
    "phone mobile phonenumber telephone",
}
_PARENTS: Final[Mapping[str, str]] = {"father": "父亲 爸爸 father", "mother": "母亲 妈妈 mother"}

SEATS: Final = ("1", "2", "3", "4", "father", "mother")
"""Guardians of one row: the numbered ones, then the two whose heading says the relation."""

REQUIRED: Final[Mapping[str, str]] = {"name": "姓名", "class_name": "班级"}

_REMARK: Final = re.compile(r"\([^()]*\)")
_SEAT_IN_BRACKETS: Final = re.compile(r"\(([1-4一二三四])\)")
_SEAT: Final = re.compile(r"第?([1-4一二三四])位?")


def _headings() -> dict[str, str]:
    found = {word: field for field, words in _PUPIL_HEADINGS.items() for word in words.split()}
    for part, pattern in _GUARDIAN_HEADINGS.items():
        for who in _GUARDIANS:
            found |= dict.fromkeys(pattern.format(who=who).split(), f"guardian.1.{part}")
        for seat, names in _PARENTS.items():
            for who in names.split():
                found |= dict.fromkeys(pattern.format(who=who).split(), f"guardian.{seat}.{part}")
    for part, words in _OF_ANYONE.items():
        found |= dict.fromkeys(words.split(), f"guardian.1.{part}")
    return found


_HEADINGS: Final = _headings()


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its row, the columns of each field, best first, and who is seated."""

    line: int
    columns: Mapping[str, tuple[int, ...]]
    seats: tuple[str, ...]
    missing: tuple[str, ...]

    def cells(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """Return the filled cells of a row by field, tidied; of several columns the first one."""
        found: dict[str, Cell] = {}
        for field, columns in self.columns.items():
            for column in columns:
                cell = row[column] if column < len(row) else None
                if cell and isinstance(cell, str):
                    cell = tidy(cell[:MAX_MEANT])
                if cell is not None and cell != "":
                    found[field] = cell
                    break
        return found

    def require_complete(self) -> None:
        """Raise UnreadableRoster when a required column is missing or one is there twice."""
        if self.missing:
            raise UnreadableRoster("column-missing", line=self.line, missing=self.missing)
        for field in _PUPIL_HEADINGS:
            if len(self.columns.get(field, ())) > 1:
                at = [column + 1 for column in self.columns[field]]
                raise UnreadableRoster("column-twice", line=self.line, at=at)


def field_of(heading: str) -> str | None:
    """Return the field a heading names, such as ``born_on`` or ``guardian.2.phone``, or None."""
    word = _SEAT_IN_BRACKETS.sub(r"\1", compact(heading).lower())
    word = re.sub(r"[*:_\-'/]", "", _REMARK.sub("", word))
    if found := _HEADINGS.get(word):
        return found
    seat = _SEAT.search(word)
    found = seat and _HEADINGS.get(_SEAT.sub("", word, count=1))
    if not seat or not found or not found.startswith("guardian.1."):
        return None
    number = "一二三四".find(seat[1]) + 1 or int(seat[1])
    return found.replace(".1.", f".{number}.")


def header_in(row: tuple[int, Sequence[Cell]]) -> Header | None:
    """Return the header ``row`` is, or None: it names the pupil's name and one field more."""
    line, cells = row
    columns: dict[str, tuple[int, ...]] = {}
    for index, cell in enumerate(cells[:MAX_COLUMNS]):
        field = field_of(cell) if isinstance(cell, str) and len(cell) <= 60 else None
        if field:
            columns[field] = (*columns.get(field, ()), index)
    if "name" not in columns or len(columns) < 2:
        return None
    missing = tuple(label for field, label in REQUIRED.items() if field not in columns)
    seated = {field.split(".")[1] for field in columns if field.startswith("guardian.")}
    seats = tuple(seat for seat in SEATS if seat in seated)
    return Header(line, columns, seats, missing)
