"""What callers may ask of safety. Imperative mood; may be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident:
    incident_id: str
    school_id: str
    severity: str
    category: str
    occurred_at: datetime
    student_ids: tuple[str, ...]
    guardian_notified_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyGuardian:
    incident_id: str
    notified_at: datetime
    now: datetime


Command: TypeAlias = ReportIncident | NotifyGuardian
