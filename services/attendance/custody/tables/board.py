"""The gate's board: where each child of the day is. One row per pupil and day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Column, Connection, Index, String, Table

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from services.attendance.schema import metadata

board = Table(
    "board",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("date", String(10), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("class_id", String(64), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("since", String(32), nullable=False),
    Column("receiver_id", String(64)),
    Column("relation", String(32)),
)
Index("board_of_day", board.c.school_id, board.c.date)

STATUSES = ("present", "handed_over", "absent", "leave")


class Child(NamedTuple):
    """Where a child is, since when, and who has fetched it."""

    student_id: str
    class_id: str
    session_id: str
    status: str
    since: str
    receiver_id: str | None
    relation: str | None


_CHILD = "SELECT student_id, class_id, session_id, status, since, receiver_id, relation FROM board "
_ROLLED = Statement(
    "INSERT INTO board (student_id, date, school_id, class_id, session_id, status, since) "
    "VALUES (:student_id, :date, :school_id, :class_id, :session_id, :status, :since) "
    "ON CONFLICT (student_id, date) DO UPDATE SET class_id = excluded.class_id, "
    "session_id = excluded.session_id, status = excluded.status, since = excluded.since"
)
_LEFT = Statement(
    "UPDATE board SET status = 'handed_over', since = :since, receiver_id = :receiver_id, "
    "relation = :relation WHERE student_id = :student_id AND date = :date"
)
_OF_DAY = Statement(
    f"{_CHILD}WHERE school_id = :school_id AND date = :date ORDER BY "
    "CASE status WHEN 'present' THEN 0 WHEN 'handed_over' THEN 1 ELSE 2 END, class_id, student_id"
)
_OF_PUPIL = Statement(f"{_CHILD}WHERE student_id = :student_id AND date = :date")
_OF_SESSION = Statement(
    f"{_CHILD}WHERE school_id = :school_id AND date = :date AND session_id = :session_id"
)


def project(connection: Connection, event: Event) -> None:
    """Move one child on the board."""
    data = event["data"]
    match event["type"]:
        case "PupilCheckedIn":
            _rolled(connection, event, "present")
        case "PupilMarkedAbsent":
            _rolled(connection, event, data["status"])
        case "ChildHandedOver":
            _LEFT.run(connection, since=event["occurred_at"], **data)


def of_day(connection: Connection, school_id: str, day: date) -> list[Child]:
    """Return the children of a school's day: who is present first."""
    rows = _OF_DAY.all(connection, school_id=school_id, date=day.isoformat())
    return [Child(**row) for row in rows]


def of_pupil(connection: Connection, student_id: str, day: date) -> Child | None:
    """Return where one child is on a day, or None."""
    row = _OF_PUPIL.first(connection, student_id=student_id, date=day.isoformat())
    return Child(**row) if row else None


def of_session(
    connection: Connection, school_id: str, day: str, session_id: str
) -> dict[str, Child]:
    """Return the children whose newest roll is this session's, by id."""
    rows = _OF_SESSION.all(connection, school_id=school_id, date=day, session_id=session_id)
    return {row["student_id"]: Child(**row) for row in rows}


def _rolled(connection: Connection, event: Event, status: str) -> None:
    _ROLLED.run(
        connection,
        **{**event["data"], "status": status},
        school_id=event["partition"],
        since=event["occurred_at"],
    )
