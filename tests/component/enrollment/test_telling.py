"""Notices reach those they are for, and the office sees who has read them."""

from __future__ import annotations

import pytest

from chassis.kernel.call import Principal
from services.enrollment.listening.tables import notices
from tests.component.enrollment.listening import HERE, Listening, listen
from tests.component.enrollment.world import CITY, OTHER, SCHOOL, World, bureau, guardian, office

TEACHER = Principal(account_id="t", role="teacher", person_id="t-1", school_id=SCHOOL)


@pytest.fixture
def school(world: World) -> Listening:
    return listen(world)


@pytest.mark.clause("P1-021", "P2-055")
def test_the_office_sees_how_many_of_those_told_have_read(school: Listening):
    world, notice = school.world, {"notice_id": school.tell()}
    parent = school.family_of("张一一")

    [before] = world.ok(parent, "list_notices", HERE)["items"]
    assert (before["title"], before["read"], before["readers"]) == ("课后服务致家长", False, None)
    assert world.ok(parent, "get_notice", notice)["text"] == "自愿参加，请阅读。"
    world.ok(parent, "read_notice", notice)
    world.ok(parent, "read_notice", notice)

    assert world.types().count("NoticeRead") == 1
    assert world.ok(parent, "get_notice", notice)["read"] is True
    for who in (office(), bureau(CITY)):
        shown = world.ok(who, "get_notice", notice)
        assert (shown["recipients"], shown["readers"], shown["read"]) == (6, 1, None)


@pytest.mark.clause("P2-055")
def test_a_guardian_opens_what_is_for_pupils_for_each_of_the_own(school: Listening):
    notice = {"notice_id": school.tell("pupils", "service_content")}

    school.world.ok(school.family_of("张一一"), "read_notice", notice)

    shown = school.world.ok(office(), "get_notice", notice)
    assert (shown["recipients"], shown["readers"]) == (7, 2)


def test_families_do_not_know_of_what_is_for_staff(school: Listening):
    body = {"name": "老师", "kind": "school_staff"}
    school.world.ok(office(), "register_staff", HERE, body)
    notice = {"notice_id": school.tell("staff")}
    parent = school.family_of("张一一")

    assert school.world.ok(parent, "list_notices", HERE)["items"] == []
    for operation in ("get_notice", "read_notice"):
        assert school.world.refused(parent, operation, notice) == "enrollment.notice-unknown"
    school.world.ok(TEACHER, "read_notice", notice)
    assert school.world.ok(office(), "get_notice", notice)["readers"] == 1


def test_staff_leave_no_receipt_for_what_families_are_told(school: Listening):
    notice = {"notice_id": school.tell()}

    code = school.world.refused(TEACHER, "read_notice", notice)

    assert code == "enrollment.notice-for-others"


@pytest.mark.clause("P1-021")
def test_nobody_is_told_before_the_roster_is_there(world: World):
    body = {"term_id": world.term_ids[SCHOOL], "audience": "guardians", "kind": "service"}
    words = {"title": "通知", "text": "内容"}

    reply = world.handle(office(), "publish_notice", HERE, {**body, **words})

    assert (reply["code"], reply["clauses"]) == ("enrollment.nobody-to-tell", ["P1-021", "P2-055"])


def test_the_words_are_in_no_event(school: Listening):
    school.tell()

    assert "课后服务致家长" not in repr(school.world.events())
    assert "自愿参加" not in repr(school.world.events())


def test_another_school_and_a_stranger_know_of_nothing(school: Listening):
    notice = {"notice_id": school.tell()}

    for who in (office(OTHER), bureau("dexing-1"), guardian("nobody")):
        assert school.world.refused(who, "get_notice", notice) == "enrollment.notice-unknown"
        assert school.world.refused(who, "list_notices", HERE) == "enrollment.school-unknown"


def test_the_newest_comes_first_and_pages_follow(school: Listening):
    told = [school.tell(kind=kind) for kind in ("service", "notice_letter", "plan_change")]
    first = school.world.ok(office(), "list_notices", HERE, {"limit": 2})
    rest = school.world.ok(office(), "list_notices", HERE, {"limit": 2, "after": first["next"]})

    assert {each["notice_id"] for each in (*first["items"], *rest["items"])} == set(told)
    assert (len(first["items"]), rest["next"]) == (2, None)


@pytest.mark.clause("P1-021", "P2-055")
def test_others_ask_which_notices_of_a_term_are_out(school: Listening):
    notice = {"notice_id": school.tell()}
    school.tell(kind="service_content")
    school.world.ok(school.family_of("李三三"), "read_notice", notice)

    with school.world.service.database.read() as connection:
        found = notices.published(connection, school.term_id, ("service", "notice_letter"))
        none = notices.published(connection, "other-term", ("service",))

    assert [(each["notice_id"], each["readers"]) for each in found] == [(notice["notice_id"], 1)]
    assert none == []


@pytest.mark.clause("P2-013")
def test_a_grandparent_who_looks_after_the_child_is_told_and_answers(world: World):
    world.import_rows("留小守,男,2017-05-03,,,三年级2班,留奶奶,奶奶,13800000031", school_id=OTHER)
    pupil = world.pupil("留小守", OTHER)
    [grandmother] = pupil["guardians"]
    body = {"term_id": world.term_ids[OTHER], "audience": "guardians", "kind": "service"}
    words = {"title": "课后服务致家长", "text": "自愿参加。"}
    world.ok(office(OTHER), "publish_notice", {"school_id": OTHER}, {**body, **words})
    who = guardian(grandmother["guardian_id"])

    [told] = world.ok(who, "list_notices", {"school_id": OTHER})["items"]
    world.ok(who, "read_notice", {"notice_id": told["notice_id"]})

    assert grandmother["relation"] == "grandparent"
    assert told["title"] == "课后服务致家长"
    assert world.apply(pupil)["state"] == "submitted"
