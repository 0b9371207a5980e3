"""What has happened to the fitness of staff. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffScreened:
    staff_id: str
    school_id: str
    result: str
    checked_on: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityStatementSigned:
    staff_id: str
    school_id: str
    term_id: str
    statement_version: str
    text_sha256: str
    by: str


FitnessEvent: TypeAlias = StaffScreened | ResponsibilityStatementSigned
