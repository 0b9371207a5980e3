"""Events that any service publishes about its own operation. Stored for ever.

The reason that an operator gave is free text, so it stays in the service's vault under
``operation_id``.
"""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict, identifier

GROUNDS = ("guardian-request", "retention", "court-order", "error")
SUBJECT_KINDS = ("student", "guardian", "staff", "receiver", "other")

_seq = validate.Range(min=1)
_count = validate.Range(min=0)


def _number(least: validate.Range) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=least)


class ParkedEventRetried(Strict):
    """A parked event was tried again; ``applied`` counts it and those that waited behind it."""

    operation_id = identifier()
    service = identifier()
    seq = _number(_seq)
    type = identifier()
    applied = _number(_count)
    still_parked = _number(_count)


class ParkedEventDiscarded(ParkedEventRetried):
    """A parked event will never be applied; ``applied`` counts those behind it that now were."""


class EventsReplayed(Strict):
    """Stored events of ``service`` were delivered again to the publishing service alone."""

    operation_id = identifier()
    service = identifier()
    from_seq = _number(_seq)
    to_seq = _number(_seq)
    applied = _number(_count)
    skipped = _number(_count)


class PersonalDataErased(Strict):
    """A person's key was destroyed; ``signature`` (base64) covers the other fields."""

    operation_id = identifier()
    subject_id = identifier()
    subject_kind = fields.String(required=True, validate=validate.OneOf(SUBJECT_KINDS))
    grounds = fields.String(required=True, validate=validate.OneOf(GROUNDS))
    erased_at = fields.AwareDateTime(required=True)
    fields_ = fields.Integer(required=True, strict=True, validate=_count, data_key="fields")
    key_id = identifier()
    signature = fields.String(required=True, validate=validate.Length(equal=88))


EVENTS = {
    ("ParkedEventRetried", 1): ParkedEventRetried(),
    ("ParkedEventDiscarded", 1): ParkedEventDiscarded(),
    ("EventsReplayed", 1): EventsReplayed(),
    ("PersonalDataErased", 1): PersonalDataErased(),
}
