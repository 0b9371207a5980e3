"""An outside body teaches only while the school admits it and its licence holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from services.enrollment.offerings.domain import commands, errors
from services.enrollment.offerings.domain.offering import OFFERING
from services.enrollment.offerings.domain.providers import Provider
from tests.unit.enrollment.term.test_offering import amended, propose, proposed, returned, setting

TODAY = date(2026, 9, 1)
FIT = Provider(licence_valid_until=TODAY, leaves_on=None, today=TODAY)
UNFIT = {
    "unknown": None,
    "expired": replace(FIT, licence_valid_until=date(2026, 8, 31)),
    "removed": replace(FIT, leaves_on=TODAY),
    "leaving": replace(FIT, leaves_on=date(2026, 12, 1)),
}
outside = replace(proposed, taught_by="blue-sky")
offering = Scenario(OFFERING)


def proposing(provider):
    return replace(propose, taught_by="blue-sky", setting=replace(setting, provider=provider))


def amending(provider):
    terms = replace(propose.terms, capacity=10)
    return commands.AmendOffering(terms=terms, setting=replace(setting, provider=provider))


def opening(provider):
    return commands.OpenOffering(plan_in_force=True, provider=provider)


@pytest.mark.clause("P1-079", "P2-061")
def test_an_admitted_provider_with_a_valid_licence_teaches():
    offering.given().when(proposing(FIT)).then(outside)
    offering.given(outside).when(amending(FIT)).then(replace(amended, capacity=10))
    [opened] = OFFERING.decide(OFFERING.fold([outside]), opening(FIT))
    assert opened.offering_id == "o-1"


@pytest.mark.clause("P1-079", "P2-061")
@pytest.mark.parametrize("why", UNFIT)
def test_no_other_body_teaches(why):
    offering.given().when(proposing(UNFIT[why])).then_refused(errors.ProviderNotAdmitted)
    for wish in (amending, opening):
        offering.given(outside).when(wish(UNFIT[why])).then_refused(errors.ProviderNotAdmitted)
    amend = amending(UNFIT[why])
    offering.given(outside, returned).when(amend).then_refused(errors.ProviderNotAdmitted)


def test_what_does_not_change_is_not_looked_at():
    same = replace(amending(None), terms=propose.terms)

    offering.given(outside).when(same).then_nothing()


def test_the_schools_own_staff_need_no_admission():
    offering.given().when(propose).then(proposed)
