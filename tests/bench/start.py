"""Seconds from ``hp3 run`` to the first page: on an empty folder, and on the one that it made."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from tests.bench.place import Place
from tests.bench.serving import served
from tests.bench.units import Seconds


class Figures(TypedDict):
    first_seconds: Seconds
    next_seconds: Seconds


def measure(place: Place, size: int) -> Figures:
    """Return what a first and a second start took, whatever the size."""
    folder = place.folder()
    return {"first_seconds": _start(folder), "next_seconds": _start(folder)}


def _start(folder: Path) -> float:
    with served(folder) as (_, seconds):
        return round(seconds, 2)
