"""Bodies of the commands that fees answers."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.fees.events import METHODS, Category, Month
from contracts.shapes import Strict

MOST_FEN = 10_000_000
"""100,000 yuan: more than any pupil owes, less than a mistyped amount."""


def positive_fen() -> fields.Integer:
    """Return a required field for an amount of money that somebody types."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=MOST_FEN))


class SetTariff(Strict):
    """The school's price per pupil and month, from the first day of a month on."""

    amount_fen = positive_fen()
    effective_from = fields.Date(required=True)


class GrantWaiver(Strict):
    """``evidence`` is free text; it is kept in the vault, never in an event."""

    category = fields.String(required=True, validate=Category)
    evidence = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    from_month = fields.String(required=True, validate=Month)
    to_month = fields.String(load_default=None, allow_none=True, validate=Month)


class RunCharges(Strict):
    """Charge every pupil enrolled in ``month`` once."""

    month = fields.String(required=True, validate=Month)


class RecordPayment(Strict):
    """Money taken for one pupil's month."""

    month = fields.String(required=True, validate=Month)
    amount_fen = positive_fen()
    method = fields.String(required=True, validate=validate.OneOf(METHODS))
