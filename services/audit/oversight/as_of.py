"""Any view at a past instant: the events recorded by then, folded, from the nearest snapshot on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, text

from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.checkpoints import Place
from services.audit import copied, snapshots
from services.audit.folding import Folding, Rows
from services.audit.refold import parked_at

_RECORDED = text(
    "SELECT recorded_at FROM audit_events "
    "WHERE service = :service AND partition = :partition AND seq = :seq"
)


class InTheFuture(BusinessRuleViolation):
    """Nobody knows yet."""

    code = "audit.in-the-future"
    kind = "invalid"


def check(instant: datetime, now: datetime) -> None:
    """Refuse an instant that has not come.

    Raises:
        InTheFuture: it has not.
    """
    if instant > now:
        raise InTheFuture(instant=instant.isoformat())


def cut(connection: Connection, place: Place, head: int, instant: datetime) -> int:
    """Return the last ``seq`` recorded at or before ``instant``, 0 if none was.

    Found by halving: within a log events are recorded in order. Where two commands' clocks crossed
    by some milliseconds, the answer is one of the places where what follows is later.
    """
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        values = {"service": place[0], "partition": place[1], "seq": middle}
        recorded_at = connection.execute(_RECORDED, values).scalar()
        if recorded_at is None:
            raise copied.CopyHasHole(service=place[0], partition=place[1], seq=middle)
        if datetime.fromisoformat(recorded_at) <= instant:
            low = middle
        else:
            high = middle - 1
    return low


def rows_as_of(
    connection: Connection, folding: Folding, partitions: Iterable[str], instant: datetime
) -> tuple[Rows, dict[Place, int]]:
    """Return the rows of some schools at ``instant``, and the last event they stand for."""
    wanted = set(partitions)
    rows: Rows = {}
    cuts: dict[Place, int] = {}
    for place, head in copied.places(connection).items():
        if place[1] in wanted and folding.hears_service(place[0]):
            last = cuts[place] = cut(connection, place, head, instant)
            without = parked_at(connection, place)
            rows.update(snapshots.upto(connection, folding, place, last, without))
    return rows, cuts
