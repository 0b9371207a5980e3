"""The outside bodies that teach in a school's service: admitted, and removed."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.safety import providers as said
from services.safety.providers import handlers, tables
from services.safety.scope import own_school

FEATURE = Feature(
    handles={
        said.ADMIT_PROVIDER: CommandHandler(handlers.admit_provider, own_school),
        said.REMOVE_PROVIDER: CommandHandler(handlers.remove_provider, own_school),
        said.LIST_PROVIDERS: handlers.list_providers,
    },
    projects={
        said.ProviderAdmitted: [tables.project_admission],
        said.ProviderRemoved: [tables.project_removal],
    },
)
