"""Why a fees command can be refused."""

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class SchoolUnknown(NotFound):
    code = "fees.school-unknown"


class StudentUnknown(NotFound):
    code = "fees.student-unknown"


class PolicyNotYet(BusinessRuleViolation):
    """The district's policy has not reached this service."""

    code = "fees.policy-not-yet"


class ParameterUnset(BusinessRuleViolation):
    """The plan leaves a number blank that this needs, and the bureau has not set it."""

    code = "fees.parameter-unset"


class PrimaryCapUnset(ParameterUnset):
    clauses = ("P2-065",)


class JuniorCapUnset(ParameterUnset):
    clauses = ("P2-066",)


class WaiverRatioUnset(ParameterUnset):
    clauses = ("P2-073",)


UNSET = {"fee_cap_primary_fen": PrimaryCapUnset, "fee_cap_junior_fen": JuniorCapUnset}
"""Cap parameter → the refusal that names it."""


class TariffFixedByPlan(BusinessRuleViolation):
    code = "fees.tariff-fixed-by-plan"
    clauses = ("P1-045", "P1-096")


class TariffAboveCap(BusinessRuleViolation):
    code = "fees.tariff-above-cap"
    clauses = ("P2-065", "P2-066", "P2-096")


class TariffNotFromFirstOfMonth(BusinessRuleViolation):
    code = "fees.tariff-not-from-first-of-month"
    clauses = ("P1-045", "P1-046")


class TariffMissing(BusinessRuleViolation):
    code = "fees.tariff-missing"
    clauses = ("P1-096", "P2-096")


class MonthAlreadyCharged(BusinessRuleViolation):
    code = "fees.month-already-charged"
    clauses = ("P1-096", "P2-096")


class MonthInTheFuture(BusinessRuleViolation):
    code = "fees.month-in-the-future"
    clauses = ("P1-046",)


class MonthOutsideEnrolment(BusinessRuleViolation):
    code = "fees.month-outside-enrolment"
    clauses = ("P1-046",)


class WaiverMonthsReversed(BusinessRuleViolation):
    code = "fees.waiver-months-reversed"
    kind = "invalid"


class WaiverOverlaps(BusinessRuleViolation):
    code = "fees.waiver-overlaps"
    clauses = ("P1-098",)


class ChargeUnknown(NotFound):
    code = "fees.charge-unknown"


class MonthRefunded(BusinessRuleViolation):
    code = "fees.month-refunded"
    clauses = ("P1-079",)


class PaymentAboveOpenAmount(BusinessRuleViolation):
    code = "fees.payment-above-open-amount"
    clauses = ("P1-096", "P2-096")
