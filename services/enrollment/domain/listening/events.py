"""What has happened in telling and listening. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from services.enrollment.domain.listening.values import Audience, Question, Voice, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePublished:
    notice_id: str
    school_id: str
    term_id: str
    audience: Audience
    kind: str
    recipients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead:
    notice_id: str
    school_id: str
    reader_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOpened:
    survey_id: str
    school_id: str
    term_id: str
    purpose: str
    audience: Audience
    anonymous: bool
    questions: tuple[Question, ...]
    choices: tuple[Wish, ...]
    offering_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered:
    survey_id: str
    school_id: str
    answer_id: str
    respondent: str
    anonymous: bool
    voice: Voice
    grade: int | None
    choices: dict[str, str]
    ratings: dict[str, int]
    texts: tuple[str, ...]
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyClosed:
    survey_id: str
    school_id: str
    term_id: str
    purpose: str
    answers: int
    invited: int
    response_rate_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionReceived:
    opinion_id: str
    school_id: str
    source: str
    guardian_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionAnswered:
    opinion_id: str
    school_id: str
    improvement_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementPublished:
    improvement_id: str
    school_id: str
    opinion_ids: tuple[str, ...]
    survey_id: str | None = None


SurveyEvent: TypeAlias = SurveyOpened | SurveyClosed
OpinionEvent: TypeAlias = OpinionReceived | OpinionAnswered
