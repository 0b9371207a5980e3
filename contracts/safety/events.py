"""Events that safety publishes. Stored for ever: a field is never renamed or removed."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.safety import breach_events, fitness_events, provider_events
from contracts.shapes import Strict, identifier

SEVERITIES = ("minor", "moderate", "severe")
CATEGORIES = (
    "injury",
    "illness",
    "traffic",
    "venue",
    "fire",
    "food",
    "security",
    "suspected_abuse",
    "other",
)


class IncidentReported(Strict):
    """Something happened to pupils in the school's care (P2-113)."""

    incident_id = identifier()
    school_id = identifier()
    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    occurred_at = fields.AwareDateTime(required=True)
    student_ids = fields.List(fields.String(), required=True)
    guardian_notified_at = fields.AwareDateTime(required=True, allow_none=True)


class IncidentGuardianNotified(Strict):
    """The guardians of the pupils in an incident were told."""

    incident_id = identifier()
    notified_at = fields.AwareDateTime(required=True)


EVENTS = {
    ("IncidentReported", 1): IncidentReported(),
    ("IncidentGuardianNotified", 1): IncidentGuardianNotified(),
    **fitness_events.EVENTS,
    **breach_events.EVENTS,
    **provider_events.EVENTS,
}
