"""Who of the staff may be put in charge of pupils: screenings and responsibility statements."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.safety import fitness as said
from services.safety.fitness import handlers, tables
from services.safety.scope import own_school

FEATURE = Feature(
    handles={
        said.RECORD_SCREENING: CommandHandler(handlers.record_screening, own_school),
        said.SIGN_RESPONSIBILITY_STATEMENT: CommandHandler(
            handlers.sign_responsibility_statement, own_school
        ),
        said.GET_RESPONSIBILITY_STATEMENT: handlers.get_responsibility_statement,
        said.LIST_STAFF_FITNESS: handlers.list_staff_fitness,
    },
    projects={
        said.StaffScreened: [tables.screenings.project],
        said.ResponsibilityStatementSigned: [tables.statements.project],
    },
)
