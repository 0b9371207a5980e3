"""Screening staff, and signing the responsibility statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.safety.fitness import ResponsibilityStatementSigned, StaffScreened
from services.safety.fitness import errors, statements
from services.safety.fitness.domain import FITNESS, RecordScreening, SignResponsibilityStatement

CHECKED, TODAY, END = date(2026, 8, 20), date(2026, 9, 1), date(2027, 8, 19)

fitness = Scenario(FITNESS)

screen = RecordScreening(
    staff_id="wang",
    school_id="school",
    result="clear",
    checked_on=CHECKED,
    valid_until=END,
    today=TODAY,
)
cleared = StaffScreened(
    staff_id="wang", school_id="school", result="clear", checked_on=CHECKED, valid_until=END
)
bar = replace(screen, result="barred", valid_until=None)
barred = replace(cleared, result="barred", valid_until=None)
sign = SignResponsibilityStatement(
    staff_id="wang",
    school_id="school",
    term_id="autumn",
    statement_version="2026-1",
    current_version="2026-1",
    text_sha256="a" * 64,
    by="staff",
)
signed = ResponsibilityStatementSigned(
    staff_id="wang",
    school_id="school",
    term_id="autumn",
    statement_version="2026-1",
    text_sha256="a" * 64,
    by="staff",
)


@pytest.mark.clause("P1-031", "P2-060")
def test_a_check_is_recorded_clear_until_a_day():
    fitness.given().when(screen).then(cleared)


@pytest.mark.clause("P1-031", "P2-060")
def test_a_check_can_bar_and_a_bar_has_no_end():
    fitness.given().when(replace(bar, valid_until=END)).then(barred)


def test_recording_the_same_check_again_changes_nothing():
    fitness.given(cleared).when(screen).then_nothing()


def test_a_newer_check_follows_an_older_one():
    later = replace(screen, checked_on=TODAY)

    fitness.given(cleared).when(later).then(replace(cleared, checked_on=TODAY))


def test_no_check_is_in_the_future():
    tomorrow = replace(screen, checked_on=date(2026, 9, 2))

    fitness.given().when(tomorrow).then_refused(errors.ScreeningInTheFuture)


@pytest.mark.parametrize("until", [None, date(2026, 8, 19)])
def test_a_clear_check_says_until_when(until):
    fitness.given().when(replace(screen, valid_until=until)).then_refused(
        errors.ScreeningWithoutEnd
    )


@pytest.mark.clause("P1-031", "P2-060")
@pytest.mark.parametrize("checked_on", [CHECKED, date(2026, 8, 19)])
def test_a_bar_is_not_lifted_by_a_check_of_the_same_day_or_before(checked_on):
    fitness.given(barred).when(replace(screen, checked_on=checked_on)).then_refused(
        errors.ScreeningSuperseded
    )


@pytest.mark.clause("P1-031", "P2-060")
def test_a_bar_is_lifted_by_a_later_clear_check():
    later = replace(screen, checked_on=TODAY)

    fitness.given(barred).when(later).then(replace(cleared, checked_on=TODAY))


def test_of_one_day_the_bar_wins():
    fitness.given(cleared).when(bar).then(barred)


@pytest.mark.clause("P1-032", "P2-099")
def test_the_statement_in_force_is_signed_for_a_term():
    fitness.given(cleared).when(sign).then(signed)


def test_signing_again_changes_nothing_also_once_there_is_a_newer_version():
    fitness.given(signed).when(replace(sign, by="office")).then_nothing()
    fitness.given(signed).when(replace(sign, current_version="2027-1")).then_nothing()


@pytest.mark.clause("P1-032")
def test_a_newer_version_and_another_term_are_signed_anew():
    newer = replace(sign, statement_version="2027-1", current_version="2027-1")

    fitness.given(signed).when(newer).then(replace(signed, statement_version="2027-1"))
    fitness.given(signed).when(replace(sign, term_id="spring")).then(
        replace(signed, term_id="spring")
    )


@pytest.mark.clause("P1-032")
def test_another_version_than_the_one_in_force_is_not_signed():
    fitness.given().when(replace(sign, statement_version="2025-1")).then_refused(
        errors.StatementOutdated
    )


@pytest.mark.clause("P2-099")
def test_the_statement_that_comes_with_the_product_is_the_newest_that_has_begun():
    current = statements.current(TODAY)

    assert current == statements.statements()[-1]
    assert "责任书" in current.text
    assert len(current.sha256) == 64
