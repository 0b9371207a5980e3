"""Admitting and removing outside bodies that teach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.safety.providers import ProviderAdmitted, ProviderRemoved
from services.safety.providers import errors
from services.safety.providers.domain import PROVIDER, AdmitProvider, RemoveProvider

TODAY = date(2026, 9, 1)
END = date(2027, 8, 31)

provider = Scenario(PROVIDER)

admit = AdmitProvider(
    provider_id="blue-sky",
    school_id="school",
    licence_valid_until=END,
    agreed_price_fen=12_000,
    today=TODAY,
)
admitted = ProviderAdmitted(
    provider_id="blue-sky", school_id="school", licence_valid_until=END, agreed_price_fen=12_000
)
remove = RemoveProvider(effective_on=date(2026, 11, 1), today=TODAY)
removed = ProviderRemoved(
    provider_id="blue-sky", school_id="school", effective_on=date(2026, 11, 1)
)


@pytest.mark.clause("P1-079", "P2-061")
def test_a_provider_is_admitted_with_its_licence_and_price():
    provider.given().when(admit).then(admitted)


def test_admitting_it_again_under_the_same_licence_changes_nothing():
    provider.given(admitted).when(admit).then_nothing()


def test_a_renewed_licence_or_another_price_takes_the_place_of_the_one_before():
    later = date(2028, 8, 31)
    provider.given(admitted).when(replace(admit, licence_valid_until=later)).then(
        replace(admitted, licence_valid_until=later)
    )
    provider.given(admitted).when(replace(admit, agreed_price_fen=None)).then(
        replace(admitted, agreed_price_fen=None)
    )


@pytest.mark.clause("P2-061")
def test_a_licence_holds_through_its_last_day():
    last = replace(admit, licence_valid_until=TODAY)
    provider.given().when(last).then(replace(admitted, licence_valid_until=TODAY))
    over = replace(admit, licence_valid_until=date(2026, 8, 31))
    provider.given().when(over).then_refused(errors.LicenceEnded)


@pytest.mark.clause("P1-079")
def test_a_provider_leaves_from_a_day_on():
    provider.given(admitted).when(remove).then(removed)
    today = replace(remove, effective_on=TODAY)
    provider.given(admitted).when(today).then(replace(removed, effective_on=TODAY))


def test_the_first_removal_stands():
    other = replace(remove, effective_on=date(2026, 12, 1))
    for command in (remove, other):
        provider.given(admitted, removed).when(command).then_nothing()


def test_nobody_leaves_in_the_past_or_who_was_never_there():
    past = replace(remove, effective_on=date(2026, 8, 31))
    provider.given(admitted).when(past).then_refused(errors.RemovalInThePast)
    provider.given().when(remove).then_refused(errors.ProviderUnknown)


@pytest.mark.clause("P1-079")
def test_who_was_removed_may_be_admitted_again_and_leave_again():
    provider.given(admitted, removed).when(admit).then(admitted)
    provider.given(admitted, removed, admitted).when(remove).then(removed)
    provider.given(admitted, removed, admitted).when(admit).then_nothing()
