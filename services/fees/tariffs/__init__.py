"""A school's price per pupil and month."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.fees import tariffs as said
from registers.schools import own_school
from services.fees.tariffs import handlers, tables

FEATURE = Feature(
    handles={
        said.SET_TARIFF: CommandHandler(handlers.set_tariff, own_school),
        said.GET_TARIFF: handlers.get_tariff,
    },
    projects={said.TariffActivated: [tables.project]},
)
