"""What enrollment tells of offerings and of what is done on their days.

A row keeps the ``seq`` of the event that changed it last, so that hearing an event again changes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Connection, Integer, String, Table, Text

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from services.attendance.schema import metadata
from services.attendance.sessions.domain.offering_day import OfferingDay

offerings = Table(
    "offerings",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("school_id", String(64), nullable=False, index=True),
    Column("term_id", String(64), nullable=False),
    Column("title", String(200), nullable=False),
    Column("service_kind", String(32), nullable=False),
    Column("content_kind", String(32), nullable=False),
    Column("teacher_id", String(64), nullable=False),
    Column("grades", Text, nullable=False),
    Column("weekdays", Text, nullable=False),
    Column("starts", String(5), nullable=False),
    Column("ends", String(5), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("by_place", Boolean, nullable=False),
)
"""``by_place``: places were given, so that it is not for whole classes (see ``holders``)."""

session_contents = Table(
    "session_contents",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("held_on", String(10), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("content_kind", String(32), nullable=False),
    Column("teacher_id", String(64), nullable=False),
    Column("review", String(16), nullable=False),
    Column("substituted", Boolean, nullable=False),
)

_STANDINGS = {"OfferingReturned": "returned", "OfferingOpened": "open", "OfferingClosed": "closed"}
_REVIEWS = {"SessionContentApproved": "approved", "SessionContentReturned": "returned"}

_PROPOSED = Statement(
    "INSERT INTO offerings (offering_id, seq, school_id, term_id, title, service_kind, "
    "content_kind, teacher_id, grades, weekdays, starts, ends, standing, by_place) "
    "VALUES (:offering_id, :seq, :school_id, :term_id, :title, :service_kind, :content_kind, "
    ":teacher_id, :grades, :weekdays, :starts, :ends, 'proposed', :by_place) "
    "ON CONFLICT (offering_id) DO NOTHING"
)
_AMENDED = Statement(
    "UPDATE offerings SET seq = :seq, title = :title, content_kind = :content_kind, "
    "teacher_id = :teacher_id, grades = :grades, weekdays = :weekdays, starts = :starts, "
    "ends = :ends, standing = CASE standing WHEN 'returned' THEN 'proposed' ELSE standing END "
    "WHERE offering_id = :offering_id AND seq < :seq"
)
_STOOD = Statement(
    "UPDATE offerings SET seq = :seq, standing = :standing "
    "WHERE offering_id = :offering_id AND seq < :seq"
)
_SUBMITTED = Statement(
    "INSERT INTO session_contents (offering_id, held_on, seq, content_kind, teacher_id, review, "
    "substituted) VALUES (:offering_id, :on, :seq, :content_kind, :teacher_id, 'submitted', "
    ":substituted) ON CONFLICT (offering_id, held_on) DO UPDATE SET seq = excluded.seq, "
    "content_kind = excluded.content_kind, teacher_id = excluded.teacher_id, "
    "review = excluded.review, substituted = excluded.substituted "
    "WHERE excluded.seq > session_contents.seq"
)
_REVIEWED = Statement(
    "UPDATE session_contents SET seq = :seq, review = :review "
    "WHERE offering_id = :offering_id AND held_on = :on AND seq < :seq"
)
_DAY = (
    "SELECT o.*, c.content_kind AS day_content, c.teacher_id AS day_teacher, c.review, "
    "c.substituted, t.first_day, t.last_day FROM offerings o "
    "LEFT JOIN session_contents c ON c.offering_id = o.offering_id AND c.held_on = :day "
    "LEFT JOIN terms t ON t.term_id = o.term_id "
)
_ONE = Statement(f"{_DAY}WHERE o.offering_id = :offering_id AND o.school_id = :school_id")
_ALL = Statement(f"{_DAY}WHERE o.school_id = :school_id ORDER BY o.starts, o.offering_id")


def project(connection: Connection, event: Event) -> None:
    """Keep what one event says of an offering."""
    data = {**event["data"], "seq": event["seq"]}
    match event["type"]:
        case "OfferingProposed":
            _PROPOSED.run(connection, **_flat(data), by_place=False)
        case "OfferingAmended":
            _AMENDED.run(connection, **_flat(data))
        case "OfferingReturned" | "OfferingOpened" | "OfferingClosed" as name:
            _STOOD.run(connection, **data, standing=_STANDINGS[name])


def project_content(connection: Connection, event: Event) -> None:
    """Keep what one event says of a day of an offering."""
    data = {**event["data"], "seq": event["seq"]}
    match event["type"]:
        case "SessionContentSubmitted" | "SessionSubstituted" as name:
            _SUBMITTED.run(connection, **data, substituted=name == "SessionSubstituted")
        case "SessionContentApproved" | "SessionContentReturned" as name:
            _REVIEWED.run(connection, **data, review=_REVIEWS[name])


def on(connection: Connection, school_id: str, offering_id: str, day: date) -> OfferingDay | None:
    """Return a day of an offering of the school, whether it takes place then or not."""
    row = _ONE.first(connection, school_id=school_id, offering_id=offering_id, day=day.isoformat())
    return _parsed(row, day) if row else None


def of_day(connection: Connection, school_id: str, day: date) -> list[OfferingDay]:
    """Return what a school has on a day, by time, without what is closed."""
    rows = _ALL.all(connection, school_id=school_id, day=day.isoformat())
    found = (_parsed(row, day) for row in rows if row["standing"] != "closed")
    return [each for each in found if each.in_term and day.isoweekday() in each.weekdays]


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    lists = {name: msgspec.json.encode(data[name]).decode() for name in ("grades", "weekdays")}
    return {**data, **lists}


def _parsed(row: Mapping[str, Any], day: date) -> OfferingDay:
    first, last = row["first_day"], row["last_day"]
    return OfferingDay(
        offering_id=row["offering_id"],
        date=day,
        title=row["title"],
        service_kind=row["service_kind"],
        standing=row["standing"],
        in_term=first is not None and first <= day.isoformat() <= last,
        weekdays=tuple(msgspec.json.decode(row["weekdays"])),
        grades=tuple(msgspec.json.decode(row["grades"])),
        starts=time.fromisoformat(row["starts"]),
        ends=time.fromisoformat(row["ends"]),
        teacher_id=row["day_teacher"] or row["teacher_id"],
        content_kind=row["day_content"] or row["content_kind"],
        review=row["review"] or "none",
        substituted=bool(row["substituted"]),
    )
