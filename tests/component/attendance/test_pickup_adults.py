"""Who may fetch a child, and what the guardian sees of the child's day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chassis.kernel.call import Principal
from tests.component.attendance.school import (
    DAD,
    GUARD,
    MUM,
    MUM_OF_BEN,
    OFFICE,
    School,
)


def listed(school: School, by: Any) -> dict[str, dict[str, Any]]:
    reply = school.ask("list_pickup_authorisations", by, {"student_id": "ann"})
    return {item["receiver_id"]: item for item in school.ok(reply)["items"]}


def test_guardians_may_fetch_without_being_asked_for(school: School):
    items = listed(school, MUM)

    assert {(i["relation"], i["guardian"], i["state"]) for i in items.values()} == {
        ("mother", True, "valid"),
        ("father", True, "valid"),
    }


def test_an_adult_is_authorised_once_and_the_gate_sees_no_phone(school: School):
    aunt = school.authorise()

    assert school.authorise()["authorisation_id"] == aunt["authorisation_id"]
    mums, guards = (listed(school, by)[aunt["receiver_id"]] for by in (MUM, GUARD))
    assert (mums["name"], mums["phone"]) == ("王姨", "13800000000")
    assert (guards["name"], guards["phone"]) == ("王姨", None)
    assert "王姨" not in str(school.events())


@pytest.mark.clause("P2-013")
def test_a_grandparent_on_the_roster_fetches_the_child(school: School):
    school.say("GuardianLinked", guardian_id="gran", student_id="ben", relation="grandparent")
    school.listen()
    gran = Principal(account_id="gran", role="guardian", person_id="gran")
    school.in_care()

    code = school.code("ben", "gran", gran)
    done = school.ok(school.hand_over(code, "ben", "gran"))

    items = school.ok(school.ask("list_pickup_authorisations", gran, {"student_id": "ben"}))[
        "items"
    ]
    found = {each["receiver_id"]: each for each in items}["gran"]
    assert (found["relation"], found["guardian"], found["state"]) == ("grandparent", True, "valid")
    assert done["receiver_id"] == "gran"


@pytest.mark.clause("P2-013")
def test_parents_who_are_away_let_a_grandparent_fetch(school: School):
    grandpa = school.authorise("王爷爷", relation="grandparent", phone="0592-5551234")
    school.in_care()

    code = school.code(receiver=grandpa["receiver_id"])

    assert school.hand_over(code, receiver=grandpa["receiver_id"])["status"] == "ok"
    assert listed(school, MUM)[grandpa["receiver_id"]]["relation"] == "grandparent"


def test_the_same_name_with_another_phone_is_another_adult(school: School):
    first, second = school.authorise(), school.authorise(phone="13900000000")

    assert first["receiver_id"] != second["receiver_id"]


def test_an_adult_for_one_week_gets_no_code_after_it(school: School):
    aunt = school.authorise(valid_to="2026-09-04")
    school.at("2026-09-05T12:00")

    reply = school.ask(
        "issue_pickup_code", MUM, {"student_id": "ann"}, receiver_id=aunt["receiver_id"]
    )

    assert reply["code"] == "attendance.receiver-not-authorised"


def test_a_guardian_is_struck_off_by_the_school_only(school: School):
    dads = listed(school, MUM)["dad-ann"]["authorisation_id"]

    assert school.revoke(dads)["code"] == "attendance.guardian-stays"
    assert school.revoke(dads, replace(OFFICE, school_id="another"))["kind"] == "unknown"
    assert school.ok(school.revoke(dads, OFFICE))["state"] == "revoked"
    assert listed(school, MUM)["dad-ann"]["state"] == "revoked"


def test_nobody_revokes_what_is_not_theirs(school: School):
    aunt = school.authorise()

    assert school.revoke(aunt["authorisation_id"], MUM_OF_BEN)["kind"] == "unknown"
    assert school.revoke("no-such", MUM)["kind"] == "unknown"


def today(school: School) -> dict[str, Any]:
    return school.ok(school.ask("child_today", MUM, {"student_id": "ann"}))


def test_the_guardian_follows_the_childs_day(school: School):
    assert today(school)["status"] == "none"

    session_id = school.ok(school.open())["session_id"]
    assert (today(school)["status"], today(school)["session_id"]) == ("expected", session_id)

    school.ok(school.roll(session_id))
    assert today(school)["status"] == "present"
    assert today(school)["responsible_id"] == "teacher-1"

    aunt = school.authorise()
    code = school.code(receiver=aunt["receiver_id"])
    school.ok(school.hand_over(code, receiver=aunt["receiver_id"]))
    assert today(school)["status"] == "handed_over"
    assert today(school)["receiver_name"] == "王姨"


def test_a_guardian_whom_the_school_blocks_is_struck_off_at_once(school: School):
    school.in_care()
    code = school.code("ann", "dad-ann", DAD)
    school.say("GuardianBlocked", guardian_id="dad-ann", student_id="ann")
    school.listen()

    assert listed(school, MUM)["dad-ann"]["state"] == "revoked"
    assert school.hand_over(code, "ann", "dad-ann")["status"] == "refused"
    asked = school.ask("list_pickup_authorisations", DAD, {"student_id": "ann"})
    assert asked["kind"] == "unknown"
    school.say("GuardianUnblocked", guardian_id="dad-ann", student_id="ann")
    school.listen()
    assert listed(school, DAD)["dad-ann"]["state"] == "revoked"
