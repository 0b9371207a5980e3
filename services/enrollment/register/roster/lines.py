"""What a roster file says, row by row. Values only; names follow OneRoster."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["oneroster-1.2-csv", "xlsx", "csv"]
Gender: TypeAlias = Literal["male", "female"]
Relation: TypeAlias = Literal[
    "father", "mother", "parent", "grandparent", "relative", "guardian", "other"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """An adult who answers for a pupil. ``phone`` is canonical: 13800138000, 0592-5551234, +852…"""

    sourced_id: str | None = None
    name: str = field(repr=False)
    relation: Relation = "other"
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One row that can be imported.

    ``line`` is the row as a spreadsheet numbers it, 1 being the first row of the file.
    ``identity_number`` passed its checksum; it is for hashing, not for keeping. ``class_name`` is
    "三年级2班", or as typed when the class has a name. What identifies a person stays out of
    ``repr`` and so out of logs.
    """

    line: int
    sourced_id: str | None = None
    name: str = field(repr=False)
    gender: Gender | None = None
    born_on: date | None = field(default=None, repr=False)
    identity_number: str | None = field(default=None, repr=False)
    student_number: str | None = field(default=None, repr=False)
    grade: int
    class_name: str
    guardians: tuple[Guardian, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One row that cannot be imported, and what to do: ``detail`` in Chinese, ``en`` in English."""

    line: int
    code: str
    field: str
    detail: str
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One row that asks for nothing an import does."""

    line: int
    code: str
    detail: str
    en: str = ""


Line: TypeAlias = Pupil | Refused | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A file as read: at most one line per row, in the order of the rows; blank rows have none."""

    kind: Kind
    lines: tuple[Line, ...]
