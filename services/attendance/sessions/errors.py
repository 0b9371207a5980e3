"""Why a session cannot be opened, or its roll taken."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


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


class SessionUnknown(NotFound):
    code = "attendance.session-unknown"


class DayIsOver(BusinessRuleViolation):
    code = "attendance.day-is-over"
    clauses = ("P2-103",)


class DayIsAhead(BusinessRuleViolation):
    code = "attendance.day-is-ahead"
    clauses = ("P2-103",)


class NobodyExpected(BusinessRuleViolation):
    code = "attendance.nobody-expected"
    clauses = ("P1-039",)
