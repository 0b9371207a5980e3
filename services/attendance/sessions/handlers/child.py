"""Where a child is today, for its own guardian, teacher and school."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Reading
from contracts.attendance import handover as said
from registers.pupils import Pupil
from services.attendance import scope
from services.attendance.custody.tables import board
from services.attendance.sessions.expecting import expected_in
from services.attendance.sessions.tables import sessions
from services.attendance.sessions.tables.sessions import Session


def child_today(reading: Reading, request: said.AskAboutChild) -> said.ChildToday:
    pupil = scope.student(reading.connection, request.student_id, reading.call)
    day = reading.call.today
    child = board.of_pupil(reading.connection, pupil.student_id, day)
    session = (
        sessions.get(reading.connection, child.session_id)
        if child
        else _expected_in(reading.connection, pupil, day)
    )
    receiver_name = None
    if child and child.receiver_id:
        vault = reading.vault.session(reading.connection)
        receiver_name = vault.get(child.receiver_id, "name")
    return said.ChildToday(
        student_id=pupil.student_id,
        date=day.isoformat(),
        status=child.status if child else "expected" if session else "none",
        since=child.since if child else None,
        class_id=pupil.class_id,
        session_id=session.session_id if session else None,
        service_kind=session.service_kind if session else None,
        starts_at=session.starts_at if session else None,
        ends_at=session.ends_at if session else None,
        responsible_id=session.responsible_id if session else None,
        receiver_id=child.receiver_id if child else None,
        receiver_name=receiver_name,
        relation=child.relation if child else None,
    )


def _expected_in(connection: Connection, pupil: Pupil, day: date) -> Session | None:
    found = sessions.of_day(connection, pupil.school_id, day, [pupil.class_id])
    theirs = (each for each in found if pupil.student_id in expected_in(connection, each))
    return next(theirs, None)
