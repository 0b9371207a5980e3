"""What fees answers."""

from __future__ import annotations

from marshmallow import Schema, fields

from contracts.shapes import Money


class TariffSet(Schema):
    """The price as it now stands in the school's list."""

    school_id = fields.String(required=True)
    amount_fen = fields.Integer(required=True)
    currency = fields.String(required=True)
    unit = fields.String(required=True)
    effective_from = fields.String(required=True)
    status = fields.String(required=True)


class Tariff(Schema):
    """The price in force today; ``amount_fen`` is None until there is one.

    ``fixed_by_plan``: the plan names the price; else the school sets it, up to ``cap_fen``.
    ``unset`` names the parameters that the bureau has to set first. ``upcoming`` begins later.
    """

    school_id = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    currency = fields.String(required=True)
    unit = fields.String(required=True)
    effective_from = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, allow_none=True)
    fixed_by_plan = fields.Boolean(required=True)
    cap_fen = fields.Integer(required=True, allow_none=True)
    unset = fields.List(fields.String(), required=True)
    upcoming = fields.List(fields.Nested(TariffSet), required=True)


class Waiver(Schema):
    """A waiver in force from one month to another; ``to_month`` None: until further notice."""

    waiver_id = fields.String(required=True)
    school_id = fields.String(required=True)
    student_id = fields.String(required=True)
    category = fields.String(required=True)
    ratio_bp = fields.Integer(required=True)
    from_month = fields.String(required=True)
    to_month = fields.String(required=True, allow_none=True)


class Waivers(Schema):
    """One page of a school's waivers; ``next`` goes into ``after``."""

    items = fields.List(fields.Nested(Waiver), required=True)
    next = fields.String(required=True, allow_none=True)


class NotCharged(Schema):
    """A pupil who could not be charged, and why."""

    student_id = fields.String(required=True)
    code = fields.String(required=True)


class ChargeRun(Schema):
    """What a run did. ``total`` is what this run charged, ``month_total`` what the month comes to.

    ``free`` counts pupils whose services cost nothing.
    """

    month = fields.String(required=True)
    charged = fields.Integer(required=True)
    already_charged = fields.Integer(required=True)
    free = fields.Integer(required=True)
    refused = fields.List(fields.Nested(NotCharged), required=True)
    total = fields.Nested(Money, required=True)
    month_total = fields.Nested(Money, required=True)


class Payment(Schema):
    """Money taken."""

    payment_id = fields.String(required=True)
    amount_fen = fields.Integer(required=True)
    method = fields.String(required=True)
    recorded_at = fields.String(required=True)


class PaymentTaken(Schema):
    """A payment, and how the month stands after it."""

    payment_id = fields.String(required=True)
    student_id = fields.String(required=True)
    month = fields.String(required=True)
    amount_fen = fields.Integer(required=True)
    currency = fields.String(required=True)
    paid_fen = fields.Integer(required=True)
    open_fen = fields.Integer(required=True)


class Charge(Schema):
    """One month of one pupil: amount = standard - waived, open = amount - paid.

    With a ``refund_id`` the month is not owed after all, and nothing is open.
    """

    charge_id = fields.String(required=True)
    school_id = fields.String(required=True)
    student_id = fields.String(required=True)
    term_id = fields.String(required=True)
    month = fields.String(required=True)
    standard_fen = fields.Integer(required=True)
    waived_fen = fields.Integer(required=True)
    amount_fen = fields.Integer(required=True)
    paid_fen = fields.Integer(required=True)
    open_fen = fields.Integer(required=True)
    currency = fields.String(required=True)
    waiver_category = fields.String(required=True, allow_none=True)
    charged_at = fields.String(required=True)
    refund_id = fields.String(required=True, allow_none=True)
    payments = fields.List(fields.Nested(Payment), required=True)


class Charges(Schema):
    """A pupil's charges, newest month first."""

    items = fields.List(fields.Nested(Charge), required=True)
    next = fields.String(required=True, allow_none=True)


class Refund(Schema):
    """A charged month that is asked back; it is open, for paying out is not recorded yet.

    ``amount_fen`` was paid and goes back, ``lapsed_fen`` was still open and is not owed.
    """

    refund_id = fields.String(required=True)
    school_id = fields.String(required=True)
    student_id = fields.String(required=True)
    charge_id = fields.String(required=True)
    month = fields.String(required=True)
    amount_fen = fields.Integer(required=True)
    lapsed_fen = fields.Integer(required=True)
    currency = fields.String(required=True)
    cause = fields.String(required=True)
    requested_at = fields.String(required=True)


class Refunds(Schema):
    """A pupil's refunds, newest first."""

    items = fields.List(fields.Nested(Refund), required=True)
    next = fields.String(required=True, allow_none=True)
