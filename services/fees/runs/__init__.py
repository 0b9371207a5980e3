"""Charging a whole school for a month."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.fees.charges import RUN_CHARGES
from registers.schools import own_school
from services.fees.runs.handlers import run_charges

FEATURE = Feature(handles={RUN_CHARGES: CommandHandler(run_charges, own_school)})
