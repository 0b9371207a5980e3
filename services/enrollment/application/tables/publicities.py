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


objections = Table(
    "objections",
    metadata,
    Column("objection_id", String(64), primary_key=True),
    Column("publicity_id", String(64), nullable=False, index=True),
    Column("account_id", String(64), nullable=False),
    Column("raised_at", String(32), nullable=False),
    Column("upheld", Integer),
)


def project_objection(connection: Connection, event: Event) -> None:
    """Update the objections by one event."""
    data = event["data"]
    if event["type"] == "ObjectionRaised":
        who = {"account_id": event["actor"]["account_id"], "raised_at": event["occurred_at"]}
        connection.execute(insert(objections).values({**data, **who}))
        return
    connection.execute(
        update(objections)
        .where(objections.c.objection_id == data["objection_id"])
        .values(upheld=int(data["upheld"]))
    )


def objections_to(connection: Connection, publicity_id: str) -> list[dict[str, Any]]:
    """Return the objections to a list, oldest first."""
    query = select(objections).where(objections.c.publicity_id == publicity_id)
    found = connection.execute(query.order_by(objections.c.objection_id))
    return [dict(row) for row in found.mappings()]


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
