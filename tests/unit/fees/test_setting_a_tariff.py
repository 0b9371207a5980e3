"""Setting a school's price under a cap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.fees.tariffs import TariffActivated
from services.fees.charges.errors import MonthAlreadyCharged
from services.fees.tariffs import errors
from services.fees.tariffs.domain.pricing import CappedByPlan, FixedByPlan, standard_fee
from services.fees.tariffs.domain.tariff import TARIFF, SetTariff

CAP = CappedByPlan("fee_cap_primary_fen", 6000)

order = SetTariff(
    school_id="s-1",
    amount_fen=6000,
    effective_from=date(2026, 9, 1),
    pricing=CAP,
    charged_through=None,
)
active = TariffActivated(school_id="s-1", amount_fen=6000, effective_from=date(2026, 9, 1))

tariff = Scenario(TARIFF)


def test_a_school_sets_a_price_up_to_the_cap():
    tariff.given().when(order).then(active)


def test_the_same_price_again_changes_nothing():
    tariff.given(active).when(order).then_nothing()


@pytest.mark.clause("P2-065")
def test_a_price_above_the_cap_is_refused():
    tariff.given().when(replace(order, amount_fen=6001)).then_refused(errors.TariffAboveCap)


@pytest.mark.clause("P2-065", "P2-066")
@pytest.mark.parametrize("name", ["fee_cap_primary_fen", "fee_cap_junior_fen"])
def test_a_cap_that_nobody_has_set_is_named(name):
    blank = CappedByPlan(name, None)

    with pytest.raises(errors.ParameterUnset, match=name):
        TARIFF.decide(TARIFF.initial_state, replace(order, pricing=blank))
    with pytest.raises(errors.ParameterUnset, match=name):
        standard_fee(blank, 6000)


@pytest.mark.clause("P1-045", "P1-096")
def test_no_school_sets_a_price_where_the_plan_names_it():
    tariff.given().when(replace(order, pricing=FixedByPlan(8000))).then_refused(
        errors.TariffFixedByPlan
    )


def test_a_price_holds_for_whole_months():
    middle = replace(order, effective_from=date(2026, 9, 2))

    tariff.given().when(middle).then_refused(errors.TariffNotFromFirstOfMonth)


def test_a_charged_month_keeps_its_price():
    lower = replace(order, amount_fen=5000, charged_through="2026-09")

    tariff.given(active).when(lower).then_refused(MonthAlreadyCharged)
    tariff.given(active).when(replace(lower, effective_from=date(2026, 10, 1))).then(
        replace(active, amount_fen=5000, effective_from=date(2026, 10, 1))
    )


def test_the_standard_is_the_plans_or_the_schools():
    assert standard_fee(FixedByPlan(8000), None) == 8000
    assert standard_fee(CAP, 5500) == 5500
    with pytest.raises(errors.TariffMissing):
        standard_fee(CAP, None)
    with pytest.raises(errors.TariffAboveCap):
        standard_fee(CAP, 6001)
