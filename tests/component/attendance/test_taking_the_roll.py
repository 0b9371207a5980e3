"""Sessions and rolls through the service."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.component.attendance.school import (
    GUARD,
    MUM,
    OFFICE,
    TEACHER,
    TODAY,
    School,
)
from tests.unit.attendance.plans import PLAN_2


def roster(school: School, session_id: str) -> dict[str, str]:
    reply = school.ask("get_session", TEACHER, {"session_id": session_id})
    return {item["student_id"]: item["status"] for item in school.ok(reply)["roster"]}


@pytest.mark.clause("P1-015", "P1-016")
def test_a_session_opens_in_the_window_of_the_day(school: School):
    opened = school.ok(school.open())

    assert opened["starts_at"] == "2026-09-01T15:30:00+08:00"
    assert opened["ends_at"] == "2026-09-01T17:30:00+08:00"


def test_opening_again_returns_the_same_session(school: School):
    first, again = school.open(), school.open(by=OFFICE)

    assert first["created"]
    assert not again["created"]
    assert again["body"]["session_id"] == first["body"]["session_id"]
    assert len(school.events("SessionOpened")) == 1


@pytest.mark.clause("P1-013", "P1-014", "P1-015", "P1-016")
@pytest.mark.parametrize(
    ("wished", "code"),
    [
        ({"date": "2026-09-04"}, "not-a-service-weekday"),
        ({"date": "2026-10-01"}, "statutory-holiday"),
        ({"date": "2027-02-01"}, "outside-term"),
        ({"date": "2027-01-04"}, "calendar-year-undeclared"),
        ({"ends": "17:31"}, "outside-window"),
        ({"date": "2026-10-08", "ends": "17:01"}, "outside-window"),
        ({"starts": "15:29"}, "outside-window"),
        ({"service_kind": "lunch"}, "service-not-offered"),
    ],
)
def test_no_session_outside_the_plan(school: School, wished, code):
    reply = school.open(**wished)

    assert reply["code"] == f"attendance.{code}"
    assert reply["detail"]["zh"] != reply["detail"]["en"]
    assert school.events("SessionOpened") == []


@pytest.mark.clause("P2-034")
def test_plan_2_names_the_blank_until_the_bureau_fills_it(school: School):
    school.under_plan_2("primary")
    reply = school.open()
    assert (reply["code"], reply["clauses"]) == ("attendance.parameter-unset", ["P2-034"])
    assert "primary_custody_end" in reply["detail"]["zh"]

    ends = {"summer": "18:00", "winter": "17:20"}
    school.policy("dexing", PLAN_2 | {"primary_custody_end": ends}, version=3)
    school.listen()

    assert school.ok(school.open())["ends_at"] == "2026-09-01T18:00:00+08:00"


@pytest.mark.clause("P2-037")
def test_evening_self_study_of_a_junior_school_ends_by_nine(school: School):
    school.under_plan_2("junior")
    evening = {"service_kind": "evening_self_study", "starts": "19:00"}

    assert school.open(**evening, ends="21:01")["code"] == "attendance.outside-window"
    assert school.ok(school.open(**evening, ends="21:00"))


@pytest.mark.parametrize(
    ("by", "class_id", "code"),
    [
        (TEACHER, "c2", "attendance.class-unknown"),
        (OFFICE, "nowhere", "attendance.class-unknown"),
        (replace(OFFICE, school_id="another"), "c1", "not-found"),
        (GUARD, "c1", "not-permitted"),
        (MUM, "c1", "not-permitted"),
    ],
)
def test_who_may_not_open_a_session(school: School, by, class_id, code):
    assert school.open(class_id, by)["code"] == code


@pytest.mark.clause("P1-039", "P2-103")
def test_one_request_gives_everybody_in_the_class_a_status(school: School):
    session_id = school.ok(school.open())["session_id"]
    assert set(roster(school, session_id).values()) == {"expected"}

    counts = school.ok(school.roll(session_id, ben="leave", cid="late"))

    assert (counts["present"], counts["leave"], counts["late"], counts["changed"]) == (2, 1, 1, 3)
    assert roster(school, session_id) == {"ann": "present", "ben": "leave", "cid": "late"}
    assert school.on_board() == {"ann": "present", "ben": "leave", "cid": "present"}
    [roll] = school.events("RollTaken")
    assert roll["present"] == ["ann", "cid"]
    assert [e["student_id"] for e in school.events("PupilCheckedIn")] == ["ann", "cid"]
    assert [e["student_id"] for e in school.events("PupilMarkedAbsent")] == ["ben"]


@pytest.mark.clause("P2-103")
def test_the_same_roll_again_is_quiet_and_another_one_appends(school: School):
    session_id = school.ok(school.open())["session_id"]
    school.ok(school.roll(session_id, ben="absent"))
    before = school.service.log.heads()["school"]

    assert school.ok(school.roll(session_id, ben="absent"))["changed"] == 0
    assert school.service.log.heads()["school"] == before

    assert school.ok(school.roll(session_id, cid="absent"))["changed"] == 2
    assert school.on_board() == {"ann": "present", "ben": "present", "cid": "absent"}
    assert len(school.events("RollTaken")) == 2


def test_a_correction_says_since_when(school: School):
    session_id = school.in_care()
    school.at("2026-09-01T16:10")
    school.ok(school.roll(session_id, ann="absent"))

    since = {item["student_id"]: item["since"][11:16] for item in school.board()["items"]}
    assert since == {"ann": "16:10", "ben": "15:25", "cid": "15:25"}


@pytest.mark.clause("P1-039")
def test_a_pupil_of_another_class_is_refused_by_field(school: School):
    session_id = school.ok(school.open())["session_id"]

    reply = school.roll(session_id, ann="absent", dan="absent")

    assert list(reply["errors"]["exceptions"]) == [1]
    assert school.events("RollTaken") == []


def test_a_pupil_listed_twice_is_refused_by_field(school: School):
    session_id = school.ok(school.open())["session_id"]
    twice = [{"student_id": "ann", "status": status} for status in ("absent", "late")]

    reply = school.ask("take_roll", TEACHER, {"session_id": session_id}, exceptions=twice)

    assert list(reply["errors"]["exceptions"]) == [1]


def test_a_pupil_who_moved_is_expected_in_the_new_class(school: School):
    school.say("StudentMoved", student_id="dan", class_id="c1")
    school.listen()

    assert "dan" in roster(school, school.ok(school.open())["session_id"])


def test_an_enrolment_holds_from_its_first_to_its_last_day(school: School):
    school.at("2026-08-31T12:00")
    school.say(
        "TermOpened",
        term_id="early",
        school_id="school",
        name="补",
        first_day="2026-08-01",
        last_day="2026-08-31",
    )
    school.listen()

    session_id = school.ok(school.open(date="2026-08-31"))["session_id"]

    assert school.roll(session_id)["code"] == "attendance.nobody-expected"


@pytest.mark.clause("P2-103")
def test_the_roll_cannot_change_after_its_day(school: School):
    session_id = school.in_care()
    school.at("2026-09-02T08:00")

    assert school.roll(session_id, ann="absent")["code"] == "attendance.day-is-over"


def test_who_left_stays_gone_when_the_roll_is_corrected(school: School):
    session_id = school.in_care()
    school.ok(school.hand_over(school.code()))

    assert school.roll(session_id, ann="absent")["errors"]["exceptions"] == {
        0: {"status": ["已从本班次交接离校。 Was handed over from this session."]}
    }
    assert school.ok(school.roll(session_id, ben="absent"))["changed"] == 1
    assert school.on_board()["ann"] == "handed_over"
    assert roster(school, session_id)["ann"] == "handed_over"


def test_who_left_an_earlier_session_is_listed_as_left_in_the_next(school: School):
    school.under_plan_2("primary", {"primary_custody_end": {"summer": "18:00", "winter": "17:00"}})
    school.open_class("c3", ["eve"], service_kinds=["lunch", "after_school_custody"])
    school.say("GuardianLinked", guardian_id="mum-ann", student_id="eve", relation="mother")
    school.listen()
    lunch, custody = (
        school.ok(school.open("c3", OFFICE, service_kind=kind))["session_id"]
        for kind in ("lunch", "after_school_custody")
    )
    school.ok(school.roll(lunch, OFFICE))
    school.ok(school.hand_over(school.code("eve"), "eve"))

    counts = school.ok(school.roll(custody, OFFICE))

    assert (counts["present"], counts["left"], counts["changed"]) == (0, 1, 0)
    assert school.on_board()["eve"] == "handed_over"


def test_lists_are_narrowed_to_the_teachers_classes(school: School):
    school.ok(school.open())
    school.ok(school.open("c2", OFFICE))

    def classes(by):
        reply = school.ask("list_sessions", by, {"school_id": "school"}, date=TODAY)
        return [item["class_id"] for item in school.ok(reply)["items"]]

    assert classes(OFFICE) == ["c1", "c2"]
    assert classes(TEACHER) == ["c1"]


def test_a_school_whose_facts_are_on_their_way_is_asked_to_wait(school: School):
    late = replace(OFFICE, school_id="late")
    school.enrollment.say(
        "late", "ClassOpened", class_id="c9", school_id="late", grade=1, name="一年级"
    )
    school.listen()

    reply = school.ask(
        "open_session",
        late,
        {"school_id": "late"},
        class_id="c9",
        date=TODAY,
        service_kind="lunch",
    )

    assert (reply["code"], reply["kind"]) == ("attendance.not-ready", "unavailable")
