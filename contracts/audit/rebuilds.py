"""Rebuilds of the oversight views, for operators; the work is done by audit's worker."""

from __future__ import annotations

from typing import Annotated

from contracts.shapes import (
    Id,
    Length,
    Nothing,
    OneOf,
    Range,
    command,
    event,
    query,
    reply,
    request,
)

KINDS = ("rebuild", "rollback")


@event
class RebuildRequested:
    """An operator asked for a rebuild, or (``kind`` rollback) for the generation before."""

    operation_id: Id
    rebuild_id: Id
    kind: Annotated[str, OneOf(KINDS)]
    views: tuple[str, ...]
    swap: bool


@event
class RebuildSettled:
    """An operator paused, resumed or cancelled a rebuild, or asked for its swap."""

    operation_id: Id
    rebuild_id: Id
    state: str


@event
class ViewsSwapped:
    """Readers see another generation; ``different`` names the views whose rows were not equal."""

    rebuild_id: Id
    kind: Annotated[str, OneOf(KINDS)]
    views: tuple[str, ...]
    generation: int
    events: int
    different: tuple[str, ...]


@request
class Reason:
    """Why an operator does it; goes on record."""

    rebuild_id: Id
    reason: Annotated[str, Length(3, 500)]


@request
class RollbackViews:
    """Which views go back to the generation before; all of them if none is named."""

    reason: Annotated[str, Length(3, 500)]
    views: tuple[Id, ...] = ()


@request
class RequestRebuild:
    """Which views are made again. Without ``swap`` they wait, ready, for a person to look."""

    reason: Annotated[str, Length(3, 500)]
    views: tuple[Id, ...] = ()
    swap: bool = True
    jobs: Annotated[int, Range(1, 64)] = 1


@request
class GetRebuild:
    rebuild_id: Id


@reply
class Progress:
    """How far a rebuild is: events and parts (one service's log of one school)."""

    events_total: int
    events_done: int
    parts_total: int
    parts_done: int


@reply
class Rebuild:
    """A rebuild, or a rollback to the generation before.

    ``state``: requested, running, paused, ready, swapped, cancelled, failed. ``report`` compares
    each view's live rows with the rebuilt ones, and names the events that could not be folded.
    """

    rebuild_id: str
    kind: str
    views: tuple[str, ...]
    generation: int
    state: str
    swap: int
    jobs: int
    requested_by: str
    requested_at: str
    started_at: str | None
    finished_at: str | None
    report: dict[str, object] | None
    progress: Progress


@reply
class Rebuilds:
    """The newest rebuilds, the newest first."""

    items: tuple[Rebuild, ...]


LIST_REBUILDS = query(
    "list_rebuilds",
    "/ops/rebuilds",
    "List rebuilds",
    Nothing,
    Rebuilds,
    roles=("operator",),
)
GET_REBUILD = query(
    "get_rebuild",
    "/ops/rebuilds/{rebuild_id}",
    "Follow a rebuild",
    GetRebuild,
    Rebuild,
    roles=("operator",),
)
REQUEST_REBUILD = command(
    "request_rebuild",
    "/ops/rebuilds",
    "Make views again from the log, beside the live ones",
    RequestRebuild,
    Rebuild,
    roles=("operator",),
)
ROLLBACK_VIEWS = command(
    "rollback_views",
    "/ops/rebuilds:rollback",
    "Go back to the generation before the last swap",
    RollbackViews,
    Rebuild,
    roles=("operator",),
)
PAUSE_REBUILD = command(
    "pause_rebuild",
    "/ops/rebuilds/{rebuild_id}/pause",
    "Stop folding and keep what is done",
    Reason,
    Rebuild,
    roles=("operator",),
)
RESUME_REBUILD = command(
    "resume_rebuild",
    "/ops/rebuilds/{rebuild_id}/resume",
    "Go on with a rebuild that was paused or has failed",
    Reason,
    Rebuild,
    roles=("operator",),
)
CANCEL_REBUILD = command(
    "cancel_rebuild",
    "/ops/rebuilds/{rebuild_id}/cancel",
    "Give a rebuild up",
    Reason,
    Rebuild,
    roles=("operator",),
)
SWAP_REBUILD = command(
    "swap_rebuild",
    "/ops/rebuilds/{rebuild_id}/swap",
    "Make a rebuild that is ready live",
    Reason,
    Rebuild,
    roles=("operator",),
)
