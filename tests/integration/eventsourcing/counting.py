"""A minimal service for the conformance suite: a tally per stream, with one inline read model."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table

from chassis.eventsourcing import tables
from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.log import EventLog
from chassis.kernel.call import CHINA, Call, Principal
from chassis.kernel.decider import Decider
from contracts.shapes import event

metadata = MetaData()
tables.declare_log(metadata)
tables.declare_checkpoints(metadata)
totals = Table(
    "totals",
    metadata,
    Column("stream_id", String(64), primary_key=True),
    Column("total", BigInteger, nullable=False),
)

CALL = Call(
    principal=Principal(account_id="tester", role="teacher"),
    now=datetime(2026, 9, 1, 15, 30, tzinfo=CHINA),
    correlation_id="conformance",
)


@event
class Counted:
    """``by`` was added to a tally."""

    by: int


def project(connection: Connection, event: Event) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    connection.exec_driver_sql(
        f"INSERT INTO totals VALUES ({mark}, {mark}) "
        "ON CONFLICT (stream_id) DO UPDATE SET total = totals.total + excluded.total",
        (event["stream_id"], event["data"]["by"]),
    )


TALLY: Decider[int, int, Counted] = Decider(
    0,
    lambda _state, by: [Counted(by=by)] if by else [],
    lambda state, event: state + event.by,
)


def open_log(url: str, *, create: bool = False) -> EventLog:
    database = open_database(url)
    if create:
        metadata.create_all(database.engine)
    codec = Codec([Counted])
    return EventLog("counting", database, codec, projections={"Counted": [project]})


def total_of(log: EventLog, stream_id: str) -> int:
    mark = log._mark
    with log.database.read() as connection:
        found = connection.exec_driver_sql(
            f"SELECT total FROM totals WHERE stream_id = {mark}", (stream_id,)
        ).scalar()
    return found or 0
