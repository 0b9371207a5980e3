"""The sessions of each school's day, with the newest roll."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Index, String, Table, Text, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from contracts.attendance.sessions import RollException
from services.attendance.schema import metadata

sessions = Table(
    "sessions",
    metadata,
    Column("session_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("date", String(10), nullable=False),
    Column("service_kind", String(32), nullable=False),
    Column("class_id", String(64), nullable=False),
    Column("starts_at", String(32)),
    Column("ends_at", String(32)),
    Column("responsible_id", String(64), nullable=False),
    Column("roll_taken_at", String(32)),
    Column("roll", Text),
    Column("offering_id", String(64)),
)
Index("sessions_of_day", sessions.c.school_id, sessions.c.date)


class Session(NamedTuple):
    """A session; ``roll_taken_at`` is None before its roll."""

    session_id: str
    school_id: str
    date: str
    service_kind: str
    class_id: str
    starts_at: str | None
    ends_at: str | None
    responsible_id: str
    roll_taken_at: str | None
    offering_id: str | None


class Roll(NamedTuple):
    """What the newest roll said."""

    present: tuple[str, ...] = ()
    exceptions: tuple[RollException, ...] = ()


class Opened(NamedTuple):
    """A class's session of an offering."""

    session_id: str
    class_id: str
    offering_id: str


_OPENED = Statement(
    "INSERT INTO sessions (session_id, school_id, date, service_kind, class_id, starts_at, "
    "ends_at, responsible_id, offering_id) VALUES (:session_id, :school_id, :date, :service_kind, "
    ":class_id, :starts_at, :ends_at, :responsible_id, :offering_id)"
)
_ROLLED = Statement(
    "UPDATE sessions SET roll_taken_at = :at, roll = :roll WHERE session_id = :session_id"
)
_WITH_OFFERING = Statement(
    "SELECT session_id, class_id, offering_id FROM sessions WHERE school_id = :school_id "
    "AND date = :day AND offering_id IS NOT NULL ORDER BY class_id"
)
_SESSION = Statement(
    "SELECT session_id, school_id, date, service_kind, class_id, starts_at, ends_at, "
    "responsible_id, roll_taken_at, offering_id FROM sessions WHERE session_id = :session_id"
)
_ROLL = Statement("SELECT roll FROM sessions WHERE session_id = :session_id")


def project(connection: Connection, event: Event) -> None:
    """Update the day's sessions by one event."""
    data = event["data"]
    match event["type"]:
        case "SessionOpened":
            _OPENED.run(connection, **data)
        case "RollTaken":
            roll = msgspec.json.encode(data).decode()
            _ROLLED.run(
                connection, session_id=data["session_id"], at=event["occurred_at"], roll=roll
            )


def get(connection: Connection, session_id: str) -> Session | None:
    """Return a session, or None."""
    row = _SESSION.first(connection, session_id=session_id)
    return Session(**row) if row else None


def roll_of(connection: Connection, session_id: str) -> Roll:
    """Return the newest roll of a session; it names nobody before it was taken."""
    row = _ROLL.first(connection, session_id=session_id)
    if row is None or row["roll"] is None:
        return Roll()
    told = msgspec.json.decode(row["roll"])
    return Roll(
        present=tuple(told["present"]),
        exceptions=tuple(RollException(**each) for each in told["exceptions"]),
    )


def with_offering(connection: Connection, school_id: str, day: str) -> list[Opened]:
    """Return which classes opened a session of which offering on a school's day."""
    rows = _WITH_OFFERING.all(connection, school_id=school_id, day=day)
    return [Opened(**row) for row in rows]


def of_day(
    connection: Connection, school_id: str, day: date, class_ids: Iterable[str] | None = None
) -> list[Session]:
    """Return the sessions of a school's day; ``class_ids`` narrows them to some classes."""
    query = select(*(sessions.c[name] for name in Session._fields)).where(
        sessions.c.school_id == school_id, sessions.c.date == day.isoformat()
    )
    if class_ids is not None:
        query = query.where(sessions.c.class_id.in_(list(class_ids)))
    ordered = query.order_by(sessions.c.starts_at, sessions.c.class_id, sessions.c.service_kind)
    return [Session(*row) for row in connection.execute(ordered)]
