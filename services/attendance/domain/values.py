"""Values that attendance talks about. Compared by content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal, TypeAlias

from contracts.attendance.calendar import DayKind

RollStatus: TypeAlias = Literal["absent", "leave", "late", "left"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """May this adult fetch this pupil today? ``relation`` is set if the adult is on the list."""

    state: Literal["valid", "not_yet", "expired", "revoked", "unknown"]
    relation: str | None = None
