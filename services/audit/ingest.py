"""What audit does with every event of every service: keep a copy, fold it into the views."""

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


def ingesting(folding: Folding, also: Callable[[Connection], None]) -> Apply:
    """Return how audit applies events: copy and views in one transaction, a batch at a time.

    ``also`` writes, in the same transaction, what was learnt about the owners' heads.
    """
    live = LiveRows()

    def apply(connection: Connection, events: Sequence[Event]) -> None:
        copies = [(event["service"], *to_row(event)) for event in events]
        sql.append(connection, "audit_events", COLUMNS, copies)
        touches = folding.touches(events)
        if touches:
            live.fold(connection, touches)
        also(connection)

    return apply
