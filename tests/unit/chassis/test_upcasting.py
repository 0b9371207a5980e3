"""Old versions become new ones step by step; what nobody knows is never guessed at."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.upcasting import Upcasting
from chassis.kernel.errors import NewerVersion
from contracts.shapes import event as said_event

Data = dict[str, Any]


@said_event(version=3)
class Rung:
    """Version 3: how loud, and why; version 1 had neither, version 2 no reason."""

    number: int
    loudness: int
    reason: str | None = None


def louder(data: Data) -> Data:
    return {**data, "loudness": 5}


def reasoned(data: Data) -> Data:
    return {**data, "reason": None}


STEPS = {("Rung", 1): louder, ("Rung", 2): reasoned}
CODEC = Codec([Rung], STEPS)
upcast = Upcasting({("bell", "Rung"): 3}, {"bell": STEPS})


def event(version: int, service: str = "bell", name: str = "Rung", **data: Any) -> Data:
    return {"service": service, "type": name, "schema_version": version, "data": data}


@pytest.mark.parametrize(
    ("version", "stored"),
    [
        (1, '{"number":1}'),
        (2, '{"number":1,"loudness":5}'),
        (3, '{"number":1,"loudness":5,"reason":null}'),
    ],
)
def test_a_stream_reads_every_version_as_the_newest(version: int, stored: str):
    assert CODEC.decode("Rung", version, stored) == Rung(number=1, loudness=5)


def test_what_is_written_is_the_newest_version():
    assert CODEC.encode(Rung(number=1, loudness=2, reason="fire"))[:2] == ("Rung", 3)


def test_an_envelope_is_brought_up_to_date_and_the_old_one_stays_as_it_was():
    old = event(1, number=7)

    new = upcast(old)

    assert new == event(3, number=7, loudness=5, reason=None)
    assert old == event(1, number=7)


def test_a_newer_version_is_not_guessed_at():
    with pytest.raises(NewerVersion, match="Rung v4; this release knows v3"):
        upcast(event(4, number=1))
    with pytest.raises(NewerVersion):
        CODEC.decode("Rung", 4, "{}")


@given(st.integers(1, 9), st.sampled_from(["Rung", "Unheard"]), st.sampled_from(["bell", "other"]))
def test_what_is_new_or_unknown_is_the_very_same_object(version: int, name: str, service: str):
    told = event(version, service, name, number=1)
    if (service, name) != ("bell", "Rung") or version == 3:
        assert upcast(told) is told


@given(st.integers(1, 3), st.integers())
def test_upcasting_twice_is_upcasting_once(version: int, number: int):
    data = {1: {}, 2: {"loudness": 1}, 3: {"loudness": 1, "reason": "x"}}[version]
    once = upcast(event(version, number=number, **data))

    assert upcast(once) is once
