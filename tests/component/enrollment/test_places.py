"""A place is asked for, offered until an instant, passed on, and given up by who leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.testing.world import fresh_sqlite
from contracts.enrollment.schools import StaffRegistered
from contracts.enrollment.volunteering import TeacherVolunteered
from services.enrollment import migrations
from services.enrollment.places.handlers.places import expire_offers
from tests.component.audit.logs import Log
from tests.component.enrollment.placing import Placing, placing
from tests.component.enrollment.world import (
    DEXING,
    OTHER,
    SCHOOL,
    World,
    at,
    bureau,
    office,
    open_world,
)


@pytest.fixture
def school(world: World) -> Placing:
    """Ball and chess with a place each, at different times; everybody of grade 3 is accepted."""
    return placing(world)


@pytest.fixture
def full(school: Placing) -> Placing:
    """One holds the only place of the ball, two wait for it."""
    school.accept("甲一", "乙二", "丙三")
    assert [school.ask(name, "ball") for name in ("甲一", "乙二", "丙三")] == [
        "held",
        "waiting",
        "waiting",
    ]
    return school


def code_of(school: Placing, operation: str, name: str, offering_id: str) -> str:
    reply = school.send(operation, name, offering_id)
    assert reply["status"] == "refused", reply
    assert reply["detail"]["zh"]
    assert reply["detail"]["en"]
    return str(reply["code"])


def expire(school: Placing) -> int:
    return expire_offers(school.world.service.log, school.world.clock.now())


def test_who_asks_gets_a_place_or_waits_and_reads_how_many_are_ahead(full: Placing):
    [line] = full.mine("丙三")["items"]

    assert (line["standing"], line["ahead"], line["title"]) == ("waiting", 1, "趣味篮球")
    assert line["reason"] == {
        "zh": "1 个名额已满，前面还有 1 位在候补。有空位时按次序为您保留。",
        "en": "All places (1) are taken; ahead of you in the line: 1. "
        "A place that becomes free is kept for you in turn.",
    }
    [held] = full.mine("甲一")["items"]
    assert (held["standing"], held["reason"]) == ("held", None)
    listed = full.world.ok(full.office, "list_places", {"offering_id": "ball"})["items"]
    assert [each["ahead"] for each in listed] == [0, 0, 1]
    offered = full.world.ok(full.parent("甲一"), "list_offerings", {"term_id": full.term_id})
    ball = next(each for each in offered["items"] if each["offering_id"] == "ball")
    assert (ball["held"], ball["waiting"], ball["free"]) == (1, 2, 0)


@pytest.mark.clause("P1-004")
def test_nobody_is_placed_without_an_application(school: Placing):
    assert code_of(school, "request_place", "甲一", "ball") == "enrollment.no-application"
    school.accept("甲一")
    assert code_of(school, "request_place", "甲一", "ball ") == "enrollment.offering-unknown"
    school.offer("choir", is_open=False)
    assert code_of(school, "request_place", "甲一", "choir") == "enrollment.choices-wrong"


def test_a_place_is_the_familys_own_to_take_and_the_schools_to_free(full: Placing):
    stranger = full.parent("乙二")
    for operation in ("request_place", "give_up_place", "accept_place"):
        reply = full.send(operation, "甲一", "ball", stranger)
        assert reply["code"] == "enrollment.student-unknown"
    assert full.send("request_place", "甲一", "ball", full.office)["code"] == "not-permitted"
    assert full.send("give_up_place", "甲一", "ball", office(SCHOOL))["kind"] == "unknown"

    assert full.send("give_up_place", "甲一", "ball", full.office)["body"]["standing"] == "none"
    assert full.standing("ball") == {"乙二": "offered", "丙三": "waiting"}


def test_a_freed_place_is_offered_for_the_hours_of_the_policy_and_taken(full: Placing):
    setting = {"parameter": "place_offer_hours", "value": 24, "reason": "教体局通知"}
    full.world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, setting)
    full.send("give_up_place", "甲一", "ball")

    [line] = full.mine("乙二")["items"]
    until = full.world.clock.now() + timedelta(hours=24)
    assert (line["standing"], line["until"]) == ("offered", until.isoformat())
    assert code_of(full, "accept_place", "丙三", "ball") == "enrollment.no-offer"
    assert full.send("accept_place", "乙二", "ball")["body"]["standing"] == "held"
    seen = len(full.events())
    assert full.send("accept_place", "乙二", "ball")["body"]["standing"] == "held"
    assert len(full.events()) == seen


def test_an_offer_that_runs_out_is_passed_on_by_the_chore(full: Placing):
    full.send("give_up_place", "甲一", "ball")
    assert expire(full) == 0
    full.world.clock.instant += timedelta(hours=48, seconds=1)
    assert code_of(full, "accept_place", "乙二", "ball") == "enrollment.offer-expired"

    assert expire(full) == 1
    assert expire(full) == 0

    assert full.standing("ball") == {"丙三": "offered"}
    assert [each["type"] for each in full.events()[-2:]] == ["PlaceExpired", "PlaceOffered"]
    assert full.events()[-1]["policy"] == {"profile": "dexing", "version": 1}
    assert full.ask("乙二", "ball") == "waiting", "may ask again, behind the others"


def test_a_declined_offer_goes_to_the_next(full: Placing):
    full.send("give_up_place", "甲一", "ball")
    full.send("give_up_place", "乙二", "ball")

    assert full.standing("ball") == {"丙三": "offered"}


def test_a_place_of_a_closed_offering_is_not_taken_and_is_in_nobodys_way(full: Placing):
    full.offer("choir", 5, starts="16:00", ends="16:50")
    full.send("give_up_place", "甲一", "ball")
    full.send("accept_place", "乙二", "ball")
    full.change("ball", 2)
    full.world.ok(full.office, "close_offering", {"offering_id": "ball"})

    assert code_of(full, "accept_place", "丙三", "ball") == "enrollment.choices-wrong"
    assert full.ask("乙二", "choir") == "held"


def test_more_places_are_offered_and_fewer_than_taken_refused(full: Placing):
    assert full.change("ball", 2)["body"] == {"offering_id": "ball", "capacity": 2}
    assert full.standing("ball") == {"甲一": "held", "乙二": "offered", "丙三": "waiting"}

    low, high = full.change("ball", 1), full.change("ball", 41)

    assert (low["code"], low["kind"]) == ("enrollment.capacity-below-holders", "conflict")
    assert (high["code"], high["clauses"]) == ("enrollment.more-than-the-venue", ["P1-025"])
    assert "40" in high["detail"]["zh"]


@pytest.mark.clause("P1-086")
def test_nobody_has_two_places_at_a_time(school: Placing):
    school.offer("choir", 5, starts="16:00", ends="16:50")
    school.accept("甲一", "乙二")
    school.ask("甲一", "ball")

    reply = school.send("request_place", "甲一", "choir")

    assert (reply["code"], reply["clauses"]) == ("enrollment.double-booked", ["P1-086"])
    assert "趣味篮球" in reply["detail"]["zh"]
    school.send("give_up_place", "甲一", "ball")
    assert school.ask("甲一", "choir") == "held"


@pytest.mark.clause("P1-086")
def test_an_offer_is_not_taken_beside_another_place_at_that_time(full: Placing):
    full.offer("choir", 5, starts="16:00", ends="16:50")
    assert full.ask("乙二", "choir") == "held", "who only waits may take what there is"
    full.send("give_up_place", "甲一", "ball")

    assert code_of(full, "accept_place", "乙二", "ball") == "enrollment.double-booked"
    full.send("give_up_place", "乙二", "choir")
    assert full.send("accept_place", "乙二", "ball")["body"]["standing"] == "held"


def amend(school: Placing, offering_id: str, **changed: object) -> dict:
    listed = school.world.ok(school.office, "list_offerings", {"term_id": school.term_id})
    now = next(each for each in listed["items"] if each["offering_id"] == offering_id)
    named = (
        "title content_kind subject teacher_id venue_id capacity grades weekdays starts ends"
    ).split()
    body = {**{name: now[name] for name in named}, **changed}
    params = {"offering_id": offering_id}
    return school.world.handle(school.office, "amend_offering", params, body)


@pytest.fixture
def staffed(tmp_path: Path) -> Iterator[Placing]:
    """The same school where teachers are fit and custody has an end, so that terms can change."""
    safety = Log("safety")
    world = open_world(fresh_sqlite(tmp_path / "staffed.sqlite", migrations), safety)
    end = {"summer": "18:00", "winter": "18:00"}
    setting = {"parameter": "primary_custody_end", "value": end, "reason": "教体局通知"}
    world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, setting)
    school = placing(world)
    for staff_id in ("teacher-ball", "teacher-chess"):
        who = {"staff_id": staff_id, "school_id": OTHER}
        term = {"staff_id": staff_id, "term_id": school.term_id}
        school.append(f"staff-{staff_id}", StaffRegistered(**who, kind="school_staff"))
        school.append(f"volunteer-{staff_id}", TeacherVolunteered(**term))
        clear = {"result": "clear", "checked_on": "2026-08-01", "valid_until": "2027-08-01"}
        safety.say(OTHER, "StaffScreened", **who, **clear)
        signed = {"statement_version": "2026-1", "text_sha256": "a" * 64, "by": "staff"}
        safety.say(OTHER, "ResponsibilityStatementSigned", **{**who, **term, **signed})
    assert world.service.subscriber is not None
    world.service.subscriber.catch_up()
    yield school
    world.service.database.close()


@pytest.mark.clause("P1-086")
def test_an_offering_does_not_move_onto_another_that_its_pupils_have(staffed: Placing):
    staffed.accept("甲一", "乙二")
    staffed.ask("甲一", "ball")
    staffed.ask("甲一", "chess")
    staffed.ask("乙二", "chess")

    reply = amend(staffed, "chess", starts="16:00", ends="16:50")

    assert (reply["code"], reply["clauses"]) == ("enrollment.double-booked", ["P1-086"])
    assert "1 名学生" in reply["detail"]["zh"]
    staffed.send("give_up_place", "甲一", "chess")
    assert amend(staffed, "chess", starts="16:00", ends="16:50")["status"] == "ok"


def test_an_amended_number_counts_and_is_not_below_what_is_taken(staffed: Placing):
    staffed.accept("甲一", "乙二")
    staffed.ask("甲一", "ball")
    staffed.ask("乙二", "ball")

    assert amend(staffed, "ball", capacity=0)["code"] == "enrollment.capacity-below-holders"
    assert amend(staffed, "ball", capacity=2)["status"] == "ok"

    assert staffed.standing("ball") == {"甲一": "held", "乙二": "offered"}
    assert amend(staffed, "chess", capacity=0)["status"] == "ok", "nobody asked for it yet"
    assert staffed.ask("乙二", "chess") == "waiting"


def test_who_waits_already_keeps_the_place_in_line_through_an_allocation(full: Placing):
    full.accept("丁四")
    for name in ("丙三", "丁四", "乙二"):
        full.choose(name, "ball")
    full.grant("丁四", "disabled")

    full.allocate()

    assert list(full.standing("ball")) == ["甲一", "乙二", "丙三", "丁四"]
    assert [full.mine(name)["items"][0]["ahead"] for name in ("乙二", "丙三", "丁四")] == [0, 1, 2]


@pytest.fixture
def leaving(full: Placing) -> Placing:
    """The holder has another place, and waits for a third."""
    full.offer("choir", 0, starts="18:00", ends="18:40")
    assert (full.ask("甲一", "chess"), full.ask("甲一", "choir")) == ("held", "waiting")
    return full


def gone(school: Placing) -> None:
    assert school.mine("甲一")["items"] == []
    assert school.standing("ball") == {"乙二": "offered", "丙三": "waiting"}
    assert school.standing("chess") == school.standing("choir") == {}
    left = [each["correlation_id"] for each in school.events("PlaceGivenUp")]
    assert len(left) == 3
    assert len(set(left)) == 1, "in one transaction with the answer"


def test_declining_gives_the_places_up(leaving: Placing):
    body = {**leaving.at("甲一"), "term_id": leaving.term_id}
    leaving.world.ok(leaving.parent("甲一"), "decline_participation", {}, body)

    gone(leaving)
    seen = len(leaving.events())
    leaving.world.ok(leaving.parent("甲一"), "decline_participation", {}, body)
    assert len(leaving.events()) == seen
    assert leaving.events("PlaceGivenUp")[-1]["actor"]["role"] == "guardian"


def test_the_pupils_no_gives_the_places_up(leaving: Placing):
    application = answered(leaving, "甲一")
    leaving.world.ok(leaving.office, "record_pupil_assent", application, {"assents": True})
    assert leaving.standing("ball")["甲一"] == "held"

    leaving.world.ok(leaving.office, "record_pupil_assent", application, {"assents": False})

    gone(leaving)


def test_a_rejection_gives_the_places_up(leaving: Placing):
    body = {"reason": "不符合条件"}
    leaving.world.ok(leaving.office, "reject_application", answered(leaving, "甲一"), body)

    gone(leaving)


def test_a_transfer_gives_the_places_up(leaving: Placing):
    body = {"effective_on": "2026-09-10"}
    leaving.world.ok(leaving.office, "transfer_student", leaving.at("甲一"), body)

    gone(leaving)


def test_a_withdrawal_gives_the_places_up_at_once_and_an_old_one_nothing_new(leaving: Placing):
    old = enrol(leaving, "甲一")
    body = {"effective_on": "2026-10-12", "reason": "搬家"}
    leaving.world.ok(leaving.parent("甲一"), "withdraw_student", old, body, if_match=6)

    gone(leaving)
    leaving.accept("甲一")
    assert leaving.ask("甲一", "chess") == "held"
    assert leaving.world.refused(leaving.parent("甲一"), "withdraw_student", old, body)
    assert leaving.standing("chess") == {"甲一": "held"}


def test_an_answer_for_another_term_leaves_the_places_of_this_one(leaving: Placing):
    spring = {"name": "2027年春季学期", "first_day": "2027-02-22", "last_day": "2027-07-05"}
    opened = leaving.world.ok(leaving.office, "open_term", {"school_id": OTHER}, spring)
    body = {**leaving.at("甲一"), "term_id": opened["term_id"]}

    leaving.world.ok(leaving.parent("甲一"), "decline_participation", {}, body)

    assert leaving.events("PlaceGivenUp") == []
    assert leaving.standing("ball")["甲一"] == "held"


def answered(school: Placing, name: str) -> dict[str, str]:
    """Return the newest application of a pupil."""
    mine = [
        each["data"]["application_id"]
        for each in school.events("ApplicationSubmitted")
        if each["data"]["student_id"] == school.id_of(name)
    ]
    return {"application_id": mine[-1]}


def enrol(school: Placing, name: str) -> dict[str, str]:
    """Take an accepted family through publicity and agreement."""
    application, world = answered(school, name), school.world
    listed = world.publish(OTHER)
    world.clock.instant = at(f"{listed['confirmable_from']}T08:00:00")
    world.ok(school.office, "confirm_list", {"publicity_id": listed["publicity_id"]})
    body = {"agreement_version": "2026-1"}
    world.ok(school.parent(name), "sign_agreement", application, body)
    return application
