"""The waivers of each school's pupils."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, String, Table, insert, select

from chassis.eventsourcing.envelope import Event
from contracts.fees.waivers import Waiver
from services.fees.charges.domain.amounts import WaiverTerms
from services.fees.schema import metadata

waivers = Table(
    "waivers",
    metadata,
    Column("waiver_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("student_id", String(64), nullable=False, index=True),
    Column("category", String(32), nullable=False),
    Column("ratio_bp", Integer, nullable=False),
    Column("from_month", String(7), nullable=False),
    Column("to_month", String(7)),
)


def project(connection: Connection, event: Event) -> None:
    """Remember a waiver."""
    connection.execute(insert(waivers).values(event["data"]))


def in_month(connection: Connection, school_id: str, month: str) -> dict[str, WaiverTerms]:
    """Return the waivers that hold in ``month``, by pupil."""
    query = select(waivers).where(waivers.c.school_id == school_id, waivers.c.from_month <= month)
    return {
        row["student_id"]: WaiverTerms(
            row["category"], row["ratio_bp"], row["from_month"], row["to_month"]
        )
        for row in connection.execute(query).mappings()
        if row["to_month"] is None or row["to_month"] >= month
    }


def find(connection: Connection, student_id: str, from_month: str) -> Waiver:
    """Return the pupil's waiver that begins in ``from_month``; there is at most one."""
    query = select(waivers).where(
        waivers.c.student_id == student_id, waivers.c.from_month == from_month
    )
    return Waiver(**connection.execute(query).mappings().one())


def of_school(
    connection: Connection, school_id: str, *, after: str | None, limit: int
) -> list[Waiver]:
    """Return up to ``limit`` waivers, newest first (ids sort by time), older than ``after``."""
    query = select(waivers).where(waivers.c.school_id == school_id)
    if after:
        query = query.where(waivers.c.waiver_id < after)
    rows = connection.execute(query.order_by(waivers.c.waiver_id.desc()).limit(limit))
    return [Waiver(**row) for row in rows.mappings()]
