"""What a pupil, a class teacher and a family said about an application. Stored for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilAssentRecorded:
    application_id: str
    student_id: str
    term_id: str
    assents: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReviewed:
    application_id: str
    student_id: str
    term_id: str
    recommended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityLetterSigned:
    application_id: str
    student_id: str
    term_id: str
    guardian_id: str
    letter_version: str
    text_sha256: str


ConsentEvent: TypeAlias = PupilAssentRecorded | ApplicationReviewed | ResponsibilityLetterSigned
