"""Schema bases and fields that every contract uses."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

Identifier = validate.Length(min=1, max=64)


class Strict(Schema):
    """Refuses fields it does not know, so that a typing error never passes silently."""

    class Meta:
        unknown = RAISE
        ordered = True


def identifier(**kwargs: object) -> fields.String:
    """Return a required field for an opaque id."""
    return fields.String(required=True, validate=Identifier, **kwargs)  # type: ignore[arg-type]


def sha256() -> fields.String:
    """Return a required field for a SHA-256 in hex."""
    return fields.String(required=True, validate=validate.Length(equal=64))


class Nothing(Strict):
    """A command that needs no body."""


class Money(Strict):
    """Money in integer fen."""

    amount_fen = fields.Integer(required=True, strict=True)
    currency = fields.String(required=True, validate=validate.OneOf(["CNY"]))
