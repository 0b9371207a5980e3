"""Who is expected in a session: enrolled for its service, and in an offering by place, placed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.attendance.projections import facts, holders


def expected_in(connection: Connection, session: Mapping[str, Any]) -> list[str]:
    """Return the pupils of the class who are expected in one of its sessions, by id."""
    day = date.fromisoformat(session["date"])
    enrolled = facts.enrolled(connection, session["class_id"], session["service_kind"], day)
    if session["offering_id"] is None:
        return enrolled
    placed = holders.of(connection, session["offering_id"])
    return [student for student in enrolled if placed is None or student in placed]
