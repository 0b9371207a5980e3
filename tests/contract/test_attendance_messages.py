"""Attendance's events have the published shape, and the golden samples still fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.attendance import events
from contracts.attendance.events import EVENTS
from services.attendance.domain import gate
from services.attendance.serialization import CODEC

SAMPLES = Path(__file__).parents[2] / "contracts" / "samples" / "attendance"


def test_every_event_type_has_a_schema_and_a_sample():
    published = {(name, version) for name, (_, version) in CODEC.types.items()}

    assert published == set(EVENTS)
    assert {f"{name}.v{version}.json" for name, version in EVENTS} == {
        path.name for path in SAMPLES.iterdir()
    }


@pytest.mark.parametrize(("name", "version"), sorted(EVENTS))
def test_a_sample_fits_the_schema_and_survives_the_codec(name, version):
    data = json.loads((SAMPLES / f"{name}.v{version}.json").read_text())

    assert EVENTS[name, version].validate(data) == {}
    event = CODEC.decode(name, version, json.dumps(data))
    assert CODEC.encode(event)[:2] == (name, version)
    assert json.loads(CODEC.encode(event)[2]) == data


def test_every_published_reason_that_the_gate_decides_has_its_words():
    decided = set(events.REFUSAL_REASONS) - set(events.GUARD_REASONS)

    for reason in decided:
        assert gate.error(reason).code.startswith("attendance.")
    with pytest.raises(KeyError):
        gate.error("no-code")
