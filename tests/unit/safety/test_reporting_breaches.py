"""Reporting that a school does what is forbidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.safety.breaches import BreachReported
from services.safety.breaches import errors
from services.safety.breaches.domain import BREACH, ReportBreach

TODAY = date(2026, 9, 1)

breach = Scenario(BREACH)

report = ReportBreach(
    breach_id="b-1",
    school_id="school",
    kind="collective_teaching",
    source_role="guardian",
    anonymous=False,
    occurred_on=TODAY,
    today=TODAY,
)
reported = BreachReported(
    breach_id="b-1",
    school_id="school",
    kind="collective_teaching",
    source_role="guardian",
    anonymous=False,
    occurred_on=TODAY,
)


@pytest.mark.clause("P1-009", "P2-006", "P2-010")
@pytest.mark.parametrize("kind", ["collective_teaching", "makeup", "forced_enrolment"])
def test_a_breach_is_reported(kind):
    breach.given().when(replace(report, kind=kind)).then(replace(reported, kind=kind))


def test_the_day_may_be_left_out():
    breach.given().when(replace(report, occurred_on=None)).then(replace(reported, occurred_on=None))


def test_reporting_the_same_breach_again_changes_nothing():
    breach.given(reported).when(report).then_nothing()


def test_a_breach_is_not_in_the_future():
    breach.given().when(replace(report, occurred_on=date(2026, 9, 2))).then_refused(
        errors.BreachInTheFuture
    )
