"""What audit itself says: what was done to its views. Stored for ever."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.eventsourcing.codec import Codec
from contracts.language import UPCASTERS

PLATFORM = "platform"
"""The partition of what concerns every school."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildRequested:
    """An operator asked for a rebuild, or (``kind`` rollback) for the generation before."""

    operation_id: str
    rebuild_id: str
    kind: str
    views: tuple[str, ...]
    swap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildSettled:
    """An operator paused, resumed, cancelled a rebuild, or asked for its swap."""

    operation_id: str
    rebuild_id: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsSwapped:
    """Readers see another generation. ``different`` names the views whose rows were not equal."""

    rebuild_id: str
    kind: str
    views: tuple[str, ...]
    generation: int
    events: int
    different: tuple[str, ...]


CODEC = Codec(
    {
        "RebuildRequested": (RebuildRequested, 1),
        "RebuildSettled": (RebuildSettled, 1),
        "ViewsSwapped": (ViewsSwapped, 1),
    },
    UPCASTERS["audit"],
)
