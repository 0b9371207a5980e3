"""Sessions of offerings through the service: what enrollment told decides what may run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chassis.eventsourcing.application import WireReply
from services.attendance.sessions.tables import holders, offerings
from tests.component.attendance.school import GUARD, MUM_OF_BEN, OFFICE, TEACHER, TODAY, School

TERMS: dict[str, Any] = {
    "title": "琵琶社团",
    "content_kind": "club",
    "subject": None,
    "teacher_id": "teacher-1",
    "venue_id": "v1",
    "capacity": 40,
    "grades": [3],
    "weekdays": [1, 2, 3, 4],
    "starts": "16:15",
    "ends": "17:00",
}
HOMEWORK = {
    "title": "作业辅导",
    "content_kind": "homework_guidance",
    "starts": "15:30",
    "ends": "16:15",
}
DAY = {"on": TODAY, "content_kind": "club", "teacher_id": "teacher-1"}


def propose(school: School, offering_id: str = "pipa", **terms: Any) -> None:
    school.say("OfferingProposed", **proposal(offering_id, "school", **terms))


def proposal(offering_id: str, school_id: str, **terms: Any) -> dict[str, Any]:
    return {
        "offering_id": offering_id,
        "school_id": school_id,
        "term_id": f"autumn-{school_id}",
        "provider_of_record": school_id,
        "taught_by": "school",
        "service_kind": "after_school_custody",
        **(TERMS | terms),
    }


def offer(school: School, offering_id: str = "pipa", **terms: Any) -> None:
    """Let enrollment tell of an open offering without content."""
    propose(school, offering_id, **terms)
    tell(school, "OfferingOpened", offering_id)


def tell(school: School, type_: str, offering_id: str = "pipa", **data: Any) -> None:
    school.say(type_, offering_id=offering_id, **data)
    school.listen()


def approve(school: School, offering_id: str = "pipa", **day: Any) -> None:
    tell(school, "SessionContentSubmitted", offering_id, **(DAY | day))
    tell(school, "SessionContentApproved", offering_id, on=(DAY | day)["on"])


def run(school: School, offering_id: str = "pipa", **wish: Any) -> WireReply:
    return school.open(**({"offering_id": offering_id, "service_kind": None} | wish))


def today(school: School, by: Any = TEACHER, **query: Any) -> dict[str, Any]:
    return school.ok(school.ask("list_offering_sessions", by, {"school_id": "school"}, **query))


def states(school: School, **query: Any) -> dict[str, tuple[str, bool, str | None]]:
    return {
        each["offering_id"]: (each["content"], each["may_run"], each["reason"])
        for each in today(school, **query)["items"]
    }


@pytest.mark.clause("P1-087", "P2-045")
def test_unapproved_content_cannot_run_until_the_school_approves_it(school: School):
    offer(school)
    assert run(school)["code"] == "attendance.content-not-approved"
    tell(school, "SessionContentSubmitted", **DAY)
    reply = run(school)
    assert (reply["code"], reply["clauses"]) == (
        "attendance.content-not-approved",
        ["P1-087", "P2-045"],
    )
    assert "请学校先审核" in reply["detail"]["zh"]
    tell(school, "SessionContentReturned", on=TODAY)
    assert "重新提交" in run(school)["detail"]["zh"]
    assert school.events("SessionOpened") == []

    approve(school)
    opened = school.ok(run(school))
    assert (opened["starts_at"], opened["ends_at"]) == (
        f"{TODAY}T16:15:00+08:00",
        f"{TODAY}T17:00:00+08:00",
    )
    assert opened["service_kind"] == "after_school_custody"
    [told] = school.events("SessionOpened")
    assert (told["offering_id"], told["responsible_id"]) == ("pipa", "teacher-1")


@pytest.mark.clause("P2-045")
def test_plan_2_gates_its_sessions_too(school: School):
    school.under_plan_2("primary")
    nap = {"service_kind": "nap", "content_kind": "reading", "starts": "12:20", "ends": "13:50"}
    offer(school, "nap", **nap)
    assert run(school, "nap")["code"] == "attendance.content-not-approved"
    approve(school, "nap", content_kind="reading")

    assert school.ok(run(school, "nap"))["service_kind"] == "nap"


@pytest.mark.clause("P1-087", "P2-045")
@pytest.mark.parametrize("standing", ["proposed", "returned", "closed"])
def test_an_offering_that_is_not_open_cannot_run(school: School, standing: str):
    propose(school)
    if standing != "proposed":
        tell(school, {"returned": "OfferingReturned", "closed": "OfferingClosed"}[standing])
    approve(school)
    reply = run(school)
    assert (reply["code"], reply["clauses"]) == (
        "attendance.offering-not-open",
        ["P1-087", "P2-045"],
    )
    assert "先开放" in reply["detail"]["zh"]


@pytest.mark.clause("P1-036")
def test_a_substitute_is_approved_anew_and_then_answers_for_the_session(school: School):
    offer(school)
    approve(school)
    tell(school, "SessionSubstituted", **(DAY | {"teacher_id": "teacher-2"}))
    assert run(school)["code"] == "attendance.content-not-approved"
    tell(school, "SessionContentApproved", on=TODAY)

    assert school.ok(run(school))["responsible_id"] == "teacher-2"


@pytest.mark.clause("P1-036")
def test_a_re_timed_offering_runs_at_its_new_hours_and_only_there(school: School):
    offer(school)
    approve(school)
    assert run(school, starts="15:45")["code"] == "attendance.outside-offering"
    tell(school, "OfferingAmended", **(TERMS | {"starts": "15:45", "ends": "16:30"}))
    assert run(school, ends="17:00")["code"] == "attendance.outside-offering"
    assert school.ok(run(school))["starts_at"] == f"{TODAY}T15:45:00+08:00"


def test_an_offering_moved_to_other_days_no_longer_runs_today(school: School):
    offer(school)
    approve(school)
    tell(school, "OfferingAmended", **(TERMS | {"weekdays": [1, 4]}))

    assert run(school)["code"] == "attendance.not-an-offering-day"
    assert states(school) == {}


def test_what_was_returned_and_amended_waits_to_be_opened_again(school: School):
    offer(school)
    approve(school)
    tell(school, "OfferingReturned")
    tell(school, "OfferingAmended", **TERMS)
    assert states(school) == {"pipa": ("approved", False, "attendance.offering-not-open")}
    assert today(school)["items"][0]["standing"] == "proposed"
    tell(school, "OfferingOpened")

    assert states(school) == {"pipa": ("approved", True, None)}


def test_a_class_has_a_session_for_each_offering_and_a_roll_of_each(school: School):
    offer(school)
    offer(school, "homework", **HOMEWORK)
    approve(school)
    approve(school, "homework", content_kind="homework_guidance")
    first = school.ok(run(school, "homework"))["session_id"]
    again = run(school, "homework")
    assert (again["created"], again["body"]["session_id"]) == (False, first)
    second = school.ok(run(school))["session_id"]
    plain = school.ok(school.open())["session_id"]
    assert len({first, second, plain}) == 3

    school.ok(school.roll(first, ben="leave"))
    school.ok(school.roll(second))
    listed = school.ok(school.ask("list_sessions", TEACHER, {"school_id": "school"}))["items"]
    assert {each["offering_id"]: bool(each["roll_taken_at"]) for each in listed} == {
        "homework": True,
        "pipa": True,
        None: False,
    }
    assert set(school.on_board().values()) == {"present"}


def expected_in(school: School, session_id: str) -> set[str]:
    asked = school.ask("get_session", TEACHER, {"session_id": session_id})
    return {each["student_id"] for each in school.ok(asked)["roster"]}


def test_where_places_were_given_only_who_holds_one_is_expected(school: School):
    offer(school)
    approve(school)
    session_id = school.ok(run(school))["session_id"]
    assert expected_in(school, session_id) == {"ann", "ben", "cid"}
    lists = {"student_ids": ["ann", "dan"], "waiting_ids": ["cid"]}
    tell(school, "PlacesFilled", allocation_id="al", capacity=2, **lists)
    assert expected_in(school, session_id) == {"ann"}
    tell(school, "PlaceTaken", student_id="cid")
    tell(school, "PlaceGivenUp", student_id="ann")
    assert expected_in(school, session_id) == {"cid"}
    ben = school.ok(school.ask("child_today", MUM_OF_BEN, {"student_id": "ben"}))
    assert (ben["status"], ben["session_id"]) == ("none", None)

    assert school.ok(school.roll(session_id))["present"] == 1
    assert school.roll(session_id, ben="absent")["kind"] == "invalid"
    assert school.on_board() == {"cid": "present"}


def test_an_offering_that_gave_nobody_a_place_expects_nobody(school: School):
    offer(school)
    approve(school)
    nobody: dict[str, Any] = {"student_ids": [], "waiting_ids": ["ann"]}
    tell(school, "PlacesFilled", allocation_id="al", capacity=0, **nobody)
    session_id = school.ok(run(school))["session_id"]

    assert expected_in(school, session_id) == set()
    assert school.roll(session_id)["code"] == "attendance.nobody-expected"


@pytest.mark.parametrize("heard_again", ["PlacesFilled", "PlaceGivenUp"])
def test_an_older_place_heard_again_changes_nothing(school: School, heard_again: str):
    offer(school)
    approve(school)
    session_id = school.ok(run(school))["session_id"]
    tell(
        school, "PlacesFilled", allocation_id="al", capacity=1, student_ids=["ann"], waiting_ids=[]
    )
    tell(school, "PlaceGivenUp", student_id="ann")
    tell(school, "PlaceTaken", student_id="ben")
    tell(school, "PlaceGivenUp", student_id="ben")
    tell(school, "PlaceTaken", student_id="ben")
    older = [each for each in school.enrollment.events if each["type"] == heard_again][-1]
    with school.service.database.write() as connection:
        holders.project(connection, older)

    assert expected_in(school, session_id) == {"ben"}


def test_somebody_of_the_school_can_be_named_to_answer_for_it(school: School):
    assert school.open(responsible_id="wang")["code"] == "attendance.staff-unknown"
    school.say("StaffRegistered", staff_id="wang", school_id="school", kind="school_staff")
    school.enrollment.say(
        "another", "StaffRegistered", staff_id="li", school_id="another", kind="school_staff"
    )
    school.listen()
    assert school.open(responsible_id="li")["code"] == "attendance.staff-unknown"

    assert school.ok(school.open(responsible_id="wang"))["responsible_id"] == "wang"


def test_without_offering_a_session_needs_its_kind_of_service_and_nothing_new(school: School):
    reply = school.open(service_kind=None)
    assert (reply["kind"], list(reply["errors"])) == ("invalid", ["service_kind"])

    opened = school.ok(school.open())
    assert (opened["offering_id"], opened["responsible_id"]) == (None, "teacher-1")


def test_an_offering_of_nobody_or_of_another_school_is_unknown(school: School):
    assert run(school, "nothing")["code"] == "attendance.offering-unknown"
    school.enrollment.say("another", "OfferingProposed", **proposal("theirs", "another"))
    school.listen()

    assert run(school, "theirs")["code"] == "attendance.offering-unknown"
    assert run(school, "theirs", by=replace(OFFICE, school_id="another"))["code"] == "not-found"


def test_a_class_of_another_grade_has_no_part_in_it(school: School):
    offer(school, grades=[5, 6])
    approve(school)

    assert run(school)["code"] == "attendance.class-not-offered"


@pytest.mark.clause("P1-014")
def test_no_offering_runs_on_a_holiday(school: School):
    offer(school)
    approve(school, on="2026-10-01")

    assert run(school, date="2026-10-01")["code"] == "attendance.statutory-holiday"
    assert states(school, date="2026-10-01") == {
        "pipa": ("approved", False, "attendance.statutory-holiday")
    }


@pytest.mark.clause("P1-087")
def test_the_day_lists_what_may_run_who_teaches_and_what_is_open(school: School):
    offer(school)
    offer(school, "homework", **HOMEWORK)
    propose(school, "chess", title="围棋", teacher_id="teacher-3")
    approve(school)
    session_id = school.ok(run(school))["session_id"]

    assert states(school) == {
        "homework": ("none", False, "attendance.content-not-approved"),
        "chess": ("none", False, "attendance.offering-not-open"),
        "pipa": ("approved", True, None),
    }
    first, *_, last = today(school)["items"]
    assert (first["title"], first["starts"], first["part"]) == ("作业辅导", "15:30", "static")
    assert first["detail"]["zh"] != first["detail"]["en"]
    assert (last["teacher_id"], last["substituted"]) == ("teacher-1", False)
    assert last["sessions"] == [{"class_id": "c1", "session_id": session_id}]


def test_a_teacher_sees_the_offerings_of_their_classes_and_their_own(school: School):
    offer(school)
    offer(school, "seniors", grades=[6], teacher_id="teacher-6")
    of_grade_6 = replace(TEACHER, person_id="teacher-6", class_ids=())

    assert set(states(school)) == {"pipa"}
    assert set(states(school, by=of_grade_6)) == {"seniors"}
    assert set(states(school, by=OFFICE)) == {"pipa", "seniors"}
    for stranger in (GUARD, replace(OFFICE, school_id="another")):
        reply = school.ask("list_offering_sessions", stranger, {"school_id": "school"})
        assert reply["status"] == "refused"


@pytest.mark.clause("P1-033", "P1-038")
def test_a_day_of_custody_that_lacks_a_part_is_shown_before_and_after_it_ran(school: School):
    offer(school)
    offer(school, "homework", **HOMEWORK)
    assert today(school)["lacking"] == {
        "ready": ["static", "dynamic"],
        "run": ["static", "dynamic"],
    }
    approve(school)
    assert today(school)["lacking"]["ready"] == ["static"]
    approve(school, "homework", content_kind="homework_guidance")
    school.ok(run(school, "homework"))
    assert today(school)["lacking"] == {"ready": [], "run": ["dynamic"]}
    school.ok(run(school))

    assert today(school)["lacking"] == {"ready": [], "run": []}
    school.at("2026-09-02T09:00:00")
    assert today(school, date=TODAY)["lacking"]["run"] == []


def test_outside_every_term_nothing_is_offered_and_nothing_lacking(school: School):
    offer(school)

    assert today(school, date="2027-02-02") == {"date": "2027-02-02", "items": [], "lacking": None}


@pytest.mark.clause("P1-038")
def test_where_no_custody_is_held_or_the_plan_does_not_ask_no_part_is_lacking(school: School):
    assert today(school, date="2026-09-04")["lacking"] is None
    ends = {"summer": "18:00", "winter": "17:20"}
    school.under_plan_2("primary", {"primary_custody_end": ends})

    assert school.ok(school.open())
    assert today(school)["lacking"] is None


@pytest.mark.parametrize("heard_again", ["OfferingProposed", "OfferingOpened", "OfferingAmended"])
def test_an_older_event_heard_again_changes_nothing(school: School, heard_again: str):
    offer(school)
    tell(school, "OfferingAmended", **TERMS)
    approve(school)
    tell(school, "OfferingAmended", **(TERMS | {"title": "琵琶合奏"}))
    tell(school, "OfferingReturned")
    before = today(school)
    older = next(each for each in school.enrollment.events if each["type"] == heard_again)
    with school.service.database.write() as connection:
        offerings.project(connection, older)

    assert today(school) == before


@pytest.mark.parametrize("heard_again", ["SessionContentSubmitted", "SessionContentReturned"])
def test_an_older_review_heard_again_changes_nothing(school: School, heard_again: str):
    offer(school)
    tell(school, "SessionContentSubmitted", **DAY)
    tell(school, "SessionContentReturned", on=TODAY)
    approve(school)
    older = next(each for each in school.enrollment.events if each["type"] == heard_again)
    with school.service.database.write() as connection:
        offerings.project_content(connection, older)

    assert states(school) == {"pipa": ("approved", True, None)}
