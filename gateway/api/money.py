"""Tariffs, monthly charges, waivers and payments."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.fees import replies, requests
from contracts.paging import Page
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/tariffs",
        "fees",
        "get_tariff",
        "Show the price in force, and what comes",
        None,
        replies.Tariff,
    ),
    Command(
        "/schools/{school_id}/tariffs",
        "fees",
        "set_tariff",
        "Set the price from a month on",
        requests.SetTariff,
        replies.TariffSet,
    ),
    Command(
        "/schools/{school_id}/charges:run",
        "fees",
        "run_charges",
        "Charge every enrolled pupil for a month, once",
        requests.RunCharges,
        replies.ChargeRun,
    ),
    Query(
        "/students/{student_id}/charges",
        "fees",
        "list_charges",
        "List a pupil's charges and payments",
        Page,
        replies.Charges,
    ),
    Query(
        "/students/{student_id}/refunds",
        "fees",
        "list_refunds",
        "List what is to be given back to a pupil's family",
        Page,
        replies.Refunds,
    ),
    Query(
        "/schools/{school_id}/waivers",
        "fees",
        "list_waivers",
        "List a school's waivers",
        Page,
        replies.Waivers,
    ),
    Command(
        "/students/{student_id}/waivers",
        "fees",
        "grant_waiver",
        "Grant a pupil a waiver",
        requests.GrantWaiver,
        replies.Waiver,
    ),
    Command(
        "/students/{student_id}/payments",
        "fees",
        "record_payment",
        "Record a payment",
        requests.RecordPayment,
        replies.PaymentTaken,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
