"""Who holds a place in an offering, as enrollment gave them.

A row keeps the ``seq`` of the event that changed it last, so that hearing an event again changes
nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, String, Table

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from services.attendance.schema import metadata

holders = Table(
    "holders",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("student_id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("holds", Boolean, nullable=False),
)
"""``holds`` is false once the place was given up."""

_SET = Statement(
    "INSERT INTO holders (offering_id, student_id, seq, holds) "
    "VALUES (:offering_id, :student_id, :seq, :holds) ON CONFLICT (offering_id, student_id) "
    "DO UPDATE SET seq = excluded.seq, holds = excluded.holds WHERE excluded.seq > holders.seq"
)
_BY_PLACE = Statement("UPDATE offerings SET by_place = :yes WHERE offering_id = :offering_id")
_IS_BY_PLACE = Statement("SELECT by_place FROM offerings WHERE offering_id = :offering_id")
_HOLDERS = Statement("SELECT student_id, holds FROM holders WHERE offering_id = :offering_id")


def project(connection: Connection, event: Event) -> None:
    """Keep what one event says of places."""
    data = event["data"]
    match event["type"]:
        case "PlacesFilled":
            _set(connection, event, data["student_ids"], holds=True)
        case "PlaceTaken":
            _set(connection, event, [data["student_id"]], holds=True)
        case "PlaceGivenUp":
            _set(connection, event, [data["student_id"]], holds=False)


def of(connection: Connection, offering_id: str) -> set[str] | None:
    """Return who holds a place; None if no places were given: it is for the whole class."""
    row = _IS_BY_PLACE.first(connection, offering_id=offering_id)
    if row is None or not row["by_place"]:
        return None
    rows = _HOLDERS.all(connection, offering_id=offering_id)
    return {each["student_id"] for each in rows if each["holds"]}


def _set(connection: Connection, event: Event, students: list[str], *, holds: bool) -> None:
    shared: dict[str, Any] = {"offering_id": event["data"]["offering_id"], "seq": event["seq"]}
    _BY_PLACE.run(connection, offering_id=shared["offering_id"], yes=True)
    rows = [{**shared, "student_id": student, "holds": holds} for student in students]
    if rows:
        _SET.run_many(connection, rows)
