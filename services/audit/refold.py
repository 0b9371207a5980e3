"""Make one school's rows of some views again, from its first event: what settles a parked event.

A late event must not be folded after the ones that came behind it; so the rows are folded anew from
the copy, without what is still parked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, text

from chassis.eventsourcing.envelope import Event
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.checkpoints import Mark, Place
from services.audit import copied, generations
from services.audit.folding import Folding, Rows, apply
from services.audit.rows import Stand, StoredRows, after, heard
from services.audit.views.view import View

_PARKED = text("SELECT seq FROM parked_events WHERE service = :service AND partition = :partition")


def parked_at(connection: Connection, place: Place) -> set[int]:
    """Return the ``seq`` of the events of ``place`` that are parked."""
    values = {"service": place[0], "partition": place[1]}
    return {row.seq for row in connection.execute(_PARKED, values)}


def folded(
    connection: Connection, folding: Folding, place: Place, upto: int, without: set[int]
) -> tuple[Rows, dict[tuple[str, str], Stand]]:
    """Return the rows of ``place`` up to an event, and what they stand for.

    Raises:
        Exception: whatever a fold raises on an event that is not left out.
    """
    rows: Rows = {}
    stands: dict[tuple[str, str], Stand] = {}
    for _, page in copied.events(connection, place, 0, upto, folding.hears):
        taken = [event for event in page if event["seq"] not in without]
        apply(rows, folding.touches(taken))
        stands |= after(stands, heard(folding, taken))
    return rows, stands


class FoldFails(BusinessRuleViolation):
    """This release cannot fold an event that another release could."""

    code = "rebuild.fold-fails"


_DIFFERENT = text(
    "SELECT partition FROM view_positions WHERE view = :view AND generation IN (:one, :other) "
    "AND count > 0 GROUP BY partition HAVING COUNT(*) = 1 "
    "OR MIN(digest) <> MAX(digest) OR MIN(count) <> MAX(count)"
)


def align(
    connection: Connection,
    view: View,
    generation: int,
    with_live: int,
    *,
    but: Collection[str] = (),
) -> None:
    """Let a generation stand for the events that the live one stands for, where it does not.

    Events may have been parked, or settled, since its rows were folded; those schools are folded
    again, ``but`` those that are known to leave events out. The caller holds the checkpoints.
    """
    values = {"view": view.NAME, "one": generation, "other": with_live}
    alone = Folding([view])
    for row in connection.execute(_DIFFERENT, values).all():
        if row.partition in but:
            continue
        place = view.SERVICE, row.partition
        upto = copied.places(connection).get(place, 0)
        try:
            rows, stands = folded(connection, alone, place, upto, parked_at(connection, place))
        except Exception as error:
            raise FoldFails(
                view=view.NAME, service=place[0], partition=place[1], error=error
            ) from error
        nothing: dict[tuple[str, str], Stand] = {(view.NAME, row.partition): (0, Mark())}
        stored = StoredRows({view.NAME: generation})
        stored.replace(connection, row.partition, [view.NAME], rows, nothing | stands)


def refold(connection: Connection, folding: Folding, events: Sequence[Event]) -> None:
    """Fold the schools of ``events`` again, in the views that hear them.

    The caller has claimed the checkpoints of these places and taken ``events`` off the parked.
    """
    now = generations.live(connection)
    for event in events:
        place = event["service"], event["partition"]
        listening = Folding(folding.listeners(event))
        if not listening.views:
            continue
        upto = copied.places(connection)[place]
        rows, stands = folded(connection, listening, place, upto, parked_at(connection, place))
        names = [view.NAME for view in listening.views]
        nothing: dict[tuple[str, str], Stand] = {(name, place[1]): (0, Mark()) for name in names}
        StoredRows(now).replace(connection, place[1], names, rows, nothing | stands)
