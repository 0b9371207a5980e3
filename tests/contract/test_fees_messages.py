"""Fees' events and replies have the published shape, and the golden samples still fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chassis.eventsourcing.codec import Codec
from contracts import language
from contracts.fees.charges import Charges, Refunds
from contracts.fees.tariffs import TariffSet
from contracts.fees.waivers import Waivers
from contracts.schemas import schema_of
from tests.published import schemas

CODEC = Codec(language.EVENTS["fees"].values(), language.UPCASTERS["fees"])

EVENTS = schemas("fees")

SAMPLES = Path(__file__).parents[2] / "contracts" / "samples" / "fees"


def sample(name: str, version: int) -> dict[str, object]:
    found: dict[str, object] = json.loads((SAMPLES / f"{name}.v{version}.json").read_text())
    return found


def test_every_event_type_has_a_schema_and_a_sample():
    published = {(name, version) for name, (_, version) in CODEC.types.items()}

    assert published == set(EVENTS)
    assert {f"{name}.v{version}.json" for name, version in EVENTS} == {
        path.name for path in SAMPLES.iterdir()
    }


@pytest.mark.parametrize(("name", "version"), sorted(EVENTS))
def test_a_sample_fits_the_schema_and_survives_the_codec(name, version):
    data = sample(name, version)

    assert EVENTS[name, version].validate(data) == {}
    event = CODEC.decode(name, version, json.dumps(data))
    assert CODEC.encode(event)[:2] == (name, version)
    assert json.loads(CODEC.encode(event)[2]) == data


def test_replies_name_what_they_carry():
    charge = sample("FeeCharged", 1) | {
        "paid_fen": 0,
        "open_fen": 4000,
        "charged_at": "2026-09-01T15:25:00.000+08:00",
        "refund_id": None,
        "payments": [],
    }

    assert schema_of(Charges)().validate({"items": [charge], "next": None}) == {}
    refund = sample("RefundRequested", 1) | {"requested_at": "2026-09-01T15:25:00.000+08:00"}
    assert schema_of(Refunds)().validate({"items": [refund], "next": None}) == {}
    assert (
        schema_of(Waivers)().validate({"items": [sample("FeeWaiverGranted", 1)], "next": None})
        == {}
    )
    assert schema_of(TariffSet)().validate(sample("TariffActivated", 1)) == {}
