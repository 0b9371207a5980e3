"""Where a plan stands. What happened to it is all that it remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal[
    "survey", "preparation", "submitted", "returned", "approved", "running", "closed"
]
DRAFTING = ("survey", "preparation", "returned")


@dataclass(frozen=True, slots=True)
class Undrafted:
    """Nobody has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Begun; ``in_force`` is the approved version, None before the first approval."""

    term_id: str
    school_id: str
    standing: Standing = "survey"
    version: int = 1
    in_force: int | None = None
    started: bool = False
    group: tuple[str, tuple[str, ...]] | None = None
    posts: dict[str, str] = field(default_factory=dict)
    duties: dict[str, str] = field(default_factory=dict)
    proofs: frozenset[str] = frozenset()
    documents: dict[str, int] = field(default_factory=dict)
    disclosure: tuple[int, str] = (0, "")


Plan: TypeAlias = Undrafted | Drafted
