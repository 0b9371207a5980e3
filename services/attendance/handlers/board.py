"""Where the children of the day are: for the gate, and for a child's own guardian."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Reading
from contracts.attendance import handover as said
from contracts.attendance.sessions import OnDay
from services.attendance.handlers import scope
from services.attendance.handlers.expecting import expected_in
from services.attendance.projections import board, sessions


def get_board(reading: Reading, request: OnDay) -> dict[str, Any]:
    reading.call.require_school(request.school_id)
    day = request.date or reading.call.today
    items = board.of_day(reading.connection, request.school_id, day)
    counted = Counter(item["status"] for item in items)
    counts = {status: counted[status] for status in board.STATUSES}
    return {"date": day.isoformat(), "counts": counts, "items": items}


def child_today(reading: Reading, request: said.AskAboutChild) -> dict[str, Any]:
    student = scope.student(reading.connection, request.student_id, reading.call)
    student_id, day = student["student_id"], reading.call.today
    row = board.of_pupil(reading.connection, student_id, day)
    session = (
        sessions.get(reading.connection, row["session_id"])
        if row
        else _expected_in(reading.connection, student, day)
    )
    answer: dict[str, Any] = dict.fromkeys(_FIELDS)
    answer |= {"student_id": student_id, "date": day.isoformat(), "class_id": student["class_id"]}
    answer["status"] = "expected" if session else "none"
    if session:
        answer |= {name: session[name] for name in _OF_SESSION}
    if row:
        answer |= {name: row[name] for name in _OF_CHILD}
    if answer["receiver_id"]:
        vault = reading.vault.session(reading.connection)
        answer["receiver_name"] = vault.get(answer["receiver_id"], "name")
    return answer


_OF_SESSION = ("session_id", "service_kind", "starts_at", "ends_at", "responsible_id")
_OF_CHILD = ("status", "since", "receiver_id", "relation")
_FIELDS = (*_OF_SESSION, *_OF_CHILD, "receiver_name")


def _expected_in(
    connection: Connection, student: Mapping[str, Any], day: date
) -> Mapping[str, Any] | None:
    found = sessions.of_day(connection, student["school_id"], day, [student["class_id"]])
    theirs = (each for each in found if student["student_id"] in expected_in(connection, each))
    return next(theirs, None)
