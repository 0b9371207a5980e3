"""The refunds that were requested. None is paid out yet, so that all of them are open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, String, Table, insert, select

from chassis.eventsourcing.envelope import Event
from services.fees.schema import metadata

refunds = Table(
    "refunds",
    metadata,
    Column("refund_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("student_id", String(64), nullable=False),
    Column("charge_id", String(64), nullable=False),
    Column("month", String(7), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("lapsed_fen", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("cause", String(32), nullable=False),
    Column("requested_at", String(32), nullable=False),
)
Index("refunds_of_student", refunds.c.student_id, refunds.c.refund_id)


def project(connection: Connection, event: Event) -> None:
    """Add a refund."""
    row = {**event["data"], "requested_at": event["occurred_at"]}
    connection.execute(insert(refunds), [row])


def of_student(
    connection: Connection, student_id: str, *, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Return up to ``limit`` refunds, newest first (ids sort by time), older than ``after``."""
    query = select(refunds).where(refunds.c.student_id == student_id)
    if after:
        query = query.where(refunds.c.refund_id < after)
    rows = connection.execute(query.order_by(refunds.c.refund_id.desc()).limit(limit))
    return [dict(row) for row in rows.mappings()]
