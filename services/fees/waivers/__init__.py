"""Pupils who pay less, and why."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.fees import waivers as said
from services.fees.scope import school_of_student
from services.fees.waivers import handlers, tables

FEATURE = Feature(
    handles={
        said.GRANT_WAIVER: CommandHandler(handlers.grant_waiver, school_of_student),
        said.LIST_WAIVERS: handlers.list_waivers,
    },
    projects={said.FeeWaiverGranted: [tables.project]},
)
