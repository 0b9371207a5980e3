"""Fees' commands and queries. The two tables list every use case."""

from chassis.eventsourcing.application import CommandRoute, QueryRoute
from contracts.fees import requests
from contracts.paging import Page
from services.fees.handlers import refunds
from services.fees.handlers.charges import list_charges, record_payment, run_charges
from services.fees.handlers.scope import (
    EVERYBODY,
    FINANCE,
    LEDGER_READERS,
    own_school,
    school_of_student,
)
from services.fees.handlers.tariffs import get_tariff, set_tariff
from services.fees.handlers.waivers import grant_waiver, list_waivers

COMMANDS = {
    "set_tariff": CommandRoute(set_tariff, FINANCE, own_school, requests.SetTariff()),
    "grant_waiver": CommandRoute(grant_waiver, FINANCE, school_of_student, requests.GrantWaiver()),
    "run_charges": CommandRoute(run_charges, FINANCE, own_school, requests.RunCharges()),
    "record_payment": CommandRoute(
        record_payment, FINANCE, school_of_student, requests.RecordPayment()
    ),
}

QUERIES = {
    **refunds.QUERIES,
    "list_charges": QueryRoute(list_charges, LEDGER_READERS | {"guardian"}, Page()),
    "list_waivers": QueryRoute(list_waivers, LEDGER_READERS, Page()),
    "get_tariff": QueryRoute(get_tariff, EVERYBODY),
}
