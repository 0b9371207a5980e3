"""Why a month is not charged, or a payment not taken."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class MonthAlreadyCharged(BusinessRuleViolation):
    code = "fees.month-already-charged"
    clauses = ("P1-096", "P2-096")


class MonthInTheFuture(BusinessRuleViolation):
    code = "fees.month-in-the-future"
    clauses = ("P1-046",)


class MonthOutsideEnrolment(BusinessRuleViolation):
    code = "fees.month-outside-enrolment"
    clauses = ("P1-046",)


class ChargeUnknown(NotFound):
    code = "fees.charge-unknown"


class MonthRefunded(BusinessRuleViolation):
    code = "fees.month-refunded"
    clauses = ("P1-079",)


class PaymentAboveOpenAmount(BusinessRuleViolation):
    code = "fees.payment-above-open-amount"
    clauses = ("P1-096", "P2-096")
