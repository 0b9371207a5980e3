"""Why a child does not leave with an adult."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation


class PickupRefusal(BusinessRuleViolation):
    """Base of the refusals at the gate; each is on record as a ``PickupRefused``."""

    code = "attendance.pickup-refused"
    clauses = ("P1-084", "P2-102")


class WrongCode(PickupRefusal):
    code = "attendance.wrong-code"


class ReceiverNotAuthorised(PickupRefusal):
    code = "attendance.receiver-not-authorised"


class ReceiverRevoked(PickupRefusal):
    code = "attendance.receiver-revoked"


class AlreadyHandedOver(PickupRefusal):
    code = "attendance.already-handed-over"


class NotInCare(PickupRefusal):
    code = "attendance.not-in-care"


class CodeExpired(PickupRefusal):
    code = "attendance.code-expired"


class CodeLocked(PickupRefusal):
    code = "attendance.code-locked"


class CodeUnknown(PickupRefusal):
    """A search by code only; a hand-over with it is a ``WrongCode``."""

    code = "attendance.code-unknown"


class StillInCare(BusinessRuleViolation):
    """A child who is in the school's care cannot be forgotten yet."""

    code = "attendance.still-in-care"
