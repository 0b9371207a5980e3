"""What audit does with every event of every service: keep a copy, fold it into the views.

The copy comes first and is never parked, so it has no hole; what may fail is a view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event, to_row
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.messaging.subscriber import Apply
from services.audit import sql
from services.audit.folding import Folding
from services.audit.rows import LiveRows

COLUMNS = ("service", *EVENT_COLUMNS)


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
    """Return how audit shows events in the views, a batch at a time."""
    live = LiveRows()

    def fold(connection: Connection, events: Sequence[Event]) -> None:
        touches = folding.touches(events)
        if touches:
            live.fold(connection, touches)

    return fold
