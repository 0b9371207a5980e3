"""The whole way to an enrolled pupil through the service, and each shortcut refused."""

from __future__ import annotations

import hashlib

import pytest

from chassis.kernel.call import Principal
from tests.component.enrollment.world import (
    OPERATOR,
    OTHER,
    SCHOOL,
    World,
    at,
    bureau,
    guardian,
    office,
)

VERSION = {"agreement_version": "2026-1"}


@pytest.fixture
def enrolling(world: World) -> World:
    world.import_rows()
    return world


def sign(world: World, application_id: str, who: Principal, **body: str) -> dict:
    return world.handle(
        who, "sign_agreement", {"application_id": application_id}, {**VERSION, **body}
    )


@pytest.mark.clause("P1-060", "P1-061", "P1-062", "P1-063", "P1-064", "P2-049", "P2-050", "P2-051")
def test_a_pupil_is_enrolled_step_by_step(enrolling: World):
    pupil = enrolling.pupil("张小明")
    parent = enrolling.parent_of(pupil)

    def state() -> tuple[str, str]:
        children = enrolling.ok(parent, "my_children")["items"]
        [child] = [each for each in children if each["student_id"] == pupil["student_id"]]
        return child["terms"][0]["state"], child["terms"][0]["next"]["action"]

    assert state() == ("not_applied", "apply")
    application = {"application_id": enrolling.apply(pupil)["application_id"]}
    assert state() == ("submitted", "wait")
    enrolling.ok(office(), "accept_application", application)
    assert state() == ("accepted", "wait")
    listed = enrolling.publish()
    assert (listed["closes_on"], listed["confirmable_from"]) == ("2026-08-27", "2026-08-28")
    assert state() == ("published", "wait")
    enrolling.clock.instant = at("2026-08-28T08:00:00")
    enrolling.ok(office(), "confirm_list", {"publicity_id": listed["publicity_id"]})
    assert state() == ("confirmed", "sign")
    agreement = enrolling.ok(parent, "get_agreement", application)
    assert sign(enrolling, application["application_id"], parent)["status"] == "ok"
    assert state() == ("enrolled", "none")

    last = enrolling.events()[-3:]
    assert [event["type"] for event in last] == [
        "AgreementSigned",
        "ResponsibilityLetterSigned",
        "StudentEnrolled",
    ]
    text = hashlib.sha256(agreement["text"].encode()).hexdigest()
    assert last[0]["data"]["text_sha256"] == text
    assert last[2]["data"] == {
        **application,
        "school_id": SCHOOL,
        "student_id": pupil["student_id"],
        "class_id": pupil["class_id"],
        "term_id": enrolling.term_ids[SCHOOL],
        "service_kinds": ["after_school_custody"],
        "plan_version": 1,
        "starts_on": "2026-09-01",
        "ends_on": "2027-01-20",
    }
    assert last[1]["policy"] == {"profile": "urban-district", "version": 1}


@pytest.mark.clause("P1-062", "P1-063", "P1-064")
def test_every_shortcut_is_refused(enrolling: World):
    pupil = enrolling.pupil("张小明")
    parent = enrolling.parent_of(pupil)
    no_list = {"term_id": enrolling.term_ids[SCHOOL]}
    application_id = enrolling.apply(pupil)["application_id"]
    application = {"application_id": application_id}

    assert sign(enrolling, application_id, parent)["code"] == "enrollment.not-accepted"
    assert (
        enrolling.refused(office(), "publish_list", {"school_id": SCHOOL}, no_list)
        == "enrollment.nothing-to-publish"
    )
    enrolling.ok(office(), "accept_application", application)
    assert sign(enrolling, application_id, parent)["code"] == "enrollment.not-publicised"
    publicity = {"publicity_id": enrolling.publish()["publicity_id"]}
    assert sign(enrolling, application_id, parent)["code"] == "enrollment.not-confirmed"
    enrolling.clock.instant = at("2026-08-27T23:59:00")
    early = enrolling.handle(office(), "confirm_list", publicity)
    assert (early["code"], early["clauses"]) == ("enrollment.publicity-not-over", ["P1-063"])
    enrolling.clock.instant = at("2026-08-28T00:00:00")
    enrolling.ok(office(), "confirm_list", publicity)
    old = sign(enrolling, application_id, parent, agreement_version="2020-1")
    assert old["code"] == "enrollment.agreement-outdated"
    late = enrolling.refused(office(), "reject_application", application, {"reason": "晚了"})
    assert late == "enrollment.already-confirmed"
    assert "StudentEnrolled" not in enrolling.types()


@pytest.mark.clause("P1-063")
def test_the_period_is_the_one_that_the_bureau_set(enrolling: World):
    setting = {"parameter": "publicity_working_days", "value": 1, "reason": "区教育局通知"}
    enrolling.ok(bureau(), "set_policy_parameter", {"profile": "urban-district"}, setting)
    enrolling.accepted(enrolling.pupil("李雷"))

    assert enrolling.publish()["closes_on"] == "2026-08-21"
    published = [each for each in enrolling.events() if each["type"] == "AcceptedListPublished"]
    assert published[0]["policy"] == {"profile": "urban-district", "version": 2}


@pytest.mark.clause("P1-004", "P1-060")
@pytest.mark.parametrize("operation", ["submit_application", "decline_participation"])
def test_no_one_but_a_guardian_answers_for_a_family(enrolling: World, operation):
    pupil = enrolling.pupil("李雷")
    form = enrolling.form(pupil)
    if operation == "decline_participation":
        form = {name: form[name] for name in ("student_id", "term_id")}
    staff = [
        Principal(account_id=role, role=role, school_id=SCHOOL, class_ids=(pupil["class_id"],))
        for role in ("teacher", "gate_guard", "school_office", "school_finance")
    ]

    for who in (*staff, bureau(), Principal(account_id="system", role="system")):
        reply = enrolling.handle(who, operation, {}, form)
        assert reply["kind"] == "forbidden", who.role
    for stranger in (guardian("nobody"), enrolling.parent_of(enrolling.pupil("张小明"))):
        assert enrolling.handle(stranger, operation, {}, form)["kind"] == "unknown"


@pytest.mark.clause("P1-060")
def test_a_family_that_declines_during_publicity_is_not_confirmed(enrolling: World):
    stays, leaves = enrolling.pupil("李雷"), enrolling.pupil("张小明")
    kept = enrolling.accepted(stays)
    enrolling.accepted(leaves)
    publicity = {"publicity_id": enrolling.publish()["publicity_id"]}
    answer = enrolling.form(leaves)
    del answer["service_kinds"], answer["pupil_assents"]
    enrolling.ok(enrolling.parent_of(leaves), "decline_participation", {}, answer)
    enrolling.clock.instant = at("2026-08-28T08:00:00")

    assert enrolling.ok(office(), "confirm_list", publicity)["count"] == 1
    assert enrolling.events()[-1]["data"]["application_ids"] == [kept]
    assert enrolling.apply(leaves)["state"] == "submitted"


def test_a_rejected_family_reads_why_and_may_apply_again(enrolling: World):
    pupil = enrolling.pupil("李雷")
    parent = enrolling.parent_of(pupil)
    first = {"application_id": enrolling.apply(pupil)["application_id"]}
    enrolling.ok(office(), "reject_application", first, {"reason": "材料不全"})

    [child] = enrolling.ok(parent, "my_children")["items"]
    assert (child["terms"][0]["state"], child["terms"][0]["reason"]) == ("rejected", "材料不全")
    assert "材料不全" not in repr(enrolling.events())
    assert enrolling.apply(pupil)["application_id"] != first["application_id"]


def test_a_list_takes_only_those_that_no_list_names_yet(enrolling: World):
    enrolling.accepted(enrolling.pupil("李雷"))
    first = enrolling.publish()
    enrolling.accepted(enrolling.pupil("张小明"))
    second = enrolling.publish()

    assert (first["count"], second["count"]) == (1, 1)
    listed = enrolling.ok(office(), "list_publicities", {"school_id": SCHOOL})["items"]
    assert [each["publicity_id"] for each in listed] == [
        second["publicity_id"],
        first["publicity_id"],
    ]


@pytest.mark.clause("P1-063")
def test_the_list_shows_masked_names_to_everybody(enrolling: World):
    enrolling.accepted(enrolling.pupil("李雷"))
    enrolling.accepted(enrolling.pupil("张小明"))
    publicity = {"publicity_id": enrolling.publish()["publicity_id"]}

    for who in (office(), bureau(), enrolling.parent_of(enrolling.pupil("李雷"))):
        items = enrolling.ok(who, "get_publicity", publicity)["items"]
        assert {each["name"] for each in items} == {"李*", "张*明"}
    assert enrolling.refused(office(OTHER), "get_publicity", publicity)


@pytest.mark.clause("P2-035")
def test_plan_2_offers_evening_self_study_in_junior_schools_only(world: World):
    world.import_rows(school_id=OTHER)
    pupil = world.pupil("李雷", OTHER)

    code = world.refused(
        world.parent_of(pupil), "submit_application", {}, world.form(pupil, "evening_self_study")
    )

    assert code == "enrollment.service-kind-not-offered"


def test_a_term_of_another_school_does_not_exist(enrolling: World):
    pupil = enrolling.pupil("李雷")
    form = {**enrolling.form(pupil), "term_id": enrolling.term_ids[OTHER]}

    code = enrolling.refused(enrolling.parent_of(pupil), "submit_application", {}, form)

    assert code == "enrollment.term-unknown"


def test_the_version_in_if_match_is_checked(enrolling: World):
    application_id = enrolling.apply(enrolling.pupil("李雷"))["application_id"]

    code = enrolling.refused(
        office(), "accept_application", {"application_id": application_id}, if_match=7
    )

    assert code == "version-mismatch"


def test_the_office_lists_applications_by_state(enrolling: World):
    enrolling.accepted(enrolling.pupil("李雷"))
    enrolling.apply(enrolling.pupil("张小明"))

    def listed(**body: object) -> list[str]:
        reply = enrolling.ok(office(), "list_applications", {"school_id": SCHOOL}, body)
        return [each["student_name"] for each in reply["items"]]

    assert listed() == ["李雷", "张小明"]
    assert listed(state="submitted") == ["张小明"]
    assert listed(limit=1) == ["李雷"]


@pytest.mark.clause("P1-063")
def test_an_objection_is_heard_and_answered_before_the_list_is_confirmed(enrolling: World):
    enrolling.accepted(enrolling.pupil("李雷"))
    listed = {"publicity_id": enrolling.publish()["publicity_id"]}
    neighbour = enrolling.parent_of(enrolling.pupil("张小明"))
    raised = enrolling.ok(neighbour, "raise_objection", listed, {"text": "他家不住这里"})
    assert "不住这里" not in repr(enrolling.events())
    enrolling.clock.instant = at("2026-08-28T08:00:00")
    assert enrolling.refused(office(), "confirm_list", listed) == "enrollment.objections-open"

    one = {"objection_id": raised["objection_id"], "upheld": False, "answer": "已核实住址。"}
    enrolling.ok(office(), "resolve_objection", listed, one)
    enrolling.ok(office(), "resolve_objection", listed, one)
    [mine] = enrolling.ok(neighbour, "list_objections", listed)["items"]
    assert (mine["state"], mine["upheld"], mine["answer"]) == ("resolved", False, "已核实住址。")
    other = enrolling.parent_of(enrolling.pupil("李雷"))
    assert enrolling.ok(other, "list_objections", listed)["items"] == []
    enrolling.ok(office(), "confirm_list", listed)


def test_with_a_guardians_data_the_objections_are_erased_and_can_still_be_answered(
    enrolling: World,
):
    enrolling.accepted(enrolling.pupil("李雷"))
    listed = {"publicity_id": enrolling.publish()["publicity_id"]}
    neighbour = enrolling.parent_of(enrolling.pupil("张小明"))
    enrolling.ok(neighbour, "raise_objection", listed, {"text": "他家不住这里"})
    enrolling.ok(office(), "raise_objection", listed, {"text": "名单有重复"})
    grounds = {"school_id": SCHOOL, "grounds": "guardian-request", "reason": "书面申请 3 号"}
    enrolling.ok(OPERATOR, "erase_person", {"person_id": neighbour.person_id}, grounds)

    gone, other = enrolling.ok(office(), "list_objections", listed)["items"]
    one = {"objection_id": gone["objection_id"], "upheld": False, "answer": "已向他家核实。"}
    enrolling.ok(office(), "resolve_objection", listed, one)

    assert (gone["text"], other["text"]) == ("（已删除）", "名单有重复")
    [answered, _] = enrolling.ok(office(), "list_objections", listed)["items"]
    assert (answered["state"], answered["answer"]) == ("resolved", None)
