"""What each school has found."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, String, select

from chassis.eventsourcing.facts import FactTable
from services.safety.schema import metadata

found_things = FactTable(
    metadata,
    "found_things",
    key=["thing_id"],
    columns=[
        Column("thing_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False, index=True),
        Column("kind", String(32), nullable=False),
        Column("found_on", String(10), nullable=False),
    ],
)


class Found(NamedTuple):
    thing_id: str
    school_id: str
    kind: str
    found_on: str


def of_school(connection: Connection, school_id: str) -> list[Found]:
    """Return what a school has found, newest first."""
    table = found_things.table
    query = select(table).where(table.c.school_id == school_id)
    rows = connection.execute(query.order_by(table.c.found_on.desc(), table.c.thing_id))
    return [Found(*row) for row in rows]
