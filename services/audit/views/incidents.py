"""The incidents of a school, one row each: what, when, and how soon the guardians were told."""

from __future__ import annotations

from datetime import datetime

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "incidents"
SERVICE = "safety"
TYPES = frozenset({"IncidentReported", "IncidentGuardianNotified"})


def keys(event: Event) -> tuple[str, ...]:
    """Return the incident."""
    return (event["data"]["incident_id"],)


def fold(row: Row | None, event: Event, key: str) -> Row | None:
    """Return the incident, with the minutes to the guardians' notice once they were told."""
    data = event["data"]
    if event["type"] == "IncidentGuardianNotified":
        return None if row is None else _told(row, data["notified_at"])
    reported = {
        "incident_id": key,
        "severity": data["severity"],
        "category": data["category"],
        "occurred_at": data["occurred_at"],
        "pupils": len(data["student_ids"]),
    }
    return _told(reported, data["guardian_notified_at"])


def _told(row: Row, notified_at: str | None) -> Row:
    minutes = None
    if notified_at is not None:
        waited = datetime.fromisoformat(notified_at) - datetime.fromisoformat(row["occurred_at"])
        minutes = int(waited.total_seconds() // 60)
    return {**row, "guardian_notified_at": notified_at, "minutes_to_notice": minutes}
