"""The breaches that were reported of each school."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Boolean, Column, Connection, String, Table, insert, select

from chassis.eventsourcing.envelope import Event
from chassis.kernel.call import CHINA
from services.safety.schema import metadata


class Row(NamedTuple):
    """A report as it came, without its text."""

    breach_id: str
    school_id: str
    kind: str
    source_role: str
    anonymous: bool
    occurred_on: str | None
    reported_on: str


breaches = Table(
    "breaches",
    metadata,
    Column("breach_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("source_role", String(32), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("occurred_on", String(10)),
    Column("reported_on", String(10), nullable=False),
)


def project(connection: Connection, event: Event) -> None:
    """Add a report."""
    reported = datetime.fromisoformat(event["recorded_at"]).astimezone(CHINA).date()
    row = {**event["data"], "reported_on": reported.isoformat()}
    connection.execute(insert(breaches).values(row))


def of_school(
    connection: Connection, school_id: str, *, after: str | None, limit: int
) -> list[Row]:
    """Return up to ``limit`` reports, newest first (ids sort by time), older than ``after``."""
    query = select(breaches).where(breaches.c.school_id == school_id)
    if after:
        query = query.where(breaches.c.breach_id < after)
    rows = connection.execute(query.order_by(breaches.c.breach_id.desc()).limit(limit))
    return [Row(**row) for row in rows.mappings()]
