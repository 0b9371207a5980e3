"""Identifiers that sort by time (UUID version 7, RFC 9562)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

IdFactory: TypeAlias = Callable[[], str]


def uuid7(unix_ms: int, random_bits: int) -> str:
    """Return a UUIDv7 for an instant in milliseconds and 74 random bits."""
    rand_a = (random_bits >> 62) & 0xFFF
    rand_b = random_bits & 0x3FFFFFFFFFFFFFFF
    value = (unix_ms & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | rand_a << 64 | 0x2 << 62 | rand_b
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
