"""One school day, end to end: the same story embedded and in a cluster.

From a roster file to a child handed over at the gate and a bureau page that shows it, with every
shortcut refused on the way.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.end_to_end.client import Client, Refused
from tests.end_to_end.town import School, guardian, open_school, plan_term, register_district
from tests.end_to_end.worlds import World

AFTER_PUBLICITY = "2026-08-28T09:00:00+08:00"
GATE_TIME = "2026-09-01T15:25:00+08:00"
CUSTODY = "after_school_custody"


@pytest.mark.timeout(420)
@pytest.mark.clause("P1-045", "P1-062", "P1-063", "P1-064", "P1-085", "P1-098", "P2-113")
def test_from_a_roster_to_the_gate_and_the_bureau(world: World) -> None:
    bureau = register_district(world, "north", "urban-district")
    school = open_school(world, "north", "elm")
    _no_application_before_the_plan(world, school)
    plan_term(school, bureau)
    _roster_is_checked_row_by_row(school)
    applications = _apply_and_accept(world, school)
    publicity_id = _publish(world, school, applications)

    world.advance_to(AFTER_PUBLICITY)
    _sign(world, school, publicity_id, applications)

    world.advance_to(GATE_TIME)
    _charge(world, school)
    session_id = _open_and_take_roll(school)
    _hand_over(world, school)
    _report_incident(school)

    world.kill_and_start_again()
    assert _statuses(school, session_id)["周小满"] == "handed_over"
    _bureau_sees_it(bureau)
    _rebuild_changes_nothing(world, bureau)


def _no_application_before_the_plan(world: World, school: School) -> None:
    parent = guardian(world, school, "周小满")
    refusal = parent.refused(f"/schools/{school.school_id}/applications", _wish(school, "周小满"))
    assert (refusal.status, refusal.code) == (409, "enrollment.plan-not-in-force")


def _roster_is_checked_row_by_row(school: School) -> None:
    assert set(school.students) == {"周小满", "陈一诺", "林晨"}
    again = school.office.post(
        f"/schools/{school.school_id}/imports?dry_run=true",
        files={"file": ("名册.csv", _roster_bytes())},
    )
    counts = {name: again[name] for name in ("created", "updated", "unchanged", "refused")}
    assert counts == {"created": 0, "updated": 0, "unchanged": 4, "refused": 1}
    refused = next(row for row in again["rows"] if row["outcome"] == "refused")
    assert refused["field"]


def _roster_bytes() -> bytes:
    from tests.end_to_end.town import ROSTER

    return ROSTER.encode("utf-8-sig")


def _wish(school: School, child: str) -> dict[str, Any]:
    return {
        "student_id": school.students[child],
        "term_id": school.term_id,
        "service_kinds": [CUSTODY],
    }


def _apply_and_accept(world: World, school: School) -> dict[str, str]:
    path = f"/schools/{school.school_id}/applications"
    other = guardian(world, school, "林晨")
    assert other.refused(path, _wish(school, "周小满")).status == 404
    assert school.office.refused(path, _wish(school, "周小满")).status == 403
    applications = {}
    for child in ("周小满", "陈一诺"):
        made = guardian(world, school, child).post(path, _wish(school, child))
        applications[child] = made["application_id"]
    early = guardian(world, school, "周小满")
    signing = f"/applications/{applications['周小满']}/sign-agreement"
    assert early.refused(signing, {"agreement_version": "1"}).status == 409
    for application_id in applications.values():
        key = f"accept-{application_id}"
        first = school.office.post(f"/applications/{application_id}/accept", key=key)
        assert school.office.post(f"/applications/{application_id}/accept", key=key) == first
    return applications


def _publish(world: World, school: School, applications: dict[str, str]) -> str:
    path = f"/schools/{school.school_id}/publicities"
    publicity = school.office.post(path, {"term_id": school.term_id})
    publicity_id: str = publicity["publicity_id"]
    shown = json.dumps(school.office.get(f"/publicities/{publicity_id}"), ensure_ascii=False)
    assert "周*满" in shown
    assert "周小满" not in shown
    assert school.office.refused(f"/publicities/{publicity_id}/confirm").status == 409
    parent = guardian(world, school, "周小满")
    signing = f"/applications/{applications['周小满']}/sign-agreement"
    assert parent.refused(signing, {"agreement_version": "1"}).status == 409
    return publicity_id


def _sign(world: World, school: School, publicity_id: str, applications: dict[str, str]) -> None:
    school.office.post(f"/publicities/{publicity_id}/confirm")
    for child, application_id in applications.items():
        parent = guardian(world, school, child)
        agreement = parent.get(f"/applications/{application_id}/agreement")
        path = f"/applications/{application_id}/sign-agreement"
        refusal = parent.refused(path, {"agreement_version": "some other"})
        assert refusal.status == 409, refusal
        signed = parent.post(path, {"agreement_version": agreement["agreement_version"]})
        assert signed["state"] == "enrolled"


def _charge(world: World, school: School) -> None:
    poor = school.students["陈一诺"]
    waiver = {"category": "registered_poor", "evidence": "证明", "from_month": "2026-09"}
    run = f"/schools/{school.school_id}/charges:run"
    assert school.teacher.refused(run, {"month": "2026-09"}).status == 403
    school.finance.eventually(
        f"/students/{poor}/waivers", waiver, unless={"fees.student-unknown", "fees.policy-not-yet"}
    )
    totals = {"charged": 0, "total": 0}
    while totals["charged"] < 2:
        answer = school.finance.post(run, {"month": "2026-09"})
        totals["charged"] += answer["charged"]
        totals["total"] += answer["total"]["amount_fen"] if answer["charged"] else 0
    assert school.finance.post(run, {"month": "2026-09"})["charged"] == 0
    amounts = {
        child: _charged(guardian(world, school, child), school.students[child])
        for child in ("周小满", "陈一诺")
    }
    assert amounts == {"周小满": [8000], "陈一诺": [4000]}


def _charged(parent: Client, student_id: str) -> list[int]:
    return [
        charge["amount_fen"] for charge in parent.get(f"/students/{student_id}/charges")["items"]
    ]


def _open_and_take_roll(school: School) -> str:
    path = f"/schools/{school.school_id}/sessions"
    plan = {"service_kind": CUSTODY, "class_id": school.class_id}
    friday = school.teacher.refused(path, {**plan, "date": "2026-09-04"})
    assert (friday.status, "P1-013" in friday.problem["clauses"]) == (409, True), friday
    session_id: str = school.teacher.post(path, {**plan, "date": "2026-09-01"})["session_id"]
    absent = {"student_id": school.students["陈一诺"], "status": "absent"}
    school.teacher.post(f"/sessions/{session_id}/roll", {"exceptions": [absent]})
    assert _statuses(school, session_id) == {"周小满": "present", "陈一诺": "absent"}
    return session_id


def _statuses(school: School, session_id: str) -> dict[str, str]:
    names = {student_id: name for name, student_id in school.students.items()}
    roster = school.teacher.get(f"/sessions/{session_id}")["roster"]
    return {names[item["student_id"]]: item["status"] for item in roster}


def _hand_over(world: World, school: School) -> None:
    child = school.students["周小满"]
    parent = guardian(world, school, "周小满")
    aunt = {"name": "周阿姨", "relation": "relative", "phone": "13900139000"}
    authorised = parent.post(f"/students/{child}/pickup-authorisations", aunt)
    uncle = parent.post(f"/students/{child}/pickup-authorisations", {**aunt, "name": "周叔叔"})
    stranger = guardian(world, school, "林晨")
    codes = f"/students/{child}/pickup-codes"
    aunts = {"receiver_id": authorised["receiver_id"]}
    assert stranger.refused(codes, aunts).status == 404
    code = parent.post(codes, aunts)["code"]
    path = f"/schools/{school.school_id}/handovers"
    right = {"student_id": child, **aunts, "code": code}
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    assert school.guard.refused(path, {**right, "code": wrong}).code == "attendance.wrong-code"
    someone = {**right, "receiver_id": uncle["receiver_id"]}
    assert school.guard.refused(path, someone).status == 409
    parent.post(f"/pickup-authorisations/{uncle['authorisation_id']}/revoke")
    assert school.guard.refused(path, someone).code == "attendance.receiver-revoked"
    done = school.guard.post(path, right, key="the-thumb")
    assert school.guard.post(path, right, key="the-thumb") == done
    assert school.guard.refused(path, right).code == "attendance.already-handed-over"


def _report_incident(school: School) -> None:
    incident = {
        "severity": "minor",
        "category": "injury",
        "occurred_at": "2026-09-01T15:20:00+08:00",
        "student_ids": [school.students["周小满"]],
        "narrative": "跑步时擦破膝盖",
    }
    made = school.teacher.post(f"/schools/{school.school_id}/incidents", incident)
    school.teacher.post(f"/incidents/{made['incident_id']}/notify-guardian")


def _row(answer: dict[str, Any]) -> dict[str, Any]:
    (item,) = answer["items"]
    found: dict[str, Any] = item
    return found


def _bureau_sees_it(bureau: Client) -> None:
    enrolled = bureau.wait_for("/oversight/enrollment", lambda a: _row(a)["enrolled"] == 2)
    assert _row(enrolled)["applied"] == 2
    funds = bureau.wait_for("/oversight/funds", lambda a: _row(a)["charged_fen"] == 12000)
    assert _row(funds)["waived_fen"] == 4000
    custody = bureau.wait_for("/oversight/custody", lambda a: _row(a)["handed_over"] == 1)
    counts = {name: _row(custody)[name] for name in ("checked_in", "present", "absent", "refusals")}
    assert counts == {"checked_in": 1, "present": 0, "absent": 1, "refusals": 4}
    incidents = bureau.wait_for("/oversight/incidents", lambda a: _row(a)["reported"] == 1)
    incidents = bureau.wait_for("/oversight/incidents", lambda a: _row(a)["not_notified"] == 0)
    for answer in (enrolled, funds, custody, incidents):
        assert {"as_of", "lag_ms", "complete"} <= set(answer)


def _rebuild_changes_nothing(world: World, bureau: Client) -> None:
    views = ("enrollment", "plans", "funds", "custody", "incidents")
    before = {view: bureau.get(f"/oversight/{view}")["items"] for view in views}
    report = json.loads(world.hp3("rebuild", "--json"))
    assert report["equal"] is True
    assert {view: bureau.get(f"/oversight/{view}")["items"] for view in views} == before


@pytest.mark.timeout(300)
@pytest.mark.clause("P1-087", "P1-018")
def test_what_the_school_has_not_approved_cannot_run(world: World) -> None:
    bureau = register_district(world, "west", "urban-district")
    school = open_school(world, "west", "ash")
    plan_term(school, bureau)
    offered = school.office.get(f"/terms/{school.term_id}/offerings")["items"]
    pipa = next(each for each in offered if each["title"] == "琵琶社团")
    kept = ("title", "content_kind", "teacher_id", "venue_id", "capacity", "grades")
    friday = {**{name: pipa[name] for name in kept}, "starts": "15:30", "ends": "16:15"}
    amend = f"/offerings/{pipa['offering_id']}/amend"
    refusal = school.office.refused(amend, {**friday, "weekdays": [5]})
    assert (refusal.code, refusal.problem["clauses"]) == (
        "enrollment.staff-reserved-time",
        ["P1-018"],
    )

    def stands(answer: Any) -> bool:
        found = {each["offering_id"]: each for each in answer["items"]}
        return pipa["offering_id"] in found and found[pipa["offering_id"]]["standing"] == "open"

    today = f"/schools/{school.school_id}/offering-sessions"
    school.teacher.wait_for(today, stands, date="2026-09-01")
    path = f"/schools/{school.school_id}/sessions"
    wish = {"offering_id": pipa["offering_id"], "class_id": school.class_id, "date": "2026-09-01"}
    refusal = school.teacher.refused(path, wish)
    assert (refusal.code, refusal.status) == ("attendance.content-not-approved", 409)

    sessions = f"/offerings/{pipa['offering_id']}/sessions"
    content = {"on": "2026-09-01", "content_kind": "club", "description": "识谱和坐姿"}
    school.teacher.post(sessions, content)
    school.office.post(f"{sessions}:approve", {"on": "2026-09-01"})
    opened = school.teacher.eventually(path, wish, unless={"attendance.content-not-approved"})
    assert (opened["offering_id"], opened["responsible_id"]) == (
        pipa["offering_id"],
        school.staff_id,
    )


@pytest.mark.timeout(300)
@pytest.mark.clause("P2-034", "P2-065")
def test_what_plan_two_leaves_blank_blocks_by_name_until_the_bureau_sets_it(world: World) -> None:
    bureau = register_district(world, "south", "dexing")
    school = open_school(world, "south", "oak")
    unset = {item["parameter"] for item in bureau.get("/policies/dexing")["unset"]}
    assert {"primary_custody_end", "fee_cap_primary_fen", "fee_cap_junior_fen"} <= unset
    path = f"/schools/{school.school_id}/sessions"
    plan = {"service_kind": CUSTODY, "class_id": school.class_id, "date": "2026-09-01"}
    refusal = school.teacher.refused(path, plan)
    assert "primary_custody_end" in refusal.problem["detail"]
    tariff = {"amount_fen": 6000, "effective_from": "2026-09-01"}
    refusal = school.finance.refused(f"/schools/{school.school_id}/tariffs", tariff)
    assert "fee_cap_primary_fen" in refusal.problem["detail"]

    values = {
        "primary_custody_end": {"summer": "17:30", "winter": "17:00"},
        "fee_cap_primary_fen": 6000,
        "fee_cap_junior_fen": 8000,
    }
    for parameter, value in values.items():
        setting = {"parameter": parameter, "value": value, "reason": "教体局会议决定"}
        bureau.post("/policies/dexing/parameters", setting)
    school.finance.eventually(
        f"/schools/{school.school_id}/tariffs", tariff, unless={"fees.parameter-unset"}
    )
    too_much = {**tariff, "amount_fen": 6001}
    assert school.finance.refused(f"/schools/{school.school_id}/tariffs", too_much).status == 409
    school.teacher.eventually(
        path, plan, unless={"attendance.parameter-unset", "attendance.not-ready"}
    )


def test_a_service_day_needs_a_known_calendar(world: World) -> None:
    bureau = register_district(world, "north", "urban-district")
    with pytest.raises(Refused) as refused:
        bureau.post("/districts/north/calendar-years", {"year": 2031})
    assert refused.value.status == 409
    assert "2031" in refused.value.problem["detail"]
