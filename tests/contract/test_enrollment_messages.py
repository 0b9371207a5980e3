"""Enrollment's messages: every event against its golden sample, every reply against its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema

from chassis.eventsourcing.codec import Codec
from chassis.kernel.call import SYSTEM
from chassis.testing.world import fresh_sqlite
from contracts import language
from contracts.enrollment.agreements import Agreement
from contracts.enrollment.applications import Application, Applications, ApplicationState
from contracts.enrollment.documents import AgreementRecord
from contracts.enrollment.imports import Import, RosterTemplate
from contracts.enrollment.people import Children, Names, Student, Students
from contracts.enrollment.placement import StudentLeaves
from contracts.enrollment.places import ClassSupport
from contracts.enrollment.policy import Districts, Policy, PolicyVersion
from contracts.enrollment.publicity import Publicities, Publicity, PublicityState
from contracts.enrollment.schools import Classes, PublicService, School, Schools, Terms
from contracts.schemas import schema_of
from services.enrollment import migrations
from tests.component.enrollment.world import (
    CITY,
    PUPILS,
    SCHOOL,
    World,
    at,
    bureau,
    office,
    open_world,
    roster,
)
from tests.published import schemas

CODEC = Codec(language.EVENTS["enrollment"].values(), language.UPCASTERS["enrollment"])

EVENTS = schemas("enrollment")

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "contracts" / "samples" / "enrollment"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(fresh_sqlite(tmp_path / "enrollment.sqlite", migrations))
    opened.import_rows()
    yield opened
    opened.service.database.close()


@pytest.mark.parametrize(("name", "version"), sorted(EVENTS))
def test_a_sample_is_read_by_consumers_and_written_by_the_producer(name: str, version: int):
    text = (SAMPLES / f"{name}.v{version}.json").read_text(encoding="utf-8")
    sample = json.loads(text)

    assert EVENTS[name, version].validate(sample) == {}
    event = CODEC.decode(name, version, text)
    written = CODEC.encode(event)
    assert written[0] == name
    if version == written[1]:
        assert json.loads(written[2]) == sample


def test_every_event_is_published_and_has_one_sample():
    newest = {name: max(v for known, v in EVENTS if known == name) for name, _ in EVENTS}
    assert {name: version for name, (_, version) in CODEC.types.items()} == newest
    assert {path.name for path in SAMPLES.iterdir()} == {
        f"{name}.v{version}.json" for name, version in EVENTS
    }


def test_what_happens_is_what_the_contract_says(world: World):
    application_id = world.accepted(world.pupil("李雷"))
    world.publish()

    for partition in (CITY, SCHOOL):
        for event in world.events(partition):
            schema = EVENTS[event["type"], event["schema_version"]]
            assert schema.validate(event["data"]) == {}, event
    assert application_id


def _check(schema: Schema, reply: dict[str, Any]) -> None:
    """Say whether ``reply`` has exactly the fields of ``schema``, none forgotten."""
    shown = schema.dump(reply)
    assert schema.validate(shown) == {}
    missing = {name for name, each in schema.fields.items() if each.required} - set(reply)
    assert not missing


def test_replies_have_the_published_shape(world: World):
    pupil = world.pupil("李雷")
    parent = world.parent_of(pupil)
    application = {"application_id": world.accepted(pupil)}
    listed = world.publish()
    publicity = {"publicity_id": listed["publicity_id"]}
    there = {"school_id": SCHOOL}
    room = {"class_id": pupil["class_id"]}
    checked = {**roster(PUPILS), "verdict_file": True}
    setting = {"parameter": "tariff_fen", "value": 7000, "reason": "通知"}
    world.clock.instant = at("2026-08-28T08:00:00")

    for schema, who, operation, params, body in (
        (schema_of(Policy)(), parent, "get_policy", {"profile": "dexing"}, {}),
        (schema_of(Districts)(), parent, "list_districts", {}, {}),
        (schema_of(Schools)(), parent, "list_schools", {}, {}),
        (schema_of(School)(), parent, "get_school", there, {}),
        (schema_of(Terms)(), parent, "list_terms", there, {}),
        (schema_of(Classes)(), parent, "list_classes", there, {}),
        (schema_of(Import)(), office(), "check_roster", there, checked),
        (schema_of(Import)(), office(), "import_roster", there, roster(PUPILS)),
        (schema_of(RosterTemplate)(), office(), "get_roster_template", {}, {}),
        (
            schema_of(PolicyVersion)(),
            bureau(),
            "set_policy_parameter",
            {"profile": "urban-district"},
            setting,
        ),
        (schema_of(Students)(), office(), "list_students", there, {}),
        (schema_of(Student)(), parent, "get_student", {"student_id": pupil["student_id"]}, {}),
        (schema_of(Children)(), parent, "my_children", {}, {}),
        (schema_of(Applications)(), office(), "list_applications", there, {}),
        (schema_of(Application)(), parent, "get_application", application, {}),
        (schema_of(Agreement)(), parent, "get_agreement", application, {}),
        (schema_of(AgreementRecord)(), parent, "get_agreement_record", application, {}),
        (schema_of(PublicService)(), SYSTEM, "get_public_service", there, {}),
        (schema_of(ClassSupport)(), office(), "list_class_support", room, {}),
        (schema_of(Publicities)(), parent, "list_publicities", there, {}),
        (schema_of(Publicity)(), parent, "get_publicity", publicity, {}),
        (schema_of(PublicityState)(), office(), "confirm_list", publicity, {}),
        (schema_of(Names)(), office(), "get_names", {}, {"ids": [pupil["student_id"]]}),
        (
            schema_of(ApplicationState)(),
            parent,
            "sign_agreement",
            application,
            {"agreement_version": "2026-1"},
        ),
        (
            schema_of(ApplicationState)(),
            parent,
            "suspend_enrolment",
            application,
            {"from_on": "2026-09-07"},
        ),
        (schema_of(ApplicationState)(), parent, "resume_enrolment", application, {}),
        (
            schema_of(ApplicationState)(),
            parent,
            "withdraw_student",
            application,
            {"effective_on": "2026-09-07"},
        ),
        (
            schema_of(StudentLeaves)(),
            office(),
            "transfer_student",
            {"student_id": pupil["student_id"]},
            {"effective_on": "2026-09-07"},
        ),
    ):
        _check(schema, world.ok(who, operation, params, body))
