"""The incidents of a school in numbers, so that a district's page need not read them all."""

from __future__ import annotations

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "incident_counts"
SERVICE = "safety"
TYPES = frozenset({"IncidentReported", "IncidentGuardianNotified"})


def keys(_event: Event) -> tuple[str, ...]:
    """Return the one key a school has."""
    return ("",)


def fold(row: Row | None, event: Event, _key: str) -> Row | None:
    """Return the counts after one more report or notice."""
    before = row or {"reported": 0, "not_notified": 0, "by_severity": {}}
    if event["type"] == "IncidentGuardianNotified":
        return {**before, "not_notified": before["not_notified"] - 1}
    data = event["data"]
    severity, counts = data["severity"], before["by_severity"]
    return {
        "reported": before["reported"] + 1,
        "not_notified": before["not_notified"] + (data["guardian_notified_at"] is None),
        "by_severity": {**counts, severity: counts.get(severity, 0) + 1},
    }
