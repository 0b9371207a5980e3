"""Plan 2's holiday activities open where families want them and the staff are there."""

from __future__ import annotations

from typing import Any

import pytest

from services.enrollment.offerings.tables import fitness
from tests.component.enrollment.terms import Term, dexing_term
from tests.component.enrollment.world import OTHER, World, at

SATURDAY = {"weekday": 6, "service_kind": "interest_activity"}
LUNCH = {"weekday": 1, "service_kind": "lunch"}
ROWS = (
    "韩梅梅,女,2017-05-04,,,三年级2班,韩父,父亲,13800000003",
    "林涛,男,2017-05-05,,,三年级2班,林母,母亲,13800000004",
)


@pytest.fixture
def term(unplanned: World) -> Term:
    """A school with three families; two of them are enough."""
    found = dexing_term(unplanned, custody=False)
    unplanned.import_rows(*ROWS, school_id=OTHER)
    change = {"parameter": "interest_activity_min_demand", "value": 2, "reason": "小规模学校"}
    found.ask("bureau", "set_policy_parameter", {"profile": "dexing"}, change)
    found.approve()
    return found


def teacher(term: Term) -> Term:
    """A registered member of staff who has done nothing yet."""
    person = {"name": "周老师", "kind": "school_staff"}
    made = term.ask("office", "register_staff", term.at, person)
    return Term(term.world, OTHER, made["staff_id"])


def activity(term: Term, staff_id: str) -> dict[str, Any]:
    return {
        "title": "周末足球",
        "service_kind": "interest_activity",
        "content_kind": "sport",
        "teacher_id": staff_id,
        "venue_id": term.another_room(),
        "capacity": 20,
        "grades": [3],
        "weekdays": [6],
        "starts": "09:00",
        "ends": "11:00",
    }


def asked(term: Term) -> dict[str, str]:
    survey = {"purpose": "demand", "audience": "guardians", "anonymous": False, "questions": []}
    opened = term.ask("office", "open_survey", term.at, {**term.here, **survey})
    return {"survey_id": opened["survey_id"]}


def wish(term: Term, survey: dict[str, str], name: str, *wishes: dict[str, Any]) -> None:
    pupil = term.world.pupil(name, OTHER)
    body = {"student_id": pupil["student_id"], "wishes": list(wishes)}
    term.world.ok(term.world.parent_of(pupil), "answer_survey", survey, body)


def close(term: Term, survey: dict[str, str]) -> None:
    term.ask("office", "close_survey", survey, {"response": "按需要开设。"})


def proposed(term: Term) -> tuple[Term, dict[str, str]]:
    coach = teacher(term)
    coach.ask("teacher", "volunteer_for_duty", term.here)
    term.vouch_for(coach.staff_id)
    made = term.ask("office", "propose_offering", term.here, activity(term, coach.staff_id))
    return coach, {"offering_id": made["offering_id"]}


@pytest.mark.clause("P2-044")
def test_it_opens_only_when_a_closed_survey_has_enough_families(term: Term):
    _, at_ = proposed(term)
    reply = term.handle("office", "open_offering", at_)
    assert (reply["code"], reply["clauses"]) == ("enrollment.demand-too-small", ["P2-044"])
    survey = asked(term)
    wish(term, survey, "李雷", SATURDAY)
    wish(term, survey, "韩梅梅", SATURDAY, LUNCH)
    wish(term, survey, "林涛", LUNCH)
    assert term.refused("office", "open_offering", at_) == "enrollment.demand-too-small"

    close(term, survey)
    assert term.ask("office", "open_offering", at_)["standing"] == "open"


@pytest.mark.clause("P2-044")
def test_one_family_in_each_of_two_surveys_is_not_two_families(term: Term):
    _, at_ = proposed(term)
    for _ in range(2):
        survey = asked(term)
        wish(term, survey, "李雷", SATURDAY)
        close(term, survey)

    assert term.refused("office", "open_offering", at_) == "enrollment.demand-too-small"


@pytest.mark.clause("P2-044")
def test_it_needs_staff_who_consent_are_screened_and_have_signed(term: Term):
    coach = teacher(term)
    wanted = activity(term, coach.staff_id)
    assert term.refused("office", "propose_offering", term.here, wanted) == (
        "enrollment.not-volunteered"
    )
    coach.ask("teacher", "volunteer_for_duty", term.here)
    assert term.refused("office", "propose_offering", term.here, wanted) == (
        "enrollment.not-screened"
    )
    screened_only(term, coach.staff_id)
    assert term.refused("office", "propose_offering", term.here, wanted) == (
        "enrollment.statement-missing"
    )
    term.vouch_for(coach.staff_id)
    assert term.ask("office", "propose_offering", term.here, wanted)["standing"] == "proposed"


@pytest.mark.clause("P2-044")
def test_staff_who_are_no_longer_fit_keep_it_closed(term: Term):
    coach, at_ = proposed(term)
    survey = asked(term)
    for name in ("李雷", "韩梅梅"):
        wish(term, survey, name, SATURDAY)
    close(term, survey)
    coach.ask("teacher", "withdraw_volunteering", term.here, {"effective_on": "2026-09-03"})
    term.world.clock.instant = at("2026-09-03T08:00:00")
    assert term.refused("office", "open_offering", at_) == "enrollment.not-volunteered"
    coach.ask("teacher", "volunteer_for_duty", term.here)
    screened_only(term, coach.staff_id, valid_until="2026-09-02")
    assert term.refused("office", "open_offering", at_) == "enrollment.not-screened"

    term.vouch_for(coach.staff_id)
    assert term.ask("office", "open_offering", at_)["standing"] == "open"


def screened_only(term: Term, staff_id: str, valid_until: str = "2027-08-31") -> None:
    with term.world.service.database.write() as connection:
        row = {"staff_id": staff_id, "result": "clear", "valid_until": valid_until}
        fitness.screenings.put(connection, row)
