"""Slots: when an offering runs, with whom and where, and what it clashes with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Weekly times of one offering; ``starts`` and ``ends`` are ``HH:MM``."""

    offering_id: str
    title: str
    teacher_id: str
    venue_id: str
    weekdays: tuple[int, ...]
    starts: str
    ends: str

    @property
    def minutes(self) -> int:
        """How long one session takes."""
        return _minutes(self.ends) - _minutes(self.starts)


def overlaps(one: Slot, other: Slot) -> bool:
    """Tell whether two slots share a minute of a weekday."""
    return (
        bool(set(one.weekdays) & set(other.weekdays))
        and one.starts < other.ends
        and other.starts < one.ends
    )


def clashes(wanted: Slot, others: Iterable[Slot]) -> tuple[list[str], list[str]]:
    """Return the titles of those that take the same teacher, and the same venue, at that time."""
    met = [
        each for each in others if each.offering_id != wanted.offering_id and overlaps(wanted, each)
    ]
    return (
        [each.title for each in met if each.teacher_id == wanted.teacher_id],
        [each.title for each in met if each.venue_id == wanted.venue_id],
    )


def daily_minutes(slots: Iterable[Slot], weekday: int) -> int:
    """Return how many minutes of a weekday are covered, counting parallel sessions once."""
    spans = sorted((each.starts, each.ends) for each in slots if weekday in each.weekdays)
    total, until = 0, "00:00"
    for starts, ends in spans:
        if ends > until:
            total += _minutes(ends) - _minutes(max(starts, until))
            until = ends
    return total


def within(starts: str, ends: str, windows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a time span meets one of ``windows``."""
    return any(starts < window[1] and window[0] < ends for window in windows)


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
