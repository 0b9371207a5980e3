"""Values of telling and listening. Compared by content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Audience: TypeAlias = Literal["guardians", "staff", "pupils"]
QuestionKind: TypeAlias = Literal["choice", "rating", "text"]
Voice: TypeAlias = Literal["guardian", "pupil"]
"""Who speaks in an answer; a guardian may write down what the pupil says."""

RATINGS = range(1, 6)
"""1 is the worst, 5 the best."""

MAX_TEXT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, without its words: those are in the vault."""

    question_id: str
    kind: QuestionKind
    option_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A kind of service on a day of the week, 1 is Monday."""

    weekday: int
    service_kind: str
