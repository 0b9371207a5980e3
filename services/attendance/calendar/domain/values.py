"""What a day is, and when a service may take place. Compared by content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from contracts.attendance.calendar import DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredDay:
    """A day that is not what its weekday says."""

    date: date
    kind: DayKind
    name: str
    follows_weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a service may take place; None where the policy sets no bound."""

    starts: time | None
    ends: time | None
