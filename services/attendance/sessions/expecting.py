"""Who is expected in a session: enrolled for its service, and in an offering by place, placed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from registers.placements import taking_part
from services.attendance.sessions.tables import holders
from services.attendance.sessions.tables.sessions import Session


def expected_in(connection: Connection, session: Session) -> list[str]:
    """Return the pupils of the class who are expected in one of its sessions, by id."""
    day = date.fromisoformat(session.date)
    enrolled = taking_part(connection, session.class_id, session.service_kind, day)
    if session.offering_id is None:
        return enrolled
    placed = holders.of(connection, session.offering_id)
    return [student for student in enrolled if placed is None or student in placed]
