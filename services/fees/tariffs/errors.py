"""Why a school has no price, or may not set this one."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation


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
