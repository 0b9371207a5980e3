"""What the log, not a read model, says about an application: who sent it, who signed, since when.

The log keeps the account and the instant beside each fact, so no table has to repeat them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.log import EventLog
from contracts.enrollment.agreements import StudentEnrolled

Row = dict[str, Any]


def of_application(log: EventLog, connection: Connection, row: Row) -> dict[str, Event]:
    """Return the newest event of each type about one application."""
    found = log.history(connection, row["school_id"], _stream(row))
    mine = row["application_id"]
    return {each["type"]: each for each in found if each["data"].get("application_id") == mine}


def confirmation_of(log: EventLog, connection: Connection, row: Row) -> Event | None:
    """Return what confirmed the publicised list that an application stands on, or None."""
    if not row["publicity_id"]:
        return None
    found = log.history(connection, row["school_id"], f"publicity-{row['publicity_id']}")
    mine = row["application_id"]
    return next(
        (
            each
            for each in found
            if each["type"] == "ListConfirmed" and mine in each["data"]["application_ids"]
        ),
        None,
    )


def class_at(log: EventLog, connection: Connection, row: Row, seq: int) -> str | None:
    """Return the class that the pupil was in when the log stood at ``seq``."""
    found = log.history(connection, row["school_id"], f"student-{row['student_id']}")
    classes = [
        str(each["data"]["class_id"])
        for each in found
        if each["seq"] <= seq and each["type"] in ("StudentRegistered", "StudentMoved")
    ]
    return classes[-1] if classes else None


def starts_on(
    log: EventLog, connection: Connection, school_id: str, rows: Sequence[Row]
) -> dict[str, str]:
    """Return the first day of the enrolled among ``rows``, by application."""
    found = log.streams(connection, school_id, [_stream(row) for row in rows])
    return {
        event.application_id: event.starts_on.isoformat()
        for history in found.values()
        for event, _ in history
        if isinstance(event, StudentEnrolled)
    }


def record_of(event: Event) -> dict[str, Any]:
    """Return where an event stands in the log, so that a proof of it can be asked for."""
    return {name: event[name] for name in ("service", "partition", "seq", "event_id")}


def consent_of(event: Event) -> dict[str, Any]:
    """Return who did it and when: the record of a consent or a signature."""
    return {**event["actor"], "at": event["occurred_at"]}


def _stream(row: Row) -> str:
    return f"application-{row['student_id']}-{row['term_id']}"
