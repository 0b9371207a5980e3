"""Disclosure comes before applications; a family reads whether they are open and what it signs."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call
from contracts.enrollment.plans import ServicePlanApproved, ServicePlanDrafted, ServicePlanSubmitted
from services.enrollment.policy import profiles
from tests.component.enrollment.test_documents import enrol
from tests.component.enrollment.world import OTHER, SCHOOL, World, bureau, office

NEXT_TERM = {"name": "2027年春季学期", "first_day": "2027-02-22", "last_day": "2027-07-09"}
DISCLOSURE = {"mode": "集中看护", "content": "阅读和体育", "safety_measures": "当面交接"}


def child_term(world: World, pupil: dict[str, Any], term_id: str) -> dict[str, Any]:
    children = world.ok(world.parent_of(pupil), "my_children")["items"]
    child = next(each for each in children if each["student_id"] == pupil["student_id"])
    found: dict[str, Any] = next(each for each in child["terms"] if each["term_id"] == term_id)
    return found


def open_term(world: World, school_id: str) -> str:
    opened = world.ok(office(school_id), "open_term", {"school_id": school_id}, NEXT_TERM)
    term_id: str = opened["term_id"]
    return term_id


def approve(world: World, school_id: str, term_id: str) -> None:
    told = [
        ServicePlanDrafted(term_id=term_id, school_id=school_id),
        ServicePlanSubmitted(term_id=term_id, version=1, documents={}),
        ServicePlanApproved(term_id=term_id, version=1),
    ]
    by = Call(principal=SYSTEM, now=world.clock.now())
    with unit_of_work(world.service.log, school_id, by) as work:
        work.append(f"plan-{term_id}", told)


@pytest.mark.clause("P2-048")
def test_the_public_reads_the_disclosure_before_anybody_can_apply(world: World):
    world.import_rows(school_id=OTHER)
    pupil = world.pupil("李雷", OTHER)
    term_id = open_term(world, OTHER)
    form = {**world.form(pupil), "term_id": term_id}

    def public() -> dict[str, Any]:
        shown = world.ok(SYSTEM, "get_public_service", {"school_id": OTHER})
        return next(each for each in shown["terms"] if each["term_id"] == term_id)

    def refused() -> str:
        return world.refused(world.parent_of(pupil), "submit_application", {}, form)

    assert refused() == "enrollment.plan-not-in-force"
    assert (public()["standing"], public()["applications_open"]) == ("none", False)
    approve(world, OTHER, term_id)
    assert refused() == "enrollment.not-disclosed"
    assert (public()["disclosure"], public()["applications_open"]) == (None, False)
    before = child_term(world, pupil, term_id)
    assert (before["applications_open"], before["next"]["action"]) == (False, "wait")
    assert "公开" in before["next"]["zh"]

    world.ok(office(OTHER), "disclose_service", {"term_id": term_id}, DISCLOSURE)

    told = public()
    assert {name: told["disclosure"][name] for name in DISCLOSURE} == DISCLOSURE
    assert told["applications_open"] is True
    after = child_term(world, pupil, term_id)
    assert (after["applications_open"], after["next"]["action"]) == (True, "apply")
    assert world.ok(world.parent_of(pupil), "submit_application", {}, form)["state"] == "submitted"


def test_plan_1_takes_applications_once_the_plan_is_approved(world: World):
    world.import_rows()
    pupil = world.pupil("李雷")
    term_id = open_term(world, SCHOOL)
    waiting = child_term(world, pupil, term_id)
    assert (waiting["applications_open"], waiting["next"]["action"]) == (False, "wait")
    assert "方案" in waiting["next"]["zh"]

    approve(world, SCHOOL, term_id)

    assert child_term(world, pupil, term_id)["applications_open"] is True


@pytest.mark.clause("P2-005")
def test_a_family_reads_whether_the_child_must_be_asked_and_what_it_said(world: World):
    world.import_rows()
    world.import_rows(school_id=OTHER)
    city, dexing = world.pupil("李雷"), world.pupil("李雷", OTHER)

    def said(pupil: dict[str, Any], school_id: str) -> tuple[bool, bool | None]:
        term = child_term(world, pupil, world.term_ids[school_id])
        return term["pupil_assent_required"], term["pupil_assents"]

    assert said(city, SCHOOL) == (False, None)
    assert said(dexing, OTHER) == (True, None)
    world.apply(dexing)
    assert said(dexing, OTHER) == (True, True)


def test_the_public_reads_no_name_and_no_school_that_there_is_not(world: World):
    world.import_rows()
    world.accepted(world.pupil("李雷"))

    shown = world.ok(SYSTEM, "get_public_service", {"school_id": SCHOOL})

    assert (shown["name"], shown["stage"]) == ("实验学校school-1", "primary")
    assert "李" not in repr(shown)
    assert [each["standing"] for each in shown["terms"]] == ["approved"]
    unknown = world.refused(SYSTEM, "get_public_service", {"school_id": "nowhere"})
    assert unknown == "enrollment.school-unknown"


@pytest.mark.clause("P1-100", "P1-101")
def test_the_letter_is_read_with_the_agreement_and_stays_as_it_was_signed(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    world.import_rows()
    pupil = world.pupil("张小明")
    parent = world.parent_of(pupil)
    application = {"application_id": world.apply(pupil)["application_id"]}
    shown = world.ok(parent, "get_agreement", application)
    assert shown["letter_version"] == "2026-1"
    assert shown["letter_text"].startswith("课后服务家长责任书")
    assert parent.person_id in shown["letter_text"]
    assert "张" not in shown["letter_text"]
    assert shown["letter_sha256"] == hashlib.sha256(shown["letter_text"].encode()).hexdigest()

    enrol(world, application, pupil)

    signed = world.ok(parent, "get_agreement", application)
    assert signed["signed"] is True
    assert signed["letter_sha256"] == shown["letter_sha256"]
    record = world.ok(parent, "get_agreement_record", application)
    assert record["letter_signature"]["text_sha256"] == shown["letter_sha256"]
    newer = profiles.Agreement("2027-1", world.clock.now().date(), "新的责任书")
    letters = {**profiles.letters(), newer.version: newer}
    monkeypatch.setattr(profiles, "letters", lambda: letters)
    again = world.ok(parent, "get_agreement", application)
    assert again["letter_text"] == shown["letter_text"]


@pytest.mark.clause("P1-101")
def test_both_sides_of_the_agreement_are_on_record(world: World):
    world.import_rows()
    pupil = world.pupil("张小明")
    parent = world.parent_of(pupil)
    application = {"application_id": world.apply(pupil)["application_id"]}
    before = world.ok(parent, "get_agreement_record", application)
    assert (before["school_consent"], before["letter_signature"]) == (None, None)

    enrol(world, application, pupil)

    confirmed = next(each for each in world.events() if each["type"] == "ListConfirmed")
    for who in (parent, office(), bureau()):
        consent = world.ok(who, "get_agreement_record", application)["school_consent"]
        assert consent == {
            "account_id": office().account_id,
            "role": "school_office",
            "at": confirmed["occurred_at"],
            "publicity_id": confirmed["data"]["publicity_id"],
            "recorded": {
                "service": "enrollment",
                "partition": SCHOOL,
                "seq": confirmed["seq"],
                "event_id": confirmed["event_id"],
            },
        }
