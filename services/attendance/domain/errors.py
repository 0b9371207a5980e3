"""Why an attendance command can be refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class CalendarYearUnknown(BusinessRuleViolation):
    code = "attendance.calendar-year-unknown"
    clauses = ("P1-014",)


class CalendarDayOutOfYear(BusinessRuleViolation):
    code = "attendance.calendar-day-out-of-year"
    kind = "invalid"


class DistrictUnknown(NotFound):
    code = "attendance.district-unknown"


class NoServiceDay(BusinessRuleViolation):
    """Base of the reasons why a service does not take place on a day."""

    code = "attendance.no-service-day"


class CalendarYearUndeclared(NoServiceDay):
    code = "attendance.calendar-year-undeclared"
    clauses = ("P1-014",)


class StatutoryHoliday(NoServiceDay):
    code = "attendance.statutory-holiday"
    clauses = ("P1-014",)


class ClosedDay(NoServiceDay):
    code = "attendance.closed-day"
    clauses = ("P1-014",)


class MakeupDay(NoServiceDay):
    code = "attendance.makeup-day"
    clauses = ("P1-013",)


class NotAServiceWeekday(NoServiceDay):
    code = "attendance.not-a-service-weekday"
    clauses = ("P1-013",)


class OutsideTerm(NoServiceDay):
    code = "attendance.outside-term"
    clauses = ("P1-014",)


class ServiceNotOffered(NoServiceDay):
    code = "attendance.service-not-offered"


class ParameterUnset(NoServiceDay):
    code = "attendance.parameter-unset"
    clauses = ("P2-034",)


class OutsideWindow(BusinessRuleViolation):
    code = "attendance.outside-window"
    clauses = ("P1-015", "P1-016", "P2-037")


class OfferingUnknown(NotFound):
    code = "attendance.offering-unknown"


class OfferingNotOpen(BusinessRuleViolation):
    code = "attendance.offering-not-open"
    clauses = ("P1-087", "P2-045")


class NotAnOfferingDay(BusinessRuleViolation):
    code = "attendance.not-an-offering-day"
    clauses = ("P1-087", "P2-045")


class ContentNotApproved(BusinessRuleViolation):
    code = "attendance.content-not-approved"
    clauses = ("P1-087", "P2-045")


class ClassNotOffered(BusinessRuleViolation):
    code = "attendance.class-not-offered"


class OutsideOffering(BusinessRuleViolation):
    """Re-timed without the guard that an amendment passes."""

    code = "attendance.outside-offering"
    clauses = ("P1-036",)


class StaffUnknown(NotFound):
    code = "attendance.staff-unknown"


class NotReady(BusinessRuleViolation):
    """Facts of enrollment are still on their way."""

    code = "attendance.not-ready"
    kind = "unavailable"


class SessionUnknown(NotFound):
    code = "attendance.session-unknown"


class ClassUnknown(NotFound):
    code = "attendance.class-unknown"


class PupilUnknown(NotFound):
    code = "attendance.pupil-unknown"


class DayIsOver(BusinessRuleViolation):
    code = "attendance.day-is-over"
    clauses = ("P2-103",)


class DayIsAhead(BusinessRuleViolation):
    code = "attendance.day-is-ahead"
    clauses = ("P2-103",)


class NobodyExpected(BusinessRuleViolation):
    code = "attendance.nobody-expected"
    clauses = ("P1-039",)


class AuthorisationUnknown(NotFound):
    code = "attendance.authorisation-unknown"


class ValidityOutOfOrder(BusinessRuleViolation):
    code = "attendance.validity-out-of-order"
    kind = "invalid"


class GuardianStays(BusinessRuleViolation):
    code = "attendance.guardian-stays"


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
