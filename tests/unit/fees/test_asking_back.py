"""A charged month that is not owed after all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.fees.charges import RefundRequested
from services.fees.charges import errors
from services.fees.charges.domain.charge import CHARGE, RequestRefund
from tests.unit.fees.test_charging import charge, charged, paid, pay

ask_back = RequestRefund(refund_id="r-1", cause="withdrawn")
asked_back = RefundRequested(
    refund_id="r-1",
    school_id="s-1",
    student_id="p-1",
    charge_id="ch-1",
    month="2026-09",
    amount_fen=5000,
    lapsed_fen=3000,
    cause="withdrawn",
)
month = Scenario(CHARGE)


@pytest.mark.clause("P1-079")
def test_what_was_paid_goes_back_and_the_rest_is_not_owed():
    month.given(charged, paid).when(ask_back).then(asked_back)
    unpaid = replace(asked_back, amount_fen=0, lapsed_fen=8000)
    month.given(charged).when(ask_back).then(unpaid)
    whole = replace(paid, amount_fen=8000)
    month.given(charged, whole).when(ask_back).then(
        replace(asked_back, amount_fen=8000, lapsed_fen=0)
    )


def test_a_month_is_asked_back_once_and_only_if_it_was_charged():
    month.given().when(ask_back).then_nothing()
    month.given(charged, asked_back).when(replace(ask_back, refund_id="r-2")).then_nothing()


def test_what_cost_nothing_is_not_asked_back():
    free = replace(charged, waived_fen=8000, amount_fen=0)

    month.given(free).when(ask_back).then_nothing()


@pytest.mark.clause("P1-079")
def test_nothing_is_paid_for_a_month_that_was_asked_back():
    month.given(charged, asked_back).when(pay).then_refused(errors.MonthRefunded)


@pytest.mark.clause("P1-079")
def test_who_comes_back_within_the_month_is_charged_anew_and_pays():
    again = replace(charged, charge_id="ch-2")
    month.given(charged, paid, asked_back).when(replace(charge, charge_id="ch-2")).then(again)
    month.given(charged, paid, asked_back, again).when(pay).then(paid)
    month.given(charged, paid, asked_back, again).when(ask_back).then(
        replace(asked_back, charge_id="ch-2", amount_fen=0, lapsed_fen=8000)
    )
