"""Granting a pupil a waiver."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.fees.waivers import FeeWaiverGranted
from services.fees.charges.errors import MonthAlreadyCharged
from services.fees.waivers import errors
from services.fees.waivers.domain import WAIVERS, GrantWaiver

grant = GrantWaiver(
    waiver_id="w-1",
    school_id="s-1",
    student_id="p-1",
    category="registered_poor",
    ratio_bp=5000,
    from_month="2026-09",
    to_month="2027-01",
    charged_through=None,
)
granted = FeeWaiverGranted(
    waiver_id="w-1",
    school_id="s-1",
    student_id="p-1",
    category="registered_poor",
    ratio_bp=5000,
    from_month="2026-09",
    to_month="2027-01",
)

waivers = Scenario(WAIVERS)


@pytest.mark.clause("P1-097")
def test_a_waiver_is_granted_at_the_policys_ratio():
    waivers.given().when(grant).then(granted)


def test_the_same_waiver_again_changes_nothing():
    waivers.given(granted).when(replace(grant, waiver_id="w-2")).then_nothing()


@pytest.mark.clause("P2-073")
def test_a_ratio_that_nobody_has_set_is_named():
    waivers.given().when(replace(grant, ratio_bp=None)).then_refused(errors.ParameterUnset)
    with pytest.raises(errors.ParameterUnset, match="waiver_ratio_bp"):
        WAIVERS.decide((), replace(grant, ratio_bp=None))


@pytest.mark.parametrize(
    ("first", "last"), [("2026-12", None), ("2026-01", "2026-09"), ("2026-01", None)]
)
def test_a_month_has_one_waiver_at_most(first, last):
    other = replace(grant, from_month=first, to_month=last)

    waivers.given(granted).when(other).then_refused(errors.WaiverOverlaps)


def test_a_waiver_may_follow_another():
    later = replace(grant, waiver_id="w-2", from_month="2027-02", to_month=None)

    waivers.given(granted).when(later).then(
        replace(granted, waiver_id="w-2", from_month="2027-02", to_month=None)
    )


def test_a_waiver_does_not_end_before_it_begins():
    waivers.given().when(replace(grant, to_month="2026-08")).then_refused(
        errors.WaiverMonthsReversed
    )


def test_a_charged_month_is_not_waived_afterwards():
    late = replace(grant, charged_through="2026-09")

    waivers.given().when(late).then_refused(MonthAlreadyCharged)
    waivers.given().when(replace(late, from_month="2026-10")).then(
        replace(granted, from_month="2026-10")
    )
