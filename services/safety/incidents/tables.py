"""The incident register of each school."""

from __future__ import annotations

import msgspec
from sqlalchemy import Column, Connection, String, Table, Text, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from contracts.safety.incidents import Incident
from services.safety.schema import metadata

incidents = Table(
    "incidents",
    metadata,
    Column("incident_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("severity", String(16), nullable=False),
    Column("category", String(32), nullable=False),
    Column("occurred_at", String(32), nullable=False),
    Column("student_ids", Text, nullable=False),
    Column("guardian_notified_at", String(32)),
)

_REPORTED = Statement(
    "INSERT INTO incidents (incident_id, school_id, severity, category, occurred_at, student_ids, "
    "guardian_notified_at) VALUES (:incident_id, :school_id, :severity, :category, :occurred_at, "
    ":student_ids, :guardian_notified_at)"
)
_NOTIFIED = Statement(
    "UPDATE incidents SET guardian_notified_at = :notified_at WHERE incident_id = :incident_id"
)
_SCHOOL = Statement("SELECT school_id FROM incidents WHERE incident_id = :incident_id")


def project_report(connection: Connection, event: Event) -> None:
    """Add an incident."""
    students = msgspec.json.encode(event["data"]["student_ids"]).decode()
    _REPORTED.run(connection, **{**event["data"], "student_ids": students})


def project_notice(connection: Connection, event: Event) -> None:
    """Say when the guardians were told."""
    _NOTIFIED.run(connection, **event["data"])


def school_of(connection: Connection, incident_id: str) -> str | None:
    """Return the school of an incident, or None."""
    found = _SCHOOL.first(connection, incident_id=incident_id)
    return found["school_id"] if found else None


def of_school(
    connection: Connection, school_id: str, *, after: str | None, limit: int
) -> tuple[Incident, ...]:
    """Return up to ``limit`` incidents, newest first (ids sort by time), older than ``after``."""
    query = select(incidents).where(incidents.c.school_id == school_id)
    if after:
        query = query.where(incidents.c.incident_id < after)
    rows = connection.execute(query.order_by(incidents.c.incident_id.desc()).limit(limit))
    return tuple(
        Incident(**{**row, "student_ids": tuple(msgspec.json.decode(row["student_ids"]))})
        for row in rows.mappings()
    )
