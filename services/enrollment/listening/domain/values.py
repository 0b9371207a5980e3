"""Values of telling and listening. Compared by content."""

from __future__ import annotations

from typing import Literal, TypeAlias

QuestionKind: TypeAlias = Literal["choice", "rating", "text"]

RATINGS = range(1, 6)
"""1 is the worst, 5 the best."""

MAX_TEXT = 1000
