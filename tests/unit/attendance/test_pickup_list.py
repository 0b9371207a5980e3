"""Who may fetch a child: authorising and revoking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.testing.scenario import Scenario
from contracts.attendance.pickup import PickupAuthorised, PickupRevoked
from services.attendance.pickup import errors
from services.attendance.pickup.domain import (
    PICKUP_LIST,
    AuthoriseGuardian,
    AuthorisePickup,
    RevokePickup,
    standing,
)

TODAY = date(2026, 9, 1)
pickup_list = Scenario(PICKUP_LIST)

authorise = AuthorisePickup(
    authorisation_id="a2",
    student_id="child",
    receiver_id="aunt",
    relation="relative",
    valid_from=TODAY,
    valid_to=None,
    today=TODAY,
)
authorised = PickupAuthorised(
    authorisation_id="a1",
    student_id="child",
    receiver_id="aunt",
    relation="relative",
    valid_from=date(2026, 8, 20),
    valid_to=None,
)
revoke = RevokePickup(receiver_id="aunt", guardian_refused=False)
revoked = PickupRevoked(authorisation_id="a1", student_id="child", receiver_id="aunt")
guardian = AuthoriseGuardian(
    authorisation_id="a2", student_id="child", guardian_id="mum", relation="mother", since=TODAY
)
guardian_authorised = PickupAuthorised(
    authorisation_id="a2",
    student_id="child",
    receiver_id="mum",
    relation="mother",
    valid_from=TODAY,
    valid_to=None,
)


def test_an_adult_is_authorised() -> None:
    pickup_list.given().when(authorise).then(
        replace(authorised, authorisation_id="a2", valid_from=TODAY)
    )


def test_authorising_on_the_same_terms_changes_nothing() -> None:
    pickup_list.given(authorised).when(authorise).then_nothing()


@pytest.mark.parametrize("other", [{"relation": "nanny"}, {"valid_to": TODAY}])
def test_other_terms_replace_the_first(other: dict[str, object]) -> None:
    [event] = PICKUP_LIST.decide(
        PICKUP_LIST.fold([authorised]),
        replace(authorise, **other),
    )

    assert isinstance(event, PickupAuthorised)
    assert event.authorisation_id == "a2"


@pytest.mark.parametrize("last", [date(2026, 8, 31), date(2026, 8, 1)])
def test_validity_that_is_over_or_ends_before_it_begins_is_refused(last: date) -> None:
    pickup_list.given().when(
        replace(authorise, valid_from=date(2026, 8, 20), valid_to=last)
    ).then_refused(errors.ValidityOutOfOrder)


def test_a_linked_guardian_is_authorised_once() -> None:
    pickup_list.given().when(guardian).then(guardian_authorised)
    pickup_list.given(guardian_authorised).when(guardian).then_nothing()


def test_a_guardian_struck_off_does_not_come_back_by_an_import() -> None:
    struck_off = PickupRevoked(authorisation_id="a2", student_id="child", receiver_id="mum")

    gone = pickup_list.given(guardian_authorised, struck_off)
    gone.when(guardian).then_nothing()
    gone.when(replace(guardian, relation="guardian")).then_nothing()


def test_a_guardian_whose_relation_was_corrected_is_listed_with_the_new_one() -> None:
    pickup_list.given(replace(guardian_authorised, relation="parent")).when(guardian).then(
        guardian_authorised
    )


def test_a_revoked_adult_is_struck_off_once() -> None:
    pickup_list.given(authorised).when(revoke).then(revoked)
    pickup_list.given(authorised, revoked).when(revoke).then_nothing()


def test_a_revoked_adult_comes_back_by_a_new_authorisation() -> None:
    pickup_list.given(authorised, revoked).when(authorise).then(
        replace(authorised, authorisation_id="a2", valid_from=TODAY)
    )


def test_nobody_is_struck_off_who_was_never_on_the_list() -> None:
    pickup_list.given().when(revoke).then_refused(errors.AuthorisationUnknown)


def test_a_guardian_is_not_struck_off_by_another() -> None:
    by_the_other = RevokePickup(receiver_id="mum", guardian_refused=True)

    pickup_list.given(guardian_authorised).when(by_the_other).then_refused(errors.GuardianStays)


@pytest.mark.parametrize(
    ("when", "state"),
    [
        (date(2026, 8, 31), "not_yet"),
        (date(2026, 9, 1), "valid"),
        (date(2026, 9, 5), "valid"),
        (date(2026, 9, 6), "expired"),
    ],
)
def test_an_authorisation_holds_from_its_first_to_its_last_day(when: date, state: str) -> None:
    week = replace(authorised, valid_from=TODAY, valid_to=date(2026, 9, 5))

    assert standing(PICKUP_LIST.fold([week]), "aunt", when).state == state


def test_the_standing_of_the_revoked_and_the_unknown() -> None:
    listed = PICKUP_LIST.fold([authorised, revoked])

    assert standing(listed, "aunt", TODAY).state == "revoked"
    assert standing(listed, "stranger", TODAY).state == "unknown"
