"""Attendance's events have the published shape, and the golden samples still fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chassis.eventsourcing.codec import Codec
from contracts import language
from contracts.attendance.handover import GUARD_REASONS, REFUSAL_REASONS
from contracts.enrollment.vocabulary import CONTENT_KINDS, STATIC_CONTENT, STATIC_PART
from services.attendance.custody.domain import gate
from services.enrollment.offerings.domain import content
from tests.published import schemas

CODEC = Codec(language.EVENTS["attendance"].values(), language.UPCASTERS["attendance"])

EVENTS = schemas("attendance")

SAMPLES = Path(__file__).parents[2] / "contracts" / "samples" / "attendance"


def test_every_event_type_has_a_schema_and_a_sample():
    newest = {name: max(v for known, v in EVENTS if known == name) for name, _ in EVENTS}

    assert {name: version for name, (_, version) in CODEC.types.items()} == newest
    assert {f"{name}.v{version}.json" for name, version in EVENTS} == {
        path.name for path in SAMPLES.iterdir()
    }


@pytest.mark.parametrize(("name", "version"), sorted(EVENTS))
def test_a_sample_fits_the_schema_and_survives_the_codec(name, version):
    data = json.loads((SAMPLES / f"{name}.v{version}.json").read_text())

    assert EVENTS[name, version].validate(data) == {}
    event = CODEC.decode(name, version, json.dumps(data))
    written = CODEC.encode(event)
    assert written[0] == name
    if version == written[1]:
        assert json.loads(written[2]) == data


def test_both_services_mean_the_same_by_the_static_part_of_a_day():
    assert set(STATIC_CONTENT) == content.STATIC
    for kind in CONTENT_KINDS:
        gaps = content.template_gaps([(1, kind)], [1])[1]
        assert ("static" not in gaps) is (kind in STATIC_PART)
        assert ("dynamic" not in gaps) is (kind not in STATIC_CONTENT)


def test_every_published_reason_that_the_gate_decides_has_its_words():
    decided = set(REFUSAL_REASONS) - set(GUARD_REASONS)

    for reason in decided:
        assert gate.error(reason).code.startswith("attendance.")
    with pytest.raises(KeyError):
        gate.error("no-code")
