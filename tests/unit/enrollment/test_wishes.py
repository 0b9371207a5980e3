"""Ranked choices, and the priority that a pupil is granted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.testing.scenario import Scenario
from contracts.enrollment.places import OfferingsChosen, PriorityGranted
from services.enrollment.places.domain import errors
from services.enrollment.places.domain.wishes import (
    CHOICES,
    PRIORITY,
    ChooseOfferings,
    GrantPriority,
)

choices = Scenario(CHOICES)
priority = Scenario(PRIORITY)

choose = ChooseOfferings(student_id="ann", term_id="autumn", offering_ids=("ball", "chess"))
chosen = OfferingsChosen(student_id="ann", term_id="autumn", offering_ids=("ball", "chess"))

KNOWN = ("disabled", "left_behind", "migrant_worker_child", "economic_hardship")
grant = GrantPriority(student_id="ann", category="disabled", known=KNOWN, by_authority=False)
granted = PriorityGranted(student_id="ann", category="disabled")
other = replace(grant, category="other")


def test_choices_are_kept_in_their_order():
    choices.given().when(choose).then(chosen)


def test_the_same_choices_again_change_nothing():
    choices.given(chosen).when(choose).then_nothing()


@pytest.mark.parametrize("wanted", [("chess", "ball"), ("ball",), ()])
def test_others_replace_them(wanted: tuple[str, ...]):
    choices.given(chosen).when(replace(choose, offering_ids=wanted)).then(
        replace(chosen, offering_ids=wanted)
    )


def test_taking_back_what_was_never_chosen_changes_nothing():
    choices.given().when(replace(choose, offering_ids=())).then_nothing()


@pytest.mark.clause("P2-012", "P2-013", "P2-014", "P2-015")
@pytest.mark.parametrize("category", KNOWN)
def test_the_school_grants_what_the_policy_lists(category: str):
    priority.given().when(replace(grant, category=category)).then(
        replace(granted, category=category)
    )


def test_granted_once_it_stays():
    priority.given(granted).when(grant).then_nothing()
    priority.given(granted).when(replace(grant, known=())).then_nothing()


def test_a_second_category_is_granted_beside_the_first():
    priority.given(granted).when(replace(grant, category="left_behind")).then(
        replace(granted, category="left_behind")
    )


@pytest.mark.parametrize("by_authority", [False, True])
def test_what_the_policy_does_not_list_is_no_priority(by_authority: bool):
    unlisted = replace(grant, known=("left_behind",), by_authority=by_authority)
    priority.given().when(unlisted).then_refused(errors.PriorityUnknown)


@pytest.mark.clause("P2-015")
def test_what_a_plan_leaves_open_is_granted_by_the_authority_only():
    priority.given().when(other).then_refused(errors.PriorityNeedsAuthority)
    priority.given().when(replace(other, by_authority=True)).then(
        replace(granted, category="other")
    )


@pytest.mark.clause("P2-015")
def test_the_authority_may_open_a_category_to_schools():
    priority.given().when(replace(other, known=(*KNOWN, "other"))).then(
        replace(granted, category="other")
    )
