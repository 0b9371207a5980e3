"""Words that messages of fees share."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from contracts.shapes import Pattern

MOST_FEN = 10_000_000
"""100,000 yuan: more than any pupil owes, less than a mistyped amount."""
Category: TypeAlias = Annotated[
    str, Pattern(r"\A[a-z][a-z0-9_]{0,31}\Z", "Not a code like registered_poor.")
]
