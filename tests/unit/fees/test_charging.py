"""Charging one pupil's month, and paying it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.testing.scenario import Scenario
from contracts.fees.charges import FeeCharged, PaymentRecorded
from services.fees.charges import errors
from services.fees.charges.domain.amounts import WaiverTerms, waived_part
from services.fees.charges.domain.charge import CHARGE, ChargeMonth, RecordPayment

HALF = WaiverTerms("registered_poor", 5000, "2026-09", None)

charge = ChargeMonth(
    charge_id="ch-1",
    school_id="s-1",
    student_id="p-1",
    term_id="t-1",
    service_kinds=("after_school_custody",),
    starts_on=date(2026, 9, 1),
    ends_on=date(2027, 1, 20),
    month="2026-09",
    standard_fen=8000,
    waiver=None,
    today=date(2026, 9, 1),
)
charged = FeeCharged(
    charge_id="ch-1",
    school_id="s-1",
    student_id="p-1",
    term_id="t-1",
    month="2026-09",
    standard_fen=8000,
    waived_fen=0,
    amount_fen=8000,
    waiver_category=None,
)
pay = RecordPayment(
    payment_id="pay-1",
    school_id="s-1",
    student_id="p-1",
    month="2026-09",
    amount_fen=5000,
    method="cash",
)
paid = PaymentRecorded(
    payment_id="pay-1",
    school_id="s-1",
    student_id="p-1",
    month="2026-09",
    amount_fen=5000,
    method="cash",
)

month = Scenario(CHARGE)


@pytest.mark.clause("P1-045")
def test_a_month_costs_the_standard():
    month.given().when(charge).then(charged)


@pytest.mark.clause("P1-098")
def test_a_registered_poor_pupil_pays_half():
    month.given().when(replace(charge, waiver=HALF)).then(
        replace(charged, waived_fen=4000, amount_fen=4000, waiver_category="registered_poor")
    )


@pytest.mark.clause("P1-098")
def test_half_a_fen_goes_the_familys_way():
    halved = replace(charge, standard_fen=6501, waiver=HALF)

    month.given().when(halved).then(
        replace(
            charged,
            standard_fen=6501,
            waived_fen=3251,
            amount_fen=3250,
            waiver_category="registered_poor",
        )
    )


@pytest.mark.clause("P1-046")
def test_charging_a_month_twice_changes_nothing():
    month.given(charged).when(replace(charge, charge_id="ch-2", standard_fen=9000)).then_nothing()


@pytest.mark.clause("P1-046")
@pytest.mark.parametrize("today", [date(2026, 8, 31), date(2025, 9, 1)])
def test_a_month_that_has_not_begun_is_not_charged(today):
    month.given().when(replace(charge, today=today)).then_refused(errors.MonthInTheFuture)


@pytest.mark.clause("P1-046")
@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(date(2026, 3, 1), date(2026, 8, 31)), (date(2026, 10, 1), date(2027, 1, 20))],
)
def test_a_month_outside_the_enrolment_is_not_charged(starts_on, ends_on):
    outside = replace(charge, starts_on=starts_on, ends_on=ends_on)

    month.given().when(outside).then_refused(errors.MonthOutsideEnrolment)


def test_one_day_in_the_month_is_enough():
    month.given().when(replace(charge, starts_on=date(2026, 9, 30))).then(charged)


@pytest.mark.clause("P2-016")
@pytest.mark.parametrize("kinds", [("individual_help",), ("lunch", "nap", "flexible_arrival")])
def test_what_is_free_is_never_charged(kinds):
    month.given().when(replace(charge, service_kinds=kinds)).then_nothing()


def test_a_payment_is_recorded():
    month.given(charged).when(pay).then(paid)


def test_the_rest_may_be_paid_exactly():
    month.given(charged, paid).when(replace(pay, amount_fen=3000)).then(
        replace(paid, amount_fen=3000)
    )


def test_a_payment_is_never_above_what_is_open():
    above = replace(pay, amount_fen=3001)

    month.given(charged, paid).when(above).then_refused(errors.PaymentAboveOpenAmount)


@pytest.mark.clause("P1-096")
def test_nothing_is_paid_that_is_not_charged():
    month.given().when(pay).then_refused(errors.ChargeUnknown)


@pytest.mark.clause("P1-098")
@given(standard=st.integers(0, 1_000_000), ratio=st.integers(0, 10_000))
def test_amounts_are_whole_fen_that_add_up(standard, ratio):
    terms = WaiverTerms("any", ratio, "2026-09", None)
    [event] = CHARGE.decide(
        CHARGE.initial_state, replace(charge, standard_fen=standard, waiver=terms)
    )

    assert isinstance(event, FeeCharged)
    assert event.amount_fen + event.waived_fen == event.standard_fen == standard
    assert 0 <= event.amount_fen <= standard
    assert all(type(fen) is int for fen in (event.amount_fen, event.waived_fen))
    # In ten-thousandths of a fen: rounded to the nearest, and exactly one half downwards.
    too_much = event.amount_fen * 10_000 - standard * (10_000 - ratio)
    assert -5_000 <= too_much < 5_000


@given(
    standard=st.integers(0, 1_000_000),
    payments=st.lists(st.integers(1, 400_000), max_size=12),
)
def test_payments_never_exceed_the_charge(standard, payments):
    state = CHARGE.fold(CHARGE.decide(CHARGE.initial_state, replace(charge, standard_fen=standard)))
    taken = 0
    for amount in payments:
        try:
            events = CHARGE.decide(state, replace(pay, amount_fen=amount))
        except errors.PaymentAboveOpenAmount:
            assert taken + amount > standard
            continue
        for event in events:
            state = CHARGE.evolve(state, event)
        taken += amount
    assert taken <= standard


def test_the_oracle_of_a_half_price():
    assert [fen - waived_part(fen, 5000) for fen in (8000, 6501, 1, 0)] == [4000, 3250, 0, 0]
