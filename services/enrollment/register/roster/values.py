"""Names, genders, birth dates, phones and relations as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from services.enrollment.register.roster.cells import as_number, as_text
from services.enrollment.register.roster.limits import MAX_NAME
from services.enrollment.register.roster.lines import Gender, Relation
from services.enrollment.register.roster.refusals import Wrong
from services.enrollment.register.roster.text import Cell, tidy_name

_GENDER_WORDS: Final[Mapping[Gender, str]] = {
    "male": "男 男性 男生 男孩 male m boy 1",
    "female": "女 女性 女生 女孩 female f girl 2",
}
_UNKNOWN_GENDER: Final = frozenset(["", "0", "9", "未知", "未说明", "不详", "other", "unspecified"])
_GENDERS: Final = {
    word: gender for gender, words in _GENDER_WORDS.items() for word in words.split()
}

_RELATION_WORDS: Final[Mapping[Relation, str]] = {
    "father": "父亲 爸爸 父 父子 父女 father dad",
    "mother": "母亲 妈妈 母 母子 母女 mother mum mom",
    "parent": "父母 家长 parent",
    "grandparent": "爷爷 奶奶 外公 外婆 姥姥 姥爷 祖父 祖母 外祖父 外祖母 祖父母 外祖父母 祖孙 "
    "祖父母或外祖父母 grandparent grandfather grandmother",
    "relative": "叔叔 伯伯 伯父 姑姑 姑妈 舅舅 舅妈 姨妈 阿姨 哥哥 姐姐 兄 姐 亲属 亲戚 relative",
    "guardian": "监护人 法定监护人 guardian",
}
_RELATIONS: Final = {
    word: relation for relation, words in _RELATION_WORDS.items() for word in words.split()
}

_YEARS: Final = range(1990, 2100)
_DAY_NUMBERS: Final = range(32874, 73051)  # 1990-01-01 to 2099-12-31 where day 1 is 1900-01-01
_DAY_NUMBER: Final = re.compile(r"\d{5}(?:\.\d+)?", re.A)
_PLAIN_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.A)
_DATE: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.A
)
_AROUND_SEPARATOR: Final = re.compile(" ?([-/.年月]) ?| (?=日)")
_PHONE_PUNCTUATION: Final = re.compile(r"[-()\s]")
_MOBILE: Final = re.compile(r"(?:\+|00)?(?:86)?(1[3-9]\d{9})", re.A)
_LANDLINE: Final = re.compile(r"(?:(?:\+|00)86)?0?(10|2\d|[3-9]\d{2})(\d{7,8})", re.A)
_LANDLINE_LEAD: Final = re.compile(r"(?:\+|00)86|0")
_ABROAD: Final = re.compile(r"\+(?!86)[1-9]\d{6,14}", re.A)


def name(cell: Cell, field: str = "name") -> str:
    """Return a person's name, "" when blank.

    Raises:
        Wrong: it is too long to be one.
    """
    text = tidy_name(as_text(cell, field))
    if len(text) > MAX_NAME:
        raise Wrong("roster.name-too-long", field, limit=MAX_NAME)
    return text


def gender(cell: Cell) -> Gender | None:
    """Return the gender, None when blank or unknown.

    Raises:
        Wrong: the text means nothing.
    """
    text = as_text(cell, "gender").lower()
    if text in _UNKNOWN_GENDER:
        return None
    if text not in _GENDERS:
        raise Wrong("roster.gender-unreadable", "gender")
    return _GENDERS[text]


def birth_date(cell: Cell, *, day_zero: date = date(1899, 12, 30)) -> date | None:
    """Return the birth date, None when blank. A five-digit number is a spreadsheet's day number.

    Raises:
        Wrong: it is no date of 1990 to 2099, or its order of day and month is anybody's guess.
    """
    text = as_text(cell, "born_on")
    if not text:
        return None
    if _DAY_NUMBER.fullmatch(text) and int(text[:5]) in _DAY_NUMBERS:
        return day_zero + timedelta(days=int(text[:5]))
    match = _PLAIN_DATE.fullmatch(text) or _DATE.fullmatch(_AROUND_SEPARATOR.sub(r"\1", text))
    if match and int(match[1]) in _YEARS:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    raise Wrong("roster.date-unreadable", "born_on")


def phone(cell: Cell) -> str | None:
    """Return the phone number as 13800138000, 0592-5551234 or +85291234567, None when blank.

    Raises:
        Wrong: it is none, or two.
    """
    text = _PHONE_PUNCTUATION.sub("", as_number(cell, "phone"))
    if not text:
        return None
    if match := _MOBILE.fullmatch(text):
        return match[1]
    if _LANDLINE_LEAD.match(text) and (match := _LANDLINE.fullmatch(text)):
        return f"0{match[1]}-{match[2]}"
    if _ABROAD.fullmatch(text):
        return text
    raise Wrong("roster.phone-wrong", "phone")


def relation(text: str) -> Relation:
    """Return the relation ``text`` names, "other" when it names none we know."""
    return _RELATIONS.get(text.lower().replace("关系", ""), "other")
