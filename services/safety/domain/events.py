"""What has happened in safety. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReported:
    incident_id: str
    school_id: str
    severity: str
    category: str
    occurred_at: datetime
    student_ids: tuple[str, ...]
    guardian_notified_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGuardianNotified:
    incident_id: str
    notified_at: datetime


Event: TypeAlias = IncidentReported | IncidentGuardianNotified
