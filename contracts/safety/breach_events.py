"""Events about breaches. Stored for ever: a field is never renamed or removed."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict, identifier

BREACH_KINDS = (
    "collective_teaching",
    "makeup",
    "new_lesson",
    "drill",
    "teaching_extension",
    "forced_enrolment",
    "arbitrary_charge",
    "bundled_charge",
    "other",
)


class BreachReported(Strict):
    """Somebody says that a school does what is forbidden (P1-009, P2-006, P2-010).

    ``anonymous``: the envelope's actor is ``anonymous`` in the reporter's role.
    """

    breach_id = identifier()
    school_id = identifier()
    kind = fields.String(required=True, validate=validate.OneOf(BREACH_KINDS))
    source_role = fields.String(required=True)
    anonymous = fields.Boolean(required=True)
    occurred_on = fields.Date(allow_none=True)


EVENTS = {("BreachReported", 1): BreachReported()}
