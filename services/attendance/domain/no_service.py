"""The words for each reason why a service does not take place."""

from __future__ import annotations

from datetime import date

from services.attendance.domain import errors

_REASONS: dict[str, tuple[type[errors.NoServiceDay], str, str]] = {
    "service-not-offered": (
        errors.ServiceNotOffered,
        "本区方案没有为本学段提供此项服务，请改选其他服务。",
        "The district's plan does not offer this service in the school's stage; choose another.",
    ),
    "closed-day": (
        errors.ClosedDay,
        "教育局已申报{date}停课，当天没有课后服务。",
        "The bureau closed {date}; there is no service that day.",
    ),
    "outside-term": (
        errors.OutsideTerm,
        "{date}不在学期内（寒暑假除外），请核对日期，或先由教务开设学期。",
        "{date} is in no term of the school (vacations have no service); check the date.",
    ),
    "calendar-year-undeclared": (
        errors.CalendarYearUndeclared,
        (
            "{date:%Y}年的校历还没有申报。请教育局先用 declare_calendar_year 申报全年，"
            "或用 declare_calendar_day 申报单日。"
        ),
        (
            "The calendar of {date:%Y} is not declared yet. Ask the bureau to declare the year "
            "(declare_calendar_year) or the single day (declare_calendar_day)."
        ),
    ),
    "statutory-holiday": (
        errors.StatutoryHoliday,
        "{date}是法定节假日，没有课后服务。",
        "{date} is a statutory holiday; there is no service.",
    ),
    "makeup-day": (
        errors.MakeupDay,
        "{date}是调休工作日，没有课后服务；如按某个星期几上课，请教育局申报 follows_weekday。",
        (
            "{date} is a make-up workday without service, unless the bureau declares whose weekday "
            "it follows (follows_weekday)."
        ),
    ),
    "not-a-service-weekday": (
        errors.NotAServiceWeekday,
        "{date}不是方案规定的服务日，请选择其他日期。",
        "{date} is not one of the plan's service weekdays; choose another day.",
    ),
    "parameter-unset": (
        errors.ParameterUnset,
        "方案没有规定“{parameter}”，不能开班；请教育局先设定参数 {parameter}。",
        "The plan leaves `{parameter}` blank, so no session can open; the bureau sets it first.",
    ),
}


def error(reason: str, day: date, parameter: str | None) -> errors.NoServiceDay:
    """Return the refusal for ``reason`` on ``day``."""
    kind, zh, en = _REASONS[reason]
    return kind(zh.format(date=day, parameter=parameter), en.format(date=day, parameter=parameter))
