"""Why a day cannot be declared, or has no service."""

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
