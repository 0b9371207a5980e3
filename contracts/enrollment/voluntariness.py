"""What the bureau reads of how voluntary a term's applications look."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.enrollment.replies import TwoLanguages, many, string

ALERTS = ("full_take_up", "burst")


class VoluntarinessAlert(Schema):
    """A sign to ask about, in one class. ``accounts``: how many guardians' accounts applied."""

    kind = fields.String(required=True, validate=validate.OneOf(ALERTS))
    class_id = string()
    class_name = string()
    pupils = fields.Integer(required=True)
    applications = fields.Integer(required=True)
    accounts = fields.Integer(required=True)
    first_at = string()
    last_at = string()
    text = fields.Nested(TwoLanguages, required=True)


class VoluntarinessAlerts(Schema):
    items = many(VoluntarinessAlert)
