"""Staff, venues, offerings, sessions and the filing pack through the service."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from contracts.enrollment.vocabulary import PROHIBITED_CONTENT as PROHIBITED
from tests.component.enrollment.terms import Term, plan_for
from tests.component.enrollment.world import CITY, SCHOOL, World, at

TUESDAY = "2026-09-08"


@pytest.fixture
def term(unplanned: World) -> Term:
    found = plan_for(unplanned)
    found.approve()
    return found


def club(term: Term, **changes: Any) -> dict[str, Any]:
    return {
        "title": "武术",
        "service_kind": "after_school_custody",
        "content_kind": "sport",
        "teacher_id": term.staff_id,
        "venue_id": f"{SCHOOL}-1",
        "capacity": 20,
        "grades": [2, 3],
        "weekdays": [2],
        "starts": "17:00",
        "ends": "17:30",
        **changes,
    }


def offering(term: Term, title: str = "琵琶社团") -> dict[str, Any]:
    listed = term.ask("office", "list_offerings", term.here)["items"]
    return next(each for each in listed if each["title"] == title)


@pytest.mark.clause("P1-030")
def test_a_teacher_volunteers_in_person_and_may_take_it_back_with_notice(unplanned: World):
    term = plan_for(unplanned)
    assert term.handle("office", "volunteer_for_duty", term.here)["kind"] == "forbidden"
    assert term.ask("teacher", "volunteer_for_duty", term.here)["until"] is None
    early = {"effective_on": "2026-08-21"}
    assert term.refused("teacher", "withdraw_volunteering", term.here, early) == (
        "enrollment.notice-too-short"
    )
    later = {"effective_on": "2026-09-01"}
    taken_back = term.ask("teacher", "withdraw_volunteering", term.here, later)
    assert taken_back["until"] == "2026-09-01"


@pytest.mark.clause("P1-030", "P1-031")
def test_no_session_without_consent_screening_and_statement(term: Term):
    person = {"name": "新老师", "kind": "school_staff"}
    new = term.ask("office", "register_staff", term.at, person)["staff_id"]
    proposal = club(term, teacher_id=new)
    assert term.refused("office", "propose_offering", term.here, proposal) == (
        "enrollment.not-volunteered"
    )
    Term(term.world, SCHOOL, new).ask("teacher", "volunteer_for_duty", term.here)
    assert term.refused("office", "propose_offering", term.here, proposal) == (
        "enrollment.not-screened"
    )
    assert _line(term, new) == (False, False)
    term.vouch_for(new)
    assert _line(term, new) == (True, True)
    assert term.ask("office", "propose_offering", term.here, proposal)["teacher_id"] == new


def _line(term: Term, staff_id: str) -> tuple[bool, bool]:
    lines = term.ask("office", "list_volunteers", term.here)["items"]
    found = next(each for each in lines if each["staff_id"] == staff_id)
    return found["screened"], found["assignable"]


@pytest.mark.clause("P1-009", "P1-036", "P1-037")
@pytest.mark.parametrize("content", PROHIBITED)
def test_what_is_prohibited_is_refused_with_its_clauses(term: Term, content: str):
    reply = term.handle("office", "propose_offering", term.here, club(term, content_kind=content))

    assert (reply["kind"], reply["code"]) == ("invalid", "enrollment.prohibited-content")
    assert {"P1-009", "P1-036", "P2-010"} <= set(reply["clauses"])


@pytest.mark.clause("P1-037")
def test_an_offering_that_names_a_lesson_is_refused(term: Term):
    proposal = club(term, curriculum_ref="数学第3单元")

    assert term.refused("office", "propose_offering", term.here, proposal) == (
        "enrollment.teaching-extension"
    )


@pytest.mark.clause("P1-018")
def test_no_session_takes_the_teachers_friday_afternoon(term: Term):
    friday = club(term, weekdays=[5], starts="15:30", ends="16:15")
    found = offering(term)
    kept = ("title", "content_kind", "subject", "teacher_id", "venue_id", "capacity", "grades")
    amended = {name: found[name] for name in kept} | {"weekdays": [2, 5]}
    hours = {"starts": "16:15", "ends": "17:00"}
    at_ = {"offering_id": found["offering_id"]}

    for reply in (
        term.handle("office", "propose_offering", term.here, friday),
        term.handle("office", "amend_offering", at_, amended | hours),
    ):
        assert (reply["code"], reply["clauses"]) == (
            "enrollment.staff-reserved-time",
            ["P1-018"],
        )
        assert "星期五 15:30–17:00 是教师集备" in reply["detail"]["zh"]


@pytest.mark.clause("P1-025")
def test_clashes_name_what_is_in_the_way(term: Term):
    same_teacher = club(term, starts="16:30", ends="17:00", venue_id=term.another_room())
    reply = term.handle("office", "propose_offering", term.here, same_teacher)
    assert reply["code"] == "enrollment.clashes"
    assert "琵琶社团" in reply["detail"]["zh"]
    same_room = club(term, starts="16:30", ends="17:00", teacher_id=term.another_teacher())
    reply = term.handle("office", "propose_offering", term.here, same_room)
    assert "场地" in reply["detail"]["zh"]


@pytest.mark.clause("P2-059")
def test_venues_and_equipment_show_when_they_are_used(term: Term):
    room = {
        "venue_id": f"{SCHOOL}-1",
        "name": "音乐教室",
        "kind": "special_room",
        "capacity": 45,
        "equipment": ["琵琶"],
        "accountable_id": term.staff_id,
    }
    term.ask("office", "register_venue", term.at, room)

    venues = term.ask("teacher", "list_venues", term.at)["items"]
    found = next(each for each in venues if each["venue_id"] == f"{SCHOOL}-1")
    assert (found["equipment"], found["accountable_id"]) == (["琵琶"], term.staff_id)
    assert [each["title"] for each in found["taken"]] == ["琵琶社团"]


@pytest.mark.clause("P1-028")
def test_the_bureau_returns_an_offering_and_families_do_not_see_it(term: Term):
    found = offering(term)
    at_ = {"offering_id": found["offering_id"]}
    parent = term.world.parent_of(term.world.pupil("李雷"))
    seen = term.world.ok(parent, "list_offerings", term.here)["items"]
    assert {each["title"] for each in seen} == {"作业辅导", "琵琶社团"}
    term.ask("bureau", "return_offering", at_, {"reason": "请写明教师资质。"})

    seen = term.world.ok(parent, "list_offerings", term.here)["items"]
    assert {each["title"] for each in seen} == {"作业辅导"}
    assert offering(term)["reason"] == "请写明教师资质。"
    assert term.refused("office", "open_offering", at_) == "enrollment.offering-returned"
    kept = ("title", "content_kind", "subject", "teacher_id", "venue_id", "capacity")
    amended = {name: found[name] for name in (*kept, "grades", "weekdays", "starts", "ends")}
    term.ask("office", "amend_offering", at_, amended)
    assert term.ask("office", "open_offering", at_)["standing"] == "open"


@pytest.mark.clause("P1-087", "P2-045")
def test_session_content_is_reviewed_with_guidance_before_it_may_run(term: Term):
    at_ = {"offering_id": offering(term)["offering_id"]}
    plan = {"on": TUESDAY, "content_kind": "club", "description": "识谱和坐姿"}
    term.ask("teacher", "submit_session_content", at_, plan)
    [session] = term.ask("teacher", "list_session_contents", at_)["items"]
    assert (session["standing"], session["may_run"]) == ("submitted", False)

    advice = {"on": TUESDAY, "guidance": "每组不超过六人"}
    term.ask("office", "approve_session_content", at_, advice)
    [session] = term.ask("teacher", "list_session_contents", at_)["items"]
    assert (session["may_run"], session["guidance"]) == (True, "每组不超过六人")
    other = Principal(account_id="x", role="teacher", person_id="x", school_id=SCHOOL)
    reply = term.world.handle(other, "submit_session_content", at_, plan)
    assert reply["kind"] == "forbidden"


@pytest.mark.clause("P1-087", "P2-045")
def test_what_the_school_approved_is_not_rewritten_without_an_approval(term: Term):
    at_ = {"offering_id": offering(term)["offering_id"]}
    plan = {"on": TUESDAY, "content_kind": "club", "description": "识谱"}
    term.ask("teacher", "submit_session_content", at_, plan)
    better = {**plan, "description": "识谱和坐姿"}
    term.ask("teacher", "submit_session_content", at_, better)
    term.ask("office", "approve_session_content", at_, {"on": TUESDAY, "guidance": "六人一组"})
    term.ask("office", "approve_session_content", at_, {"on": TUESDAY, "guidance": "十人一组"})

    drill = {**plan, "description": "讲新课"}
    code = term.refused("teacher", "submit_session_content", at_, drill)
    [session] = term.ask("office", "list_session_contents", at_)["items"]
    assert code == "enrollment.content-approved"
    assert (session["description"], session["guidance"]) == ("识谱和坐姿", "六人一组")

    term.ask("teacher", "submit_session_content", at_, better)
    same = {**drill, "teacher_id": session["teacher_id"]}
    term.ask("office", "substitute_session", at_, same)
    [session] = term.ask("office", "list_session_contents", at_)["items"]
    assert (session["description"], session["may_run"]) == ("讲新课", False)


@pytest.mark.clause("P1-036", "P1-087")
def test_a_substitute_passes_the_same_guard_and_is_reviewed_anew(term: Term):
    at_ = {"offering_id": offering(term)["offering_id"]}
    plan = {"on": TUESDAY, "content_kind": "club", "description": "合奏"}
    term.ask("teacher", "submit_session_content", at_, plan)
    term.ask("office", "approve_session_content", at_, {"on": TUESDAY})
    substitute = {**plan, "teacher_id": term.another_teacher()}
    drilled = {**substitute, "content_kind": "drill"}
    assert term.refused("office", "substitute_session", at_, drilled) == (
        "enrollment.prohibited-content"
    )
    assert term.refused("office", "substitute_session", at_, {**plan, "teacher_id": "nobody"}) == (
        "enrollment.staff-unknown"
    )
    term.ask("office", "substitute_session", at_, substitute)

    [session] = term.ask("office", "list_session_contents", at_)["items"]
    assert (session["substituted"], session["may_run"]) == (True, False)


@pytest.mark.clause("P2-089", "P2-090", "P2-091", "P2-093", "P2-094")
def test_the_pack_is_built_from_what_is_on_record_and_filed_in_one_click(term: Term):
    pack = term.ask("office", "get_pack", term.here)
    assert pack["missing"] == ["roster"]
    reply = term.handle("office", "file_pack", term.here)
    assert (reply["code"], reply["kind"]) == ("enrollment.pack-incomplete", "invalid")
    assert "名册" in reply["detail"]["zh"]
    term.enrol("李雷")

    filed = term.ask("office", "file_pack", term.here)
    assert (filed["state"], filed["filing"], filed["missing"]) == ("filed", 1, [])
    assert {each["title"] for each in filed["parts"]["courses"]} == {"作业辅导", "琵琶社团"}
    assert filed["parts"]["staffing"][0]["staff_id"] == term.staff_id
    assert "李雷" not in repr(filed["parts"])
    assert term.ask("bureau", "acknowledge_filing", term.here)["state"] == "acknowledged"


@pytest.mark.clause("P2-091")
def test_who_does_not_count_the_money_reads_a_masked_roster(term: Term):
    term.enrol("张小明")
    finance = Principal(account_id="f", role="school_finance", school_id=SCHOOL)

    [shown] = term.ask("bureau", "get_pack", term.here)["parts"]["roster"]
    assert shown["name"] == "张*明"
    [full] = term.world.ok(finance, "get_pack", term.here)["parts"]["roster"]
    assert full["name"] == "张小明"


@pytest.mark.clause("P2-094")
def test_what_changed_is_filed_again_and_what_is_late_is_listed_with_its_days(term: Term):
    term.enrol("李雷")
    district = {"district_id": CITY}
    term.world.clock.instant = at("2026-09-01T08:00:00")
    [line] = term.ask("bureau", "list_district_plans", district)["filings"]
    assert (line["state"], line["due_on"]) == ("missing", "2026-10-01")
    term.world.clock.instant = at("2026-10-08T08:00:00")
    [line] = term.ask("bureau", "list_district_plans", district)["filings"]
    assert (line["state"], line["days_overdue"]) == ("overdue", 7)
    term.ask("office", "file_pack", term.here)
    term.ask("bureau", "acknowledge_filing", term.here)

    term.ask("office", "close_offering", {"offering_id": offering(term)["offering_id"]})
    [line] = term.ask("bureau", "list_district_plans", district)["filings"]
    assert (line["state"], line["days_overdue"]) == ("changed", 0)
    assert term.ask("office", "file_pack", term.here)["filing"] == 2
