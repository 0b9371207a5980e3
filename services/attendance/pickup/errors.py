"""Why somebody cannot be put on or off a pick-up list."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class AuthorisationUnknown(NotFound):
    code = "attendance.authorisation-unknown"


class ValidityOutOfOrder(BusinessRuleViolation):
    code = "attendance.validity-out-of-order"
    kind = "invalid"


class GuardianStays(BusinessRuleViolation):
    code = "attendance.guardian-stays"
