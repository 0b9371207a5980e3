"""Providers: what is asked and what is answered."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.shapes import Strict

STANDINGS = ("admitted", "licence_ended", "leaving", "removed")
MOST_FEN = 100_000_000

_SLUG = validate.Regexp(
    r"\A(?!school\Z)[a-z0-9][a-z0-9-]{0,39}\Z",
    error="Lower-case letters, digits and hyphens, and not the word school.",
)


class AdmitProvider(Strict):
    """``provider_id`` names one that was admitted before, or is chosen for a new one.

    ``name`` and ``licence_no`` are kept in the vault, never in an event. ``agreed_price_fen`` is
    what the school pays it per session; it collects nothing from families (P2-061).
    """

    provider_id = fields.String(load_default=None, allow_none=True, validate=_SLUG)
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    licence_no = fields.String(required=True, validate=validate.Length(min=1, max=100))
    licence_valid_until = fields.Date(required=True)
    agreed_price_fen = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=MOST_FEN),
    )


class RemoveProvider(Strict):
    """``reason`` is free text; it is kept in the vault, never in an event."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    effective_on = fields.Date(required=True)


class ProviderState(Schema):
    """``standing``: only an ``admitted`` one may be given new offerings."""

    provider_id = fields.String(required=True)
    school_id = fields.String(required=True)
    licence_valid_until = fields.String(required=True)
    agreed_price_fen = fields.Integer(required=True, allow_none=True)
    leaves_on = fields.String(required=True, allow_none=True)
    standing = fields.String(required=True, validate=validate.OneOf(STANDINGS))


class Provider(ProviderState):
    """``reason`` is why it was removed; null while it is not."""

    name = fields.String(required=True, allow_none=True)
    licence_no = fields.String(required=True, allow_none=True)
    admitted_at = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)


class Providers(Schema):
    """A school's providers, those that left among them."""

    items = fields.List(fields.Nested(Provider), required=True)
