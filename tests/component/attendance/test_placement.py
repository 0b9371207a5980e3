"""Who left or pauses is not expected; who is back is."""

from __future__ import annotations

import pytest

from chassis.messaging.reactions import applying
from contracts.shapes import said
from services.attendance.definition import DEFINITION
from tests.component.attendance.school import MUM, TEACHER, School

WHOSE = {
    "application_id": "application-ann",
    "school_id": "school",
    "student_id": "ann",
    "term_id": "autumn-school",
}

FACTS = {said(event).name: kept for event, kept in DEFINITION.keeps.items()}


def told(school: School, type_: str, **data: object) -> None:
    whose = {"student_id": "ann"} if type_ == "StudentTransferredOut" else WHOSE
    school.say(type_, **whose, **data)
    school.listen()


def expected(school: School, day: str) -> list[str]:
    """Who is on the roll of class c1 on ``day``."""
    school.at(f"{day}T15:25:00")
    session = school.ok(school.open(date=day))
    reply = school.ask("get_session", TEACHER, {"session_id": session["session_id"]})
    return [item["student_id"] for item in school.ok(reply)["roster"]]


@pytest.mark.clause("P1-079")
def test_a_withdrawn_pupil_is_on_the_roll_until_the_day_before(school: School):
    told(school, "StudentWithdrawn", effective_on="2026-09-09", by="guardian")

    assert expected(school, "2026-09-08") == ["ann", "ben", "cid"]
    assert expected(school, "2026-09-09") == ["ben", "cid"]
    assert expected(school, "2026-09-10") == ["ben", "cid"]


@pytest.mark.clause("P1-079")
def test_a_suspended_pupil_is_off_the_roll_for_these_days_only(school: School):
    told(school, "EnrolmentSuspended", from_on="2026-09-08", until_on="2026-09-09")

    days = ("2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10")
    assert ["ann" in expected(school, day) for day in days] == [True, False, False, True]


@pytest.mark.clause("P1-079")
def test_a_resumed_pupil_is_on_the_roll_again(school: School):
    told(school, "EnrolmentSuspended", from_on="2026-09-07", until_on=None)
    assert "ann" not in expected(school, "2026-09-09")

    told(school, "EnrolmentResumed", on="2026-09-10")

    assert "ann" in expected(school, "2026-09-10")
    told(school, "EnrolmentSuspended", from_on="2026-09-14", until_on=None)
    assert "ann" not in expected(school, "2026-09-14")


def test_a_cancelled_suspension_takes_nobody_off(school: School):
    told(school, "EnrolmentSuspended", from_on="2026-09-08", until_on="2026-09-30")
    told(school, "EnrolmentResumed", on="2026-09-02")

    assert "ann" in expected(school, "2026-09-08")
    told(school, "EnrolmentSuspended", from_on="2026-09-09", until_on="2026-09-30")
    assert "ann" not in expected(school, "2026-09-09")


@pytest.mark.clause("P1-079")
def test_who_is_enrolled_again_is_on_the_roll_again(school: School):
    told(school, "StudentWithdrawn", effective_on="2026-09-08", by="guardian")
    school.say(
        "StudentEnrolled",
        **{**WHOSE, "application_id": "application-ann-2"},
        class_id="c1",
        service_kinds=["after_school_custody"],
        starts_on="2026-09-10",
        ends_on="2027-01-22",
    )
    school.listen()

    assert ["ann" in expected(school, f"2026-09-{day}") for day in ("08", "09", "10")] == [
        False,
        False,
        True,
    ]


@pytest.mark.clause("P1-079")
def test_a_pupil_of_another_school_is_not_expected_here(school: School):
    told(school, "StudentWithdrawn", effective_on="2026-12-01", by="guardian")
    told(school, "StudentTransferredOut", to_school_id=None, effective_on="2026-09-08")

    assert "ann" in expected(school, "2026-09-07")
    assert "ann" not in expected(school, "2026-09-08")


def test_hearing_again_of_a_move_does_not_end_what_began_after_it(school: School):
    gone = {"to_school_id": None, "effective_on": "2026-09-03"}
    told(school, "StudentTransferredOut", **gone)
    school.say(
        "StudentEnrolled",
        **{**WHOSE, "application_id": "application-ann-2"},
        class_id="c1",
        service_kinds=["after_school_custody"],
        starts_on="2026-09-07",
        ends_on="2027-01-22",
    )
    told(school, "StudentTransferredOut", **gone)

    assert ["ann" in expected(school, f"2026-09-{day}") for day in ("02", "03", "07")] == [
        True,
        False,
        True,
    ]


def test_the_family_sees_that_nobody_waits_for_the_child(school: School):
    school.ok(school.open())
    today = {"student_id": "ann"}
    assert school.ok(school.ask("child_today", MUM, today))["status"] == "expected"

    told(school, "EnrolmentSuspended", from_on="2026-09-01", until_on=None)

    assert school.ok(school.ask("child_today", MUM, today))["status"] == "none"


def test_who_is_in_care_when_the_withdrawal_comes_is_still_handed_over(school: School):
    school.in_care()
    told(school, "StudentWithdrawn", effective_on="2026-09-01", by="school")

    assert school.on_board()["ann"] == "present"
    assert school.hand_over(school.code())["status"] == "ok"


def test_hearing_it_all_again_changes_nothing(school: School):
    told(school, "EnrolmentSuspended", from_on="2026-09-03", until_on="2026-09-04")
    told(school, "EnrolmentResumed", on="2026-09-02")
    told(school, "EnrolmentSuspended", from_on="2026-09-03", until_on="2026-09-08")
    told(school, "StudentWithdrawn", effective_on="2026-09-10", by="guardian")
    log = school.service.log
    apply = applying(
        log,
        school.clock,
        facts=FACTS,
        reactions={},
    )
    with log.database.write() as connection:
        apply(connection, school.enrollment.read("school"))

    days = ("2026-09-02", "2026-09-03", "2026-09-08", "2026-09-09", "2026-09-10")
    assert ["ann" in expected(school, day) for day in days] == [True, False, False, True, False]
