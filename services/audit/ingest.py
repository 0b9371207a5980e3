"""What audit does with every event of every service: keep a copy, fold it into the views.

The copy comes first and is never parked, so it has no hole; what may fail is a view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event, to_row
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.feature import Parts
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.subscriber import Apply, Subscriber
from services.audit import generations, sql
from services.audit.folding import Folding
from services.audit.heads import HeadsBook, WatchedSource
from services.audit.refold import refold
from services.audit.rows import StoredRows
from services.audit.views import ALL

COLUMNS = ("service", *EVENT_COLUMNS)
COPIED = ("enrollment", "fees", "attendance", "safety")
"""The services whose logs audit copies, beside its own."""


class CopyDiffers(BusinessRuleViolation):
    """The copy holds another event than its owner: somebody changed one of them."""

    code = "audit.copy-differs"


def copy_all(parts: Parts) -> Subscriber:
    """Return what listens to every service, audit itself included."""
    book = HeadsBook(parts.database, parts.clock)
    folding = Folding(ALL)
    with parts.database.write() as connection:
        generations.begin(connection)
    logs = {**{name: parts.sources[name] for name in COPIED}, "audit": parts.log}
    return Subscriber(
        "audit",
        parts.database,
        {name: WatchedSource(log, partial(book.heard, name)) for name, log in logs.items()},
        folding_into(folding),
        keep=copying(also=book.write),
        late=folding_late(folding),
        again=restoring,
        committed=book.written,
        clock=parts.clock,
    )


def copying(also: Callable[[Connection], None]) -> Apply:
    """Return how audit keeps events, a batch at a time.

    ``also`` writes, in the same transaction, what was learnt about the owners' heads.
    """

    def copy(connection: Connection, events: Sequence[Event]) -> None:
        copies = [(event["service"], *to_row(event)) for event in events]
        sql.append(connection, "audit_events", COLUMNS, copies)
        also(connection)

    return copy


def folding_into(folding: Folding) -> Apply:
    """Return how audit shows events in the live views, a batch at a time."""

    def fold(connection: Connection, events: Sequence[Event]) -> None:
        heard = [event for event in events if folding.listeners(event)]
        if heard:
            StoredRows(generations.live(connection)).fold(connection, folding, heard)

    return fold


def folding_late(folding: Folding) -> Apply:
    """Return how audit shows events that were parked: in their place, not at the end."""

    def fold(connection: Connection, events: Sequence[Event]) -> None:
        refold(connection, folding, events)

    return fold


def restoring(connection: Connection, events: Sequence[Event]) -> dict[int, str]:
    """Put copies back that are missing; return what was done, by ``seq``.

    Raises:
        CopyDiffers: a copy is there and says something else.
    """
    outcomes: dict[int, str] = {}
    missing: list[tuple[Any, ...]] = []
    for event in events:
        wanted = (event["service"], *to_row(event))
        found = sql.select_by_key(connection, "audit_events", COLUMNS, [wanted[:3]], key=3)
        if not found:
            missing.append(wanted)
            outcomes[event["seq"]] = "restored"
        elif tuple(found[0]) != wanted:
            raise CopyDiffers(
                service=event["service"], partition=event["partition"], seq=event["seq"]
            )
    sql.append(connection, "audit_events", COLUMNS, missing)
    return {event["seq"]: outcomes.get(event["seq"], "skipped") for event in events}
