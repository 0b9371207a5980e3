"""Reports of breaches: what is asked and what is answered."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.safety.breach_events import BREACH_KINDS
from contracts.shapes import Strict


class ReportBreach(Strict):
    """``narrative`` is free text for the bureau; it is kept in the vault, never in an event.

    ``anonymous``: nothing that is stored names the reporter, who should not do so in the text.
    """

    kind = fields.String(required=True, validate=validate.OneOf(BREACH_KINDS))
    narrative = fields.String(required=True, validate=validate.Length(min=1, max=4000))
    occurred_on = fields.Date(load_default=None, allow_none=True)
    anonymous = fields.Boolean(required=True)


class BreachReport(Schema):
    """Answer of ``report_breach``."""

    breach_id = fields.String(required=True)
    school_id = fields.String(required=True)


class Breach(Schema):
    """``narrative`` and ``source_role`` are null for the school where the report is anonymous."""

    breach_id = fields.String(required=True)
    school_id = fields.String(required=True)
    kind = fields.String(required=True)
    occurred_on = fields.String(required=True, allow_none=True)
    reported_on = fields.String(required=True)
    anonymous = fields.Boolean(required=True)
    source_role = fields.String(required=True, allow_none=True)
    narrative = fields.String(required=True, allow_none=True)


class Breaches(Schema):
    """One page of breaches, newest first; ``next`` goes into ``after``."""

    items = fields.List(fields.Nested(Breach), required=True)
    next = fields.String(required=True, allow_none=True)
