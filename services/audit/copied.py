"""Reading the copy of the log: page by page, in order, and never over a hole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event, from_row
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.checkpoints import Place

PAGE = 2000
TYPE, SEQ = EVENT_COLUMNS.index("type"), EVENT_COLUMNS.index("seq")

_COLUMNS = ", ".join(EVENT_COLUMNS)


class CopyHasHole(BusinessRuleViolation):
    """The copy of the log misses an event, so nothing can be made from it."""

    code = "audit.copy-has-hole"


def places(connection: Connection) -> dict[Place, int]:
    """Return how far the copy goes, for every (owner, partition)."""
    found = connection.exec_driver_sql("SELECT service, partition, seq FROM checkpoints")
    return {(row[0], row[1]): row[2] for row in sorted(map(tuple, found))}


def rows(
    connection: Connection, place: Place, after: int, upto: int, size: int | None = None
) -> Iterator[Sequence[Sequence[Any]]]:
    """Yield the stored rows of ``place`` after ``after`` up to ``upto``, a page at a time.

    Raises:
        CopyHasHole: one of them is not there.
    """
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    while after < upto:
        limit = min(size or PAGE, upto - after)
        cursor = connection.connection.cursor()
        cursor.execute(
            f"SELECT {_COLUMNS} FROM audit_events WHERE service = {mark} AND partition = {mark} "
            f"AND seq > {mark} ORDER BY seq LIMIT {limit}",
            (*place, after),
        )
        found = cursor.fetchall()
        if not found or found[-1][SEQ] != after + len(found):
            raise CopyHasHole("after", service=place[0], partition=place[1], after=after)
        after = found[-1][SEQ]
        yield found


def events(
    connection: Connection,
    place: Place,
    after: int,
    upto: int,
    hears: Callable[[str, str], bool],
) -> Iterator[tuple[int, list[Event]]]:
    """Yield (the page's last ``seq``, the events of it that somebody ``hears``)."""
    service = place[0]
    for page in rows(connection, place, after, upto):
        heard = [from_row(service, row) for row in page if hears(service, row[TYPE])]
        yield page[-1][SEQ], heard
