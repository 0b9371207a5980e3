"""Safety's events have the published shape, and the golden samples still fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chassis.eventsourcing.codec import Codec
from contracts import language
from tests.published import schemas

CODEC = Codec(language.EVENTS["safety"].values(), language.UPCASTERS["safety"])

EVENTS = schemas("safety")

SAMPLES = Path(__file__).parents[2] / "contracts" / "samples" / "safety"


def test_every_event_type_has_a_schema_and_a_sample() -> None:
    published = {(name, version) for name, (_, version) in CODEC.types.items()}

    assert published == set(EVENTS)
    assert {f"{name}.v{version}.json" for name, version in EVENTS} == {
        path.name for path in SAMPLES.iterdir()
    }


@pytest.mark.parametrize(("name", "version"), sorted(EVENTS))
def test_a_sample_fits_the_schema_and_survives_the_codec(name: str, version: int) -> None:
    data = json.loads((SAMPLES / f"{name}.v{version}.json").read_text())

    assert EVENTS[name, version].validate(data) == {}
    event = CODEC.decode(name, version, json.dumps(data))
    assert json.loads(CODEC.encode(event)[2]) == data
