"""Demand and places side by side: what the plan's content is decided by."""

from __future__ import annotations

import pytest

from contracts.enrollment.surveys import Demand
from contracts.schemas import schema_of
from tests.component.enrollment.terms import Term, plan_for
from tests.component.enrollment.test_offering_a_service import club, offering
from tests.component.enrollment.world import World

MONDAY, TUESDAY = ({"weekday": day, "service_kind": "after_school_custody"} for day in (1, 2))


@pytest.fixture
def term(unplanned: World) -> Term:
    """Two custody offerings of 40 places each, for all grades from Monday to Thursday."""
    found = plan_for(unplanned)
    found.approve()
    survey = {"purpose": "demand", "audience": "guardians", "anonymous": False, "questions": []}
    opened = found.ask("office", "open_survey", found.at, {**found.here, **survey})
    pupil = unplanned.pupil("李雷")
    body = {"student_id": pupil["student_id"], "wishes": [TUESDAY]}
    at_ = {"survey_id": opened["survey_id"]}
    unplanned.ok(unplanned.parent_of(pupil), "answer_survey", at_, body)
    return found


def cells(term: Term) -> dict[tuple[int, int], tuple[int, int]]:
    """(grade, weekday) → (wishes, places) of custody."""
    demand = term.ask("office", "get_demand", term.at, term.here)
    assert schema_of(Demand)().validate(demand) == {}
    return {
        (each["grade"], each["weekday"]): (each["wishes"], each["places"])
        for each in demand["items"]
        if each["service_kind"] == "after_school_custody"
    }


@pytest.mark.clause("P2-054")
def test_places_are_those_for_the_grade_the_weekday_and_the_kind(term: Term):
    assert (cells(term)[3, 1], cells(term)[3, 2]) == ((0, 80), (1, 80))
    third_grade = club(term, grades=[3])
    term.ask("office", "propose_offering", term.here, third_grade)

    assert cells(term)[3, 2] == (1, 100)
    assert cells(term)[3, 1] == (0, 80)
    assert cells(term)[2, 2] == (0, 80)


@pytest.mark.clause("P2-054")
def test_what_is_returned_or_closed_has_no_places(term: Term):
    at_ = {"offering_id": offering(term)["offering_id"]}
    term.ask("bureau", "return_offering", at_, {"reason": "请写明教师资质。"})
    assert cells(term)[3, 1] == (0, 40)
    other = {"offering_id": offering(term, "作业辅导")["offering_id"]}
    term.ask("office", "close_offering", other)

    assert cells(term)[3, 1] == (0, 0)


@pytest.mark.clause("P2-054")
def test_a_changed_capacity_counts(term: Term):
    at_ = {"offering_id": offering(term)["offering_id"]}
    term.ask("office", "change_capacity", at_, {"capacity": 25})

    assert cells(term)[3, 1] == (0, 65)
