"""Consumers, for operators: how far each is, what is parked, and deliveries again."""

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


@event
class ParkedEventRetried:
    """A parked event was tried again; ``applied`` counts it and those that waited behind it."""

    operation_id: Id
    service: Id
    seq: Annotated[int, Range(1)]
    type: Id
    applied: Annotated[int, Range(0)]
    still_parked: Annotated[int, Range(0)]


@event
class ParkedEventDiscarded:
    """A parked event will never be applied; ``applied`` counts those behind it that now were."""

    operation_id: Id
    service: Id
    seq: Annotated[int, Range(1)]
    type: Id
    applied: Annotated[int, Range(0)]
    still_parked: Annotated[int, Range(0)]


@event
class EventsReplayed:
    """Stored events of ``service`` were delivered again to the publishing service alone."""

    operation_id: Id
    service: Id
    from_seq: Annotated[int, Range(1)]
    to_seq: Annotated[int, Range(1)]
    applied: Annotated[int, Range(0)]
    skipped: Annotated[int, Range(0)]


@request
class ListParked:
    """Narrow the list; ``after`` is the ``next`` of the page before."""

    partition: Id | None = None
    state: Annotated[str, OneOf(("retrying", "parked", "waiting"))] | None = None
    limit: Annotated[int, Range(1, 1000)] = 200
    after: Annotated[int, Range(0)] = 0


@request
class Settle:
    """Why a parked event is retried or discarded; ``dry_run`` only says what would happen."""

    service: Id
    partition: Id
    seq: Id
    reason: Annotated[str, Length(3, 500)]
    dry_run: bool = False


@request
class Replay:
    """Which stored events of an owner to deliver again to this consumer, and why.

    ``again``: also what the consumer has already applied; then ``to_seq`` must reach its
    checkpoint.
    """

    service: Id
    partition: Id
    from_seq: Annotated[int, Range(1, 2**31 - 1)]
    to_seq: Annotated[int, Range(1, 2**31 - 1)]
    again: bool = False
    dry_run: bool = False
    reason: Annotated[str, Length(3, 500)]


@request
class ShowParked:
    service: Id
    partition: Id
    seq: Id


@reply
class ParkedItem:
    """One parked event. ``behind`` counts the later ones of its stream that wait for it."""

    service: str
    partition: str
    seq: int
    stream_id: str
    type: str
    schema_version: int
    state: str
    attempts: int
    error: str | None
    parked_at: str
    next_try_at: str | None
    behind: int


@reply
class ParkedList:
    """Parked events in order, and how many there are of each state."""

    consumer: str
    items: tuple[ParkedItem, ...]
    counts: dict[str, int]
    next: int | None


@reply
class ParkedShown(ParkedItem):
    """One parked event with its whole envelope and the ``seq`` of those behind it."""

    event: dict[str, object]
    waiting: tuple[int, ...]


@reply
class Failure:
    """The event at which a stream stopped, and why."""

    seq: int
    error: str


@reply
class Settled:
    """What became of a parked event: ``applied`` are the ``seq`` that now took effect."""

    consumer: str
    dry_run: bool
    discarded: int | None
    applied: tuple[int, ...]
    failed: Failure | None
    still_parked: int


@reply
class Replayed:
    """What a replay did with each event: ``outcomes`` is one word per ``seq``."""

    consumer: str
    dry_run: bool
    checkpoint: int
    counts: dict[str, int]
    outcomes: dict[str, str]


@reply
class CheckpointItem:
    """How far the consumer is with one log; ``digest`` covers the events after ``since``.

    ``complete``: up to ``compared_seq`` it saw exactly what the owner has; null before the first
    comparison.
    """

    service: str
    partition: str
    seq: int
    since: int
    digest: str
    parked: int
    complete: bool | None
    compared_seq: int
    compared_at: str | None


@reply
class Checkpoints:
    """Every checkpoint of a consumer."""

    consumer: str
    places: tuple[CheckpointItem, ...]


READ_CHECKPOINTS = query(
    "read_checkpoints",
    "/ops/consumers/{consumer}/checkpoints",
    "Show how far {consumer} is with each log",
    Nothing,
    Checkpoints,
    roles=("operator",),
)
LIST_PARKED = query(
    "list_parked",
    "/ops/consumers/{consumer}/parked",
    "List the events that {consumer} could not apply",
    ListParked,
    ParkedList,
    roles=("operator",),
)
SHOW_PARKED = query(
    "show_parked",
    "/ops/consumers/{consumer}/parked/{service}/{partition}/{seq}",
    "Show one event that {consumer} could not apply",
    ShowParked,
    ParkedShown,
    roles=("operator",),
)
RETRY_PARKED = command(
    "retry_parked",
    "/ops/consumers/{consumer}/parked/{service}/{partition}/{seq}/retry",
    "Let {consumer} try a parked event again, and those behind it",
    Settle,
    Settled,
    roles=("operator",),
)
DISCARD_PARKED = command(
    "discard_parked",
    "/ops/consumers/{consumer}/parked/{service}/{partition}/{seq}/discard",
    "Give a parked event of {consumer} up, and apply those behind it",
    Settle,
    Settled,
    roles=("operator",),
)
REPLAY = command(
    "replay",
    "/ops/consumers/{consumer}/replay/{service}/{partition}",
    "Deliver stored events again to {consumer} only",
    Replay,
    Replayed,
    roles=("operator",),
)
