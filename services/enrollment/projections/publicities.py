"""The publicised lists of each school."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, insert, select, update

from chassis.eventsourcing.envelope import Event
from services.enrollment.schema import metadata

publicities = Table(
    "publicities",
    metadata,
    Column("publicity_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("term_id", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("published_on", String(10), nullable=False),
    Column("closes_on", String(10), nullable=False),
    Column("count", Integer, nullable=False),
)


def project(connection: Connection, event: Event) -> None:
    """Update the lists by one event."""
    data = event["data"]
    count = len(data["application_ids"])
    if event["type"] == "AcceptedListPublished":
        row = {name: data[name] for name in data if name != "application_ids"}
        connection.execute(
            insert(publicities).values({**row, "state": "published", "count": count})
        )
        return
    connection.execute(
        update(publicities)
        .where(publicities.c.publicity_id == data["publicity_id"])
        .values(state="confirmed", count=count)
    )


def publicity(connection: Connection, publicity_id: str) -> dict[str, Any] | None:
    """Return a list, or None."""
    query = select(publicities).where(publicities.c.publicity_id == publicity_id)
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def of_school(connection: Connection, school_id: str) -> list[dict[str, Any]]:
    """Return a school's lists, newest first."""
    query = select(publicities).where(publicities.c.school_id == school_id)
    found = connection.execute(query.order_by(publicities.c.publicity_id.desc()))
    return [dict(row) for row in found.mappings()]
