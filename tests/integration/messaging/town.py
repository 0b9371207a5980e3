"""A toy owner and a toy listener on real databases, to watch events travel between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import Database, open_database
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.tables import declare_checkpoints, declare_log
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import CHINA, SYSTEM, Call
from chassis.messaging.subscriber import Source, Subscriber
from contracts.shapes import event

OWNER, LISTENER = "bell", "pupils"
NOW = datetime(2026, 9, 1, 15, 25, tzinfo=CHINA)

metadata = sa.MetaData()
declare_log(metadata)
declare_checkpoints(metadata)
heard = sa.Table(
    "heard",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("partition", sa.String(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
)
"""An effect without a key of its own: applied twice, it shows twice."""


@event
class BellRung:
    number: int


CODEC = Codec([BellRung])


def fresh(url: str) -> Database:
    """Open the empty database at ``url`` and make the tables."""
    database = open_database(url)
    metadata.create_all(database.engine)
    return database


def bell(database: Database) -> EventLog:
    """Return the owner's log."""
    return EventLog(OWNER, database, CODEC)


def ring(log: EventLog, partition: str, times: int, *, at_once: int = 100) -> None:
    """Append ``times`` events, numbered on from what there is."""
    done = log.heads().get(partition, 0)
    last = done + times
    while done < last:
        upto = min(done + at_once, last)
        call = Call(principal=SYSTEM, now=NOW, correlation_id="test")
        with unit_of_work(log, partition, call) as work:
            stream = f"bell-{upto}"
            work.append(stream, [BellRung(number=n) for n in range(done + 1, upto + 1)])
        done = upto


def note(connection: sa.Connection, events: Sequence[dict[str, Any]]) -> None:
    """The listener's effect: a row per event."""
    rows = [{"partition": e["partition"], "number": e["data"]["number"]} for e in events]
    connection.execute(heard.insert(), rows)


def pupils(
    database: Database, source: Source, apply: Any = note, *, owner: str = OWNER
) -> Subscriber:
    """Return the listener over ``source``."""
    return Subscriber(LISTENER, database, {owner: source}, apply)


def heard_in(database: Database) -> dict[str, list[int]]:
    """Return what the listener heard, by partition, in the order of its effects."""
    found: dict[str, list[int]] = {}
    with database.read() as connection:
        query = sa.select(heard.c.partition, heard.c.number).order_by(heard.c.id)
        for partition, number in connection.execute(query):
            found.setdefault(partition, []).append(number)
    return found


def relayed(log: EventLog) -> dict[str, int]:
    """Return how far the relay got."""
    with log.database.read() as connection:
        query = sa.text("SELECT partition, seq FROM relay_positions")
        return {row.partition: row.seq for row in connection.execute(query)}


class Deaf:
    """A source that never answers, for tests in which the bus alone must do."""

    def heads(self) -> dict[str, int]:
        return {}

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        raise ConnectionError(f"{partition} after {after_seq} is not to be had")
