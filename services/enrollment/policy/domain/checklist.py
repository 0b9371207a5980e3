"""The checklist of a term: what must be there before each stage. Which items, is policy data.

An item is done when its proof is among the proofs of the term. A few may be left out with a
reason on record, where the plan's own wording leaves room ("schools with conditions").
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["survey", "preparation", "opening"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the checklist; ``proof`` names the fact that shows it."""

    item: str
    stage: Stage
    proof: str
    explainable: bool
    zh: str
    en: str


def explained(item: str) -> str:
    """Return the proof that stands in for an item left out with a reason."""
    return f"explained:{item}"


def missing(
    items: Collection[Item], stages: Collection[str], proofs: Collection[str]
) -> tuple[Item, ...]:
    """Return what is still missing for ``stages``."""
    return tuple(
        each
        for each in items
        if each.stage in stages and not is_done(each, proofs) and not is_excused(each, proofs)
    )


def is_done(item: Item, proofs: Collection[str]) -> bool:
    """Tell whether the fact behind an item is there."""
    return item.proof in proofs


def is_excused(item: Item, proofs: Collection[str]) -> bool:
    """Tell whether an item is left out with a reason."""
    return item.explainable and explained(item.item) in proofs
