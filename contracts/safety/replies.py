"""What safety answers."""

from __future__ import annotations

from marshmallow import Schema, fields


class Incident(Schema):
    """An incident; ``narrative`` only for roles that may read it."""

    incident_id = fields.String(required=True)
    school_id = fields.String(required=True)
    severity = fields.String(required=True)
    category = fields.String(required=True)
    occurred_at = fields.String(required=True)
    student_ids = fields.List(fields.String(), required=True)
    guardian_notified_at = fields.String(required=True, allow_none=True)
    narrative = fields.String()


class Incidents(Schema):
    """One page of incidents, newest first; ``next`` goes into ``after``."""

    items = fields.List(fields.Nested(Incident), required=True)
    next = fields.String(required=True, allow_none=True)


class IncidentReported(Schema):
    """Answer of ``report_incident``."""

    incident_id = fields.String(required=True)
    school_id = fields.String(required=True)


class GuardianNotified(Schema):
    """Answer of ``notify_guardian``."""

    incident_id = fields.String(required=True)
    guardian_notified_at = fields.String(required=True)
