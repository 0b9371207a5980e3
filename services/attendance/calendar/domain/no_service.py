"""The refusal for each reason why a service does not take place."""

from __future__ import annotations

from datetime import date

from services.attendance.calendar import errors


def error(reason: str, day: date, parameter: str | None) -> errors.NoServiceDay:
    """Return the refusal for ``reason`` on ``day``."""
    match reason:
        case "service-not-offered":
            return errors.ServiceNotOffered()
        case "closed-day":
            return errors.ClosedDay(date=day)
        case "outside-term":
            return errors.OutsideTerm(date=day)
        case "calendar-year-undeclared":
            return errors.CalendarYearUndeclared(year=day.year)
        case "statutory-holiday":
            return errors.StatutoryHoliday(date=day)
        case "makeup-day":
            return errors.MakeupDay(date=day)
        case "not-a-service-weekday":
            return errors.NotAServiceWeekday(date=day)
        case "parameter-unset":
            return errors.ParameterUnset(parameter=parameter)
    raise KeyError(reason)
