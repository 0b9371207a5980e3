"""Bodies of the commands that safety answers."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.safety.events import CATEGORIES, SEVERITIES
from contracts.shapes import Identifier, Strict


class ReportIncident(Strict):
    """``narrative`` is free text; it is kept in the vault, never in an event."""

    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    occurred_at = fields.AwareDateTime(required=True)
    student_ids = fields.List(
        fields.String(validate=Identifier), required=True, validate=validate.Length(max=500)
    )
    narrative = fields.String(required=True, validate=validate.Length(min=1, max=4000))
    guardian_notified_at = fields.AwareDateTime(load_default=None, allow_none=True)


class NotifyGuardian(Strict):
    """When the guardians were told; the instant of the request if left out."""

    notified_at = fields.AwareDateTime(load_default=None, allow_none=True)
