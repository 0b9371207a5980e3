"""UUIDs of version 7: sorted by time, unique, well formed."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel.ids import uuid7

instants = st.integers(0, 2**48 - 1)
noise = st.integers(0, 2**74 - 1)


@given(instants, noise)
def test_it_is_a_uuid_of_version_7(unix_ms: int, random_bits: int) -> None:
    made = uuid.UUID(uuid7(unix_ms, random_bits))

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == unix_ms


@given(instants, instants, noise, noise)
def test_later_ones_sort_later(one: int, other: int, a: int, b: int) -> None:
    if one != other:
        assert (one < other) == (uuid7(one, a) < uuid7(other, b))


@given(instants, noise, noise)
def test_other_noise_is_another_id(unix_ms: int, a: int, b: int) -> None:
    assert (a == b) == (uuid7(unix_ms, a) == uuid7(unix_ms, b))
