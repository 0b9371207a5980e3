"""Allocation: places for ranked choices, fair, repeatable and explained. A pure function.

Rules:
    1. Pupils come in turn: by priority rank first (P2-012 to P2-015), all groups of priority being
       equal; inside a rank by lot or by time of application. The lot is a hash of the recorded
       seed and the pupil, so the same seed and the same input give the same result, whatever the
       order of the input.
    2. In turn, each pupil gets the first of the own choices that still has a place. So nobody
       with lower priority has a place that somebody with higher priority wished for more than
       what he or she got.
    3. Never more pupils than places; zero places is legal. Who gets none waits for all choices,
       in the order of turns.
    4. Each pupil's result says why: the turn, and for each choice before the one that was got,
       that it was full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Rule = Literal["lottery", "arrival"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One pupil's choices, best first; ``applied_at`` is an RFC 3339 instant."""

    student_id: str
    rank: int
    applied_at: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one pupil got and why. ``choice`` counts from 1; ``turn`` is the place in the queue."""

    student_id: str
    turn: int
    rank: int
    offering_id: str | None
    choice: int | None
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The results in order of turns, and each offering's placed and waiting pupils."""

    results: tuple[Result, ...]
    placed: Mapping[str, tuple[str, ...]]
    waiting: Mapping[str, tuple[str, ...]]


def allocate(
    capacities: Mapping[str, int], wishes: Sequence[Wish], *, seed: str, rule: Rule
) -> Allocation:
    """Return who gets which place. ``capacities`` are free places by offering."""
    placed: dict[str, list[str]] = {offering: [] for offering in capacities}
    waiting: dict[str, list[str]] = {offering: [] for offering in capacities}
    results = []
    for turn, wish in enumerate(sorted(wishes, key=lambda each: _key(each, seed, rule)), start=1):
        got, full = None, []
        for number, offering in enumerate(wish.choices, start=1):
            if len(placed[offering]) < capacities[offering]:
                placed[offering].append(wish.student_id)
                got = (offering, number)
                break
            full.append(offering)
        if got is None:
            for offering in wish.choices:
                waiting[offering].append(wish.student_id)
        results.append(
            Result(
                student_id=wish.student_id,
                turn=turn,
                rank=wish.rank,
                offering_id=got[0] if got else None,
                choice=got[1] if got else None,
                full=tuple(full),
            )
        )
    return Allocation(
        results=tuple(results),
        placed={offering: tuple(pupils) for offering, pupils in placed.items()},
        waiting={offering: tuple(pupils) for offering, pupils in waiting.items()},
    )


def lot(seed: str, student_id: str) -> str:
    """Return a pupil's lot under a seed: anybody can draw it again."""
    return hashlib.sha256(f"{seed}\n{student_id}".encode()).hexdigest()


def digest(capacities: Mapping[str, int], wishes: Sequence[Wish]) -> str:
    """Return the hash of an allocation's input, whatever its order."""
    lines = [f"{offering} {places}" for offering, places in capacities.items()]
    lines += [f"{w.student_id} {w.rank} {w.applied_at} {' '.join(w.choices)}" for w in wishes]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _key(wish: Wish, seed: str, rule: Rule) -> tuple[int, str, str]:
    order = lot(seed, wish.student_id) if rule == "lottery" else wish.applied_at
    return wish.rank, order, wish.student_id
