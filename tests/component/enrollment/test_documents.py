"""The facts behind the printed application and the printed agreement."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.component.enrollment.test_enrolling import sign
from tests.component.enrollment.world import OTHER, SCHOOL, World, at, bureau, guardian, office


@pytest.fixture
def applied(world: World) -> tuple[World, dict, dict]:
    """A world in which 张小明's father has applied."""
    world.import_rows()
    pupil = world.pupil("张小明")
    return world, pupil, {"application_id": world.apply(pupil)["application_id"]}


def enrol(world: World, application: dict, pupil: dict) -> None:
    world.ok(office(), "accept_application", application)
    listed = world.publish()
    world.clock.instant = at("2026-08-28T08:00:00")
    world.ok(office(), "confirm_list", {"publicity_id": listed["publicity_id"]})
    assert sign(world, application["application_id"], world.parent_of(pupil))["status"] == "ok"


@pytest.mark.clause("P1-061", "P2-049")
def test_the_written_application_keeps_the_form_and_the_consent(applied):
    world, pupil, application = applied
    parent = world.parent_of(pupil)

    form = world.ok(parent, "get_application_form", application)

    submitted = world.events()[-2]
    assert submitted["type"] == "ApplicationSubmitted"
    assert (form["student_name"], form["guardian_name"]) == ("张小明", "张大明")
    assert (form["class_name"], form["term_name"]) == ("三年级2班", "2026年秋季学期")
    assert (form["relation"], form["state"]) == ("father", "submitted")
    assert form["service_kinds"] == ["after_school_custody"]
    assert form["consent"] == {
        "account_id": parent.account_id,
        "role": "guardian",
        "at": submitted["occurred_at"],
    }
    assert form["recorded"] == {
        "service": "enrollment",
        "partition": SCHOOL,
        "seq": submitted["seq"],
        "event_id": submitted["event_id"],
    }
    assert form["facts_sha256"] == hashlib.sha256(form["facts"].encode()).hexdigest()
    facts = json.loads(form["facts"])
    assert facts == {
        **submitted["data"],
        "class_id": pupil["class_id"],
        "account_id": parent.account_id,
        "role": "guardian",
        "submitted_at": submitted["occurred_at"],
    }
    assert "张" not in form["facts"]


@pytest.mark.clause("P1-061", "P2-049")
def test_it_stays_as_it_was_sent_whatever_happens_later(applied):
    world, pupil, application = applied
    parent = world.parent_of(pupil)
    before = world.ok(parent, "get_application_form", application)

    enrol(world, application, pupil)
    world.import_rows("张小明,男,2017-09-01,,,三年级5班,张大明,父亲,13800000001")

    after = world.ok(parent, "get_application_form", application)
    assert world.pupil("张小明")["class_name"] == "三年级5班"
    assert after == {**before, "state": "enrolled"}


def test_an_application_that_was_made_anew_has_a_form_of_its_own(applied):
    world, pupil, application = applied
    parent = world.parent_of(pupil)
    first = world.ok(parent, "get_application_form", application)
    world.ok(office(), "reject_application", application, {"reason": "材料不全"})
    world.clock.instant = at("2026-08-21T10:00:00")
    again = {"application_id": world.apply(pupil)["application_id"]}

    assert world.ok(parent, "get_application_form", application) == {**first, "state": "rejected"}
    second = world.ok(parent, "get_application_form", again)
    assert second["facts_sha256"] != first["facts_sha256"]
    assert second["submitted_at"].startswith("2026-08-21T10:00")


@pytest.mark.parametrize("operation", ["get_application_form", "get_agreement_record"])
def test_who_may_not_read_the_application_gets_no_document(applied, operation: str):
    world, pupil, application = applied
    stranger = world.parent_of(world.pupil("李雷"))

    for who in (stranger, guardian("nobody"), office(OTHER), bureau("dexing-1")):
        reply = world.handle(who, operation, application)
        assert (reply["status"], reply["kind"]) == ("refused", "unknown")
    assert world.ok(world.parent_of(pupil), operation, application)
    assert world.ok(bureau(), operation, application)["student_name"] == "张*明"


@pytest.mark.clause("P1-064", "P2-051")
def test_a_signature_is_who_when_and_what_text(applied):
    world, pupil, application = applied
    parent = world.parent_of(pupil)
    unsigned = world.ok(parent, "get_agreement_record", application)
    assert (unsigned["signed"], unsigned["signature"]) == (False, None)

    enrol(world, application, pupil)

    record = world.ok(parent, "get_agreement_record", application)
    signed = world.events()[-3]
    assert record["signature"] == {
        "account_id": parent.account_id,
        "role": "guardian",
        "at": signed["occurred_at"],
        "guardian_id": parent.person_id,
        "text_sha256": signed["data"]["text_sha256"],
        "recorded": {
            "service": "enrollment",
            "partition": SCHOOL,
            "seq": signed["seq"],
            "event_id": signed["event_id"],
        },
    }
    assert record["text_sha256"] == record["signature"]["text_sha256"]
    assert record["parties"] == {"student": "张小明", "guardian": "张大明"}
