"""What people say a school does against the plans, by name or without."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.safety import breaches as said
from services.safety.breaches import handlers, tables
from services.safety.scope import own_school

FEATURE = Feature(
    handles={
        said.REPORT_BREACH: CommandHandler(
            handlers.report_breach, own_school, unnamed=lambda request: bool(request.anonymous)
        ),
        said.LIST_BREACHES: handlers.list_breaches,
    },
    projects={said.BreachReported: [tables.project]},
)
