"""Publicising the accepted pupils."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.publicity import (
    AcceptedListPublished,
    ListConfirmed,
    ObjectionRaised,
    ObjectionResolved,
)
from services.enrollment.application.domain import errors as application_errors
from services.enrollment.application.domain.publicity import (
    PUBLICITY,
    ConfirmList,
    PublishList,
    RaiseObjection,
    ResolveObjection,
    last_day,
)
from services.enrollment.register.domain import errors as register_errors

THURSDAY = date(2026, 8, 20)

publish = PublishList(
    publicity_id="p-1",
    school_id="s-1",
    term_id="t-1",
    application_ids=("a-1", "a-2"),
    working_days=5,
    today=THURSDAY,
)
published = AcceptedListPublished(
    publicity_id="p-1",
    school_id="s-1",
    term_id="t-1",
    application_ids=("a-1", "a-2"),
    published_on=THURSDAY,
    closes_on=date(2026, 8, 27),
)
confirm = ConfirmList(standing=("a-1",), today=date(2026, 8, 28))
confirmed = ListConfirmed(
    publicity_id="p-1", school_id="s-1", term_id="t-1", application_ids=("a-1",)
)
publicity = Scenario(PUBLICITY)


@pytest.mark.clause("P1-063")
def test_the_accepted_are_publicised_for_the_working_days_of_the_profile():
    publicity.given().when(publish).then(published)


def test_publishing_the_same_list_again_changes_nothing():
    publicity.given(published).when(publish).then_nothing()


@pytest.mark.clause("P1-063")
def test_an_empty_list_is_not_publicised():
    publicity.given().when(replace(publish, application_ids=())).then_refused(
        application_errors.NothingToPublish
    )


@pytest.mark.clause("P1-063")
def test_the_list_is_confirmed_the_day_after_the_period_with_those_who_still_stand():
    publicity.given(published).when(confirm).then(confirmed)


@pytest.mark.clause("P1-063")
@pytest.mark.parametrize("today", [THURSDAY, date(2026, 8, 27)])
def test_it_is_not_confirmed_before(today):
    publicity.given(published).when(replace(confirm, today=today)).then_refused(
        application_errors.PublicityNotOver
    )


def test_confirming_twice_changes_nothing():
    publicity.given(published, confirmed).when(confirm).then_nothing()


def test_an_unknown_list_is_not_confirmed():
    publicity.given().when(confirm).then_refused(register_errors.PublicityUnknown)


@pytest.mark.parametrize(
    ("published_on", "days", "closes_on"),
    [
        (date(2026, 8, 21), 1, date(2026, 8, 24)),
        (date(2026, 8, 22), 1, date(2026, 8, 24)),
        (date(2026, 8, 23), 5, date(2026, 8, 28)),
        (date(2026, 8, 24), 5, date(2026, 8, 31)),
    ],
)
def test_only_monday_to_friday_count_and_the_first_day_does_not(published_on, days, closes_on):
    assert last_day(published_on, days) == closes_on


raise_ = RaiseObjection(objection_id="o-1", today=date(2026, 8, 27))
raised = ObjectionRaised(publicity_id="p-1", objection_id="o-1")
resolve = ResolveObjection(objection_id="o-1", upheld=False)
resolved = ObjectionResolved(publicity_id="p-1", objection_id="o-1", upheld=False)


@pytest.mark.clause("P1-063")
def test_an_objection_is_raised_while_the_list_is_shown():
    publicity.given(published).when(raise_).then(raised)
    publicity.given(published, raised).when(raise_).then_nothing()
    late = replace(raise_, today=date(2026, 8, 28))
    publicity.given(published).when(late).then_refused(application_errors.PublicityOver)
    publicity.given(published, confirmed).when(raise_).then_refused(
        application_errors.PublicityOver
    )
    publicity.given().when(raise_).then_refused(register_errors.PublicityUnknown)


@pytest.mark.clause("P1-063")
def test_a_list_with_an_open_objection_is_not_confirmed():
    publicity.given(published, raised).when(confirm).then_refused(application_errors.ObjectionsOpen)
    publicity.given(published, raised, resolved).when(confirm).then(confirmed)


def test_an_objection_is_resolved_once():
    publicity.given(published, raised).when(resolve).then(resolved)
    publicity.given(published, raised, resolved).when(resolve).then_nothing()
    publicity.given(published).when(resolve).then_refused(application_errors.ObjectionUnknown)
