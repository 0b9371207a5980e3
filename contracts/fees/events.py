"""Events that fees publishes. Stored for ever: a field is never renamed or removed."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict, identifier

Month = validate.Regexp(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z", error="Not a month like 2026-09.")
Category = validate.Regexp(r"\A[a-z][a-z0-9_]{0,31}\Z", error="Not a code like registered_poor.")

STATUSES = ("provisional", "approved")
METHODS = ("bank_transfer", "cash", "wechat_pay", "alipay")
UNITS = ("pupil_month",)
CAUSES = ("withdrawn",)
"""Why a refund is requested."""


def fen() -> fields.Integer:
    """Return a required field for an amount in fen, never negative."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


def month() -> fields.String:
    """Return a required field for a calendar month."""
    return fields.String(required=True, validate=Month)


def currency() -> fields.String:
    """Return a required field for the one currency there is."""
    return fields.String(required=True, validate=validate.OneOf(["CNY"]))


class TariffActivated(Strict):
    """A school's price per pupil and month, from the first of a month on (P2-065, P2-066)."""

    school_id = identifier()
    amount_fen = fen()
    currency = currency()
    unit = fields.String(required=True, validate=validate.OneOf(UNITS))
    effective_from = fields.Date(required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))


class FeeWaiverGranted(Strict):
    """A pupil pays less from one month to another, or until further notice (P1-097, P1-098)."""

    waiver_id = identifier()
    school_id = identifier()
    student_id = identifier()
    category = fields.String(required=True, validate=Category)
    ratio_bp = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=0, max=10_000)
    )
    from_month = month()
    to_month = fields.String(required=True, allow_none=True, validate=Month)


class FeeCharged(Strict):
    """One pupil's fee for one month: amount = standard - waived (P1-045, P1-046)."""

    charge_id = identifier()
    school_id = identifier()
    student_id = identifier()
    term_id = identifier()
    month = month()
    standard_fen = fen()
    waived_fen = fen()
    amount_fen = fen()
    currency = currency()
    waiver_category = fields.String(required=True, allow_none=True, validate=Category)


class PaymentRecorded(Strict):
    """The school's finance office took money for a charge (P2-068)."""

    payment_id = identifier()
    school_id = identifier()
    student_id = identifier()
    month = month()
    amount_fen = fen()
    currency = currency()
    method = fields.String(required=True, validate=validate.OneOf(METHODS))


class RefundRequested(Strict):
    """A charged month is not owed after all; paying the money out is not an event yet (P1-079).

    ``amount_fen`` was paid and goes back, ``lapsed_fen`` was still open and is not owed: together
    they are the charge.
    """

    refund_id = identifier()
    school_id = identifier()
    student_id = identifier()
    charge_id = identifier()
    month = month()
    amount_fen = fen()
    lapsed_fen = fen()
    currency = currency()
    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))


EVENTS = {
    ("TariffActivated", 1): TariffActivated(),
    ("FeeWaiverGranted", 1): FeeWaiverGranted(),
    ("FeeCharged", 1): FeeCharged(),
    ("PaymentRecorded", 1): PaymentRecorded(),
    ("RefundRequested", 1): RefundRequested(),
}
