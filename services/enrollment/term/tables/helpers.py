"""Pupils who help in a term, and as what."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, String, Table, delete, select

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import upsert
from services.enrollment.schema import metadata

pupil_helpers = Table(
    "pupil_helpers",
    metadata,
    Column("term_id", String(64), primary_key=True),
    Column("student_id", String(64), primary_key=True),
    Column("role", String(40), primary_key=True),
)


class Helper(NamedTuple):
    """A row of ``pupil_helpers``."""

    term_id: str
    student_id: str
    role: str


def project(connection: Connection, event: Event) -> None:
    """Update the helpers by one event."""
    data = event["data"]
    if event["type"] == "PupilHelperAppointed":
        upsert(connection, pupil_helpers, [data])
        return
    same = [pupil_helpers.c[name] == data[name] for name in ("term_id", "student_id", "role")]
    connection.execute(delete(pupil_helpers).where(*same))


def of_term(connection: Connection, term_id: str) -> list[Helper]:
    """Return a term's helpers."""
    query = select(pupil_helpers).where(pupil_helpers.c.term_id == term_id)
    found = connection.execute(query.order_by(pupil_helpers.c.role, pupil_helpers.c.student_id))
    return [Helper(*row) for row in found]
