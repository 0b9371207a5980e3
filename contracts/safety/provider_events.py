"""Events about providers. Stored for ever: a field is never renamed or removed."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict, identifier


class ProviderAdmitted(Strict):
    """An outside body may teach in a school's service (P1-079, P2-061).

    Each admission takes the place of the one before, and ends a removal.
    """

    provider_id = identifier()
    school_id = identifier()
    licence_valid_until = fields.Date(required=True)
    agreed_price_fen = fields.Integer(
        required=True, strict=True, allow_none=True, validate=validate.Range(min=0)
    )


class ProviderRemoved(Strict):
    """From a day on it may no longer teach there, until it is admitted again."""

    provider_id = identifier()
    school_id = identifier()
    effective_on = fields.Date(required=True)


EVENTS = {
    ("ProviderAdmitted", 1): ProviderAdmitted(),
    ("ProviderRemoved", 1): ProviderRemoved(),
}
