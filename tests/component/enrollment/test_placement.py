"""After the agreement, through the service: leaving, pausing, coming back, changing schools."""

from __future__ import annotations

import pytest

from chassis.kernel.call import Principal
from tests.component.enrollment.world import (
    OPERATOR,
    OTHER,
    PUPILS,
    SCHOOL,
    World,
    at,
    bureau,
    counts,
    guardian,
    names,
    office,
)

SIGN = {"agreement_version": "2026-1"}
LEAVING = {"effective_on": "2026-10-19", "reason": "搬家到外地"}
PAUSE = {"from_on": "2026-10-19", "until_on": "2026-10-30", "reason": "骨折休养"}


@pytest.fixture
def placed(world: World) -> World:
    """A school whose pupil 张小明 is enrolled; it is 9 October."""
    world.import_rows()
    pupil = world.pupil("张小明")
    enrol(world, pupil, world.accepted(pupil))
    world.clock.instant = at("2026-10-09T10:00:00")
    return world


def enrol(world: World, pupil: dict, application_id: str, confirmed_at: str = "2026-08-28") -> None:
    listed = world.publish()
    world.clock.instant = at(f"{confirmed_at}T08:00:00")
    world.ok(office(), "confirm_list", {"publicity_id": listed["publicity_id"]})
    application = {"application_id": application_id}
    world.ok(world.parent_of(pupil), "sign_agreement", application, SIGN)


def child(world: World, who: Principal, student_id: str) -> dict:
    children = world.ok(who, "my_children")["items"]
    return next(each for each in children if each["student_id"] == student_id)


class Seat:
    """The enrolled pupil, and how the parties speak of the place."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pupil = world.pupil("张小明")
        self.parent = world.parent_of(self.pupil)
        [row] = world.ok(office(), "list_applications", {"school_id": SCHOOL})["items"]
        self.application = {"application_id": row["application_id"]}

    def ok(self, operation: str, body: dict, who: Principal | None = None) -> dict:
        return self.world.ok(who or self.parent, operation, self.application, body)

    def refused(self, operation: str, body: dict, who: Principal | None = None) -> str:
        return self.world.refused(who or self.parent, operation, self.application, body)

    def term(self) -> dict:
        found = child(self.world, self.parent, self.pupil["student_id"])
        return found["terms"][0]

    def shown(self) -> dict:
        return self.world.ok(office(), "get_application", self.application)


@pytest.fixture
def seat(placed: World) -> Seat:
    return Seat(placed)


def days(term: dict) -> tuple:
    return term["withdrawn_on"], term["suspended_from"], term["suspended_until"]


@pytest.mark.clause("P1-079")
def test_a_family_withdraws_its_child_and_the_event_says_no_reason(placed: World, seat: Seat):
    reply = seat.ok("withdraw_student", LEAVING)

    assert reply["state"] == "withdrawn"
    event = placed.events()[-1]
    assert (event["type"], event["data"]) == (
        "StudentWithdrawn",
        {
            **seat.application,
            "school_id": SCHOOL,
            "student_id": seat.pupil["student_id"],
            "term_id": placed.term_ids[SCHOOL],
            "effective_on": "2026-10-19",
            "by": "guardian",
        },
    )
    assert "搬家" not in str(placed.events())
    assert (seat.shown()["state"], seat.shown()["reason"]) == ("withdrawn", "搬家到外地")
    assert seat.term()["next"]["action"] == "none"
    assert days(seat.term()) == ("2026-10-19", None, None)


@pytest.mark.clause("P1-079")
def test_the_office_withdraws_with_a_reason_that_the_family_reads(placed: World, seat: Seat):
    bare = {"effective_on": "2026-10-19", "reason": "  "}

    assert seat.refused("withdraw_student", bare, office()) == "enrollment.reason-missing"
    seat.ok("withdraw_student", {**LEAVING, "reason": "多次缺席"}, office())

    assert placed.events()[-1]["data"]["by"] == "school"
    assert seat.term()["reason"] == "多次缺席"


def test_a_second_withdrawal_changes_nothing(placed: World, seat: Seat):
    seat.ok("withdraw_student", LEAVING)
    seen = placed.types()

    seat.ok("withdraw_student", {"effective_on": "2026-11-02", "reason": "别的"}, office())

    assert placed.types() == seen
    assert (seat.term()["withdrawn_on"], seat.term()["reason"]) == ("2026-10-19", "搬家到外地")


def test_a_wrong_day_is_refused_and_says_which_days_there_are(placed: World, seat: Seat):
    past = {**LEAVING, "effective_on": "2026-10-08"}
    reply = placed.handle(seat.parent, "withdraw_student", seat.application, past)

    assert (reply["code"], reply["clauses"]) == ("enrollment.placement-date-wrong", ["P1-079"])
    assert "2026-10-09" in reply["detail"]["zh"]


@pytest.mark.parametrize("operation", ["withdraw_student", "suspend_enrolment", "resume_enrolment"])
def test_nobody_else_touches_a_childs_place(placed: World, seat: Seat, operation: str):
    body = {"withdraw_student": LEAVING, "suspend_enrolment": PAUSE}.get(operation, {})
    stranger = placed.parent_of(placed.pupil("李雷"))

    for who in (stranger, office(OTHER), guardian("nobody")):
        assert seat.refused(operation, body, who) == "enrollment.application-unknown"
    assert seat.refused(operation, body, bureau()) == "not-permitted"


@pytest.mark.clause("P1-079", "P1-004")
def test_who_left_applies_again_and_is_enrolled_again(placed: World, seat: Seat):
    seat.ok("withdraw_student", LEAVING)
    assert seat.term()["previous_service_kinds"] == ["after_school_custody"]

    again = placed.accepted(seat.pupil)
    assert (seat.term()["state"], seat.term()["withdrawn_on"]) == ("accepted", "2026-10-19")
    enrol(placed, seat.pupil, again, confirmed_at="2026-10-17")

    enrolled = placed.events()[-1]
    assert enrolled["type"] == "StudentEnrolled"
    assert enrolled["data"]["application_id"] == again
    assert enrolled["data"]["starts_on"] == "2026-10-19", "not before the first place is left"
    assert seat.term()["state"] == "enrolled"
    assert seat.refused("withdraw_student", LEAVING) == "enrollment.not-enrolled"


@pytest.mark.clause("P1-079")
def test_a_place_is_suspended_and_resumed(placed: World, seat: Seat):
    assert seat.ok("suspend_enrolment", PAUSE)["state"] == "enrolled"
    assert days(seat.term()) == (None, "2026-10-19", "2026-10-30")
    assert seat.term()["reason"] == "骨折休养"
    assert "骨折" not in str(placed.events())

    placed.clock.instant = at("2026-10-21T08:00:00")
    seat.ok("resume_enrolment", {"on": "2026-10-26"}, office())
    seat.ok("resume_enrolment", {"on": "2026-10-26"})

    assert placed.types()[-2:] == ["EnrolmentSuspended", "EnrolmentResumed"]
    assert days(seat.term()) == (None, "2026-10-19", "2026-10-25")
    placed.clock.instant = at("2026-10-26T08:00:00")
    assert (days(seat.term()), seat.term()["reason"]) == ((None, None, None), None)


def test_resuming_today_needs_no_date_and_a_new_suspension_no_old_reason(placed: World, seat: Seat):
    seat.ok("suspend_enrolment", PAUSE)
    seat.ok("resume_enrolment", {})
    assert placed.events()[-1]["data"]["on"] == "2026-10-09"
    assert days(seat.term()) == (None, None, None)

    seat.ok("suspend_enrolment", {"from_on": "2026-11-02"})

    assert days(seat.term()) == (None, "2026-11-02", None)
    assert seat.term()["reason"] is None


def test_whose_data_were_erased_still_leaves_and_no_reason_is_kept(placed: World, seat: Seat):
    erased = {"school_id": SCHOOL, "grounds": "guardian-request", "reason": "书面申请 3 号"}
    who = {"person_id": seat.pupil["student_id"]}
    placed.ok(OPERATOR, "erase_person", who, erased)

    reply = seat.ok("withdraw_student", LEAVING, office())

    assert (reply["state"], seat.shown()["reason"]) == ("withdrawn", None)


def test_the_confirmed_list_stays_as_it_hung_out(placed: World, seat: Seat):
    [listed] = placed.ok(office(), "list_publicities", {"school_id": SCHOOL})["items"]
    publicity = {"publicity_id": listed["publicity_id"]}
    before = placed.ok(office(), "get_publicity", publicity)

    seat.ok("withdraw_student", LEAVING)

    assert placed.ok(office(), "get_publicity", publicity) == before


def transfer(world: World, pupil: dict, day: str = "2026-10-19", **body: str | None) -> dict:
    params = {"student_id": pupil["student_id"]}
    return world.ok(office(), "transfer_student", params, {"effective_on": day, **body})


@pytest.mark.clause("P1-079")
def test_a_pupil_who_moves_is_off_the_lists_and_out_of_the_service(placed: World, seat: Seat):
    reply = transfer(placed, seat.pupil, to_school_id=OTHER)

    who = seat.pupil["student_id"]
    assert reply == {"student_id": who, "school_id": SCHOOL, "left_on": "2026-10-19"}
    assert placed.types()[-2:] == ["StudentTransferredOut", "StudentWithdrawn"]
    out, withdrawn = (event["data"] for event in placed.events()[-2:])
    assert out == {"student_id": who, "to_school_id": OTHER, "effective_on": "2026-10-19"}
    assert (withdrawn["effective_on"], withdrawn["by"]) == ("2026-10-19", "school")
    assert "张小明" in names(placed), "here until the day before"
    sizes = placed.ok(office(), "list_classes", {"school_id": SCHOOL})["items"]
    placed.clock.instant = at("2026-10-19T07:00:00")
    assert names(placed) == ["张小红", "李雷"]
    smaller = placed.ok(office(), "list_classes", {"school_id": SCHOOL})["items"]
    assert sum(e["students"] for e in smaller) == sum(e["students"] for e in sizes) - 1

    kept = placed.ok(office(), "get_student", {"student_id": who})
    assert (kept["name"], kept["left_on"]) == ("张小明", "2026-10-19")
    assert child(placed, seat.parent, who)["left_on"] == "2026-10-19"


def test_the_second_transfer_is_quiet_and_the_first_day_stands(placed: World, seat: Seat):
    transfer(placed, seat.pupil)
    seen = placed.types()

    assert transfer(placed, seat.pupil, "2026-11-02")["left_on"] == "2026-10-19"
    assert placed.types() == seen


def test_a_transfer_cuts_a_later_withdrawal_short(placed: World, seat: Seat):
    seat.ok("withdraw_student", {**LEAVING, "effective_on": "2026-12-01"})

    transfer(placed, seat.pupil)

    assert seat.term()["withdrawn_on"] == "2026-10-19"
    assert placed.types().count("StudentWithdrawn") == 1


def test_an_open_application_lapses_and_no_new_one_is_made(placed: World):
    pupil = placed.pupil("李雷")
    application = {"application_id": placed.apply(pupil)["application_id"]}

    transfer(placed, pupil)

    assert placed.types()[-1] == "ApplicationLapsed"
    assert placed.refused(office(), "accept_application", application) == (
        "enrollment.application-closed"
    )
    form = placed.form(pupil)
    assert placed.refused(placed.parent_of(pupil), "submit_application", {}, form) == (
        "enrollment.student-leaving"
    )
    [term] = child(placed, placed.parent_of(pupil), pupil["student_id"])["terms"]
    assert term["state"] == "lapsed"


def test_where_to_is_a_school_that_there_is_and_another_one(placed: World, seat: Seat):
    who = {"student_id": seat.pupil["student_id"]}
    body = {"effective_on": "2026-10-19"}

    for to_school, code in (("nowhere", "school-unknown"), (SCHOOL, "transfer-to-itself")):
        wished = {**body, "to_school_id": to_school}
        assert placed.refused(office(), "transfer_student", who, wished) == f"enrollment.{code}"
    late = {"effective_on": "2026-10-08"}
    assert placed.refused(office(), "transfer_student", who, late) == (
        "enrollment.transfer-date-wrong"
    )
    assert placed.refused(office(OTHER), "transfer_student", who, body) == (
        "enrollment.student-unknown"
    )
    assert placed.refused(seat.parent, "transfer_student", who, body) == "not-permitted"


def test_the_new_school_registers_the_child_by_its_own_roster(placed: World, seat: Seat):
    transfer(placed, seat.pupil, to_school_id=OTHER)

    report = placed.import_rows(PUPILS[0], school_id=OTHER)

    assert counts(report) == (1, 0, 0, 0, 0)
    assert placed.pupil("张小明", OTHER)["student_id"] != seat.pupil["student_id"]


def test_the_old_schools_roster_brings_the_same_pupil_back_after_the_last_day(
    placed: World, seat: Seat
):
    transfer(placed, seat.pupil)
    assert counts(placed.import_rows()) == (0, 0, 3, 0, 0), "still here: nothing changes"
    assert placed.pupil("张小明")["left_on"] == "2026-10-19"

    placed.clock.instant = at("2026-10-20T09:00:00")
    dry = {"school_id": SCHOOL}
    report = placed.import_rows()

    assert counts(report) == (0, 1, 2, 0, 0)
    back = placed.pupil("张小明")
    assert (back["student_id"], back["left_on"]) == (seat.pupil["student_id"], None)
    assert placed.types()[-2:] == ["StudentRegistered", "RosterImported"]
    assert seat.term()["state"] == "withdrawn", "an import enrols nobody"
    assert counts(placed.import_rows()) == (0, 0, 3, 0, 0)
    assert placed.ok(office(), "list_students", dry)["items"]
    assert placed.apply(back)["state"] == "submitted"


@pytest.mark.parametrize("who", [0, 1])
def test_a_namesake_who_is_here_is_meant_before_one_who_left(world: World, who: int):
    twins = ("王芳,女,,,,三年级1班,,,", "王芳,女,,,,三年级1班,,,")
    world.import_rows(*twins)
    both = world.ok(office(), "list_students", {"school_id": SCHOOL})["items"]
    transfer(world, both[who], "2026-08-20")

    assert counts(world.import_rows(twins[0])) == (0, 0, 1, 0, 0)
    [here] = world.ok(office(), "list_students", {"school_id": SCHOOL})["items"]
    assert here["student_id"] == both[1 - who]["student_id"]


@pytest.mark.clause("P1-004")
def test_a_new_term_enrols_nobody_but_remembers_what_was_chosen(placed: World, seat: Seat):
    spring = {"name": "2027年春季学期", "first_day": "2027-02-22", "last_day": "2027-07-05"}
    seen = placed.types()

    placed.ok(office(), "open_term", {"school_id": SCHOOL}, spring)

    assert placed.types() == [*seen, "TermOpened"]
    newest, current = child(placed, seat.parent, seat.pupil["student_id"])["terms"]
    assert (newest["state"], newest["previous_service_kinds"]) == (
        "not_applied",
        ["after_school_custody"],
    )
    assert (current["state"], current["previous_service_kinds"]) == ("enrolled", [])
    sister = placed.pupil("张小红")
    [other, _] = child(placed, placed.parent_of(sister), sister["student_id"])["terms"]
    assert other["previous_service_kinds"] == []
