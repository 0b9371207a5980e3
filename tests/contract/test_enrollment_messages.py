"""Enrollment's messages: every event against its golden sample, every reply against its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema

from chassis.kernel.call import SYSTEM
from chassis.testing.world import fresh_sqlite
from contracts.enrollment import (
    applications,
    documents,
    offerings,
    placement,
    public,
    replies,
)
from contracts.enrollment.events import EVENTS
from services.enrollment import migrations
from services.enrollment.serialization import CODEC
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


def test_every_operation_has_a_remote_call(world: World):
    # Read, not imported: nameko would bring eventlet into this process.
    source = (ROOT / "services" / "enrollment" / "service.py").read_text(encoding="utf-8")
    remote = re.findall(r'^    (\w+) = remote\("(\w+)"\)$', source, re.MULTILINE)

    assert all(attribute == operation for attribute, operation in remote)
    assert {name for name, _ in remote} == {
        *world.service.application.commands,
        *world.service.application.queries,
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
        (replies.Policy(), parent, "get_policy", {"profile": "dexing"}, {}),
        (replies.Districts(), parent, "list_districts", {}, {}),
        (replies.Schools(), parent, "list_schools", {}, {}),
        (replies.School(), parent, "get_school", there, {}),
        (replies.Terms(), parent, "list_terms", there, {}),
        (replies.Classes(), parent, "list_classes", there, {}),
        (replies.Import(), office(), "check_roster", there, checked),
        (replies.Import(), office(), "import_roster", there, roster(PUPILS)),
        (replies.RosterTemplate(), office(), "get_roster_template", {}, {}),
        (
            replies.PolicyVersion(),
            bureau(),
            "set_policy_parameter",
            {"profile": "urban-district"},
            setting,
        ),
        (applications.Students(), office(), "list_students", there, {}),
        (applications.Student(), parent, "get_student", {"student_id": pupil["student_id"]}, {}),
        (applications.Children(), parent, "my_children", {}, {}),
        (applications.Applications(), office(), "list_applications", there, {}),
        (applications.Application(), parent, "get_application", application, {}),
        (applications.Agreement(), parent, "get_agreement", application, {}),
        (documents.AgreementRecord(), parent, "get_agreement_record", application, {}),
        (public.PublicService(), SYSTEM, "get_public_service", there, {}),
        (offerings.ClassSupport(), office(), "list_class_support", room, {}),
        (applications.Publicities(), parent, "list_publicities", there, {}),
        (applications.Publicity(), parent, "get_publicity", publicity, {}),
        (applications.PublicityState(), office(), "confirm_list", publicity, {}),
        (applications.Names(), office(), "get_names", {}, {"ids": [pupil["student_id"]]}),
        (
            applications.ApplicationState(),
            parent,
            "sign_agreement",
            application,
            {"agreement_version": "2026-1"},
        ),
        (
            applications.ApplicationState(),
            parent,
            "suspend_enrolment",
            application,
            {"from_on": "2026-09-07"},
        ),
        (applications.ApplicationState(), parent, "resume_enrolment", application, {}),
        (
            applications.ApplicationState(),
            parent,
            "withdraw_student",
            application,
            {"effective_on": "2026-09-07"},
        ),
        (
            placement.StudentLeaves(),
            office(),
            "transfer_student",
            {"student_id": pupil["student_id"]},
            {"effective_on": "2026-09-07"},
        ),
    ):
        _check(schema, world.ok(who, operation, params, body))
