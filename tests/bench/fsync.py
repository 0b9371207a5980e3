"""A limit of the machine: how often a second the disk confirms that a block is on it.

The file lies where the embedded databases lie, and a PostgreSQL server of our own starting.
"""

from __future__ import annotations

import os
import time
from typing import TypedDict

from tests.bench.place import Place
from tests.bench.units import Count, PerSecond

BLOCK = bytes(8192)
"""As large as a page of PostgreSQL's log."""


class Figures(TypedDict):
    fsyncs: Count
    per_second: PerSecond


def measure(place: Place, fsyncs: int) -> Figures:
    """Return how often a block can be written over and synced."""
    descriptor = os.open(place.folder() / "block", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, BLOCK, 0)
        os.fsync(descriptor)
        started = time.perf_counter()
        for _ in range(fsyncs):
            os.pwrite(descriptor, BLOCK, 0)
            os.fsync(descriptor)
        seconds = time.perf_counter() - started
    finally:
        os.close(descriptor)
    return {"fsyncs": fsyncs, "per_second": round(fsyncs / seconds)}
