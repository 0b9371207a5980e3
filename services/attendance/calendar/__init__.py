"""The service calendar: which days a school has service, in which window, and why not."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.attendance import calendar as said
from services.attendance.calendar import handlers, tables

FEATURE = Feature(
    handles={
        said.DECLARE_CALENDAR_YEAR: CommandHandler(
            handlers.declare_calendar_year, handlers.own_district
        ),
        said.DECLARE_CALENDAR_DAY: CommandHandler(
            handlers.declare_calendar_day, handlers.own_district
        ),
        said.GET_CALENDAR: handlers.get_calendar,
    },
    projects={
        said.CalendarYearDeclared: [tables.years.project],
        said.CalendarDayDeclared: [tables.days.project],
    },
)
