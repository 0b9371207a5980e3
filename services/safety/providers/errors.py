"""Why a provider is not admitted or not removed."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class ProviderUnknown(NotFound):
    code = "safety.provider-unknown"


class LicenceEnded(BusinessRuleViolation):
    code = "safety.licence-ended"
    clauses = ("P1-079", "P2-061")


class RemovalInThePast(BusinessRuleViolation):
    code = "safety.removal-in-the-past"
    clauses = ("P1-079",)
