"""What happened to pupils in care, and when their guardians were told."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.safety import incidents as said
from registers.schools import own_school
from services.safety.incidents import handlers, tables

FEATURE = Feature(
    handles={
        said.REPORT_INCIDENT: CommandHandler(handlers.report_incident, own_school),
        said.NOTIFY_GUARDIAN: CommandHandler(handlers.notify_guardian, handlers.school_of_incident),
        said.LIST_INCIDENTS: handlers.list_incidents,
    },
    projects={
        said.IncidentReported: [tables.project_report],
        said.IncidentGuardianNotified: [tables.project_notice],
    },
)
