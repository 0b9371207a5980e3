"""Districts, and the policy version in force in each."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from chassis.eventsourcing.envelope import Event
from services.enrollment.schema import metadata

districts = Table(
    "districts",
    metadata,
    Column("district_id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("profile", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("effective_from", String(10), nullable=False),
    Column("parameters", Text, nullable=False),
    Column("unset", Text, nullable=False),
    Column("set_by_bureau", Text, nullable=False),
)


class Followed(NamedTuple):
    """A district's name, and the profile that it follows."""

    district_id: str
    name: str
    profile: str


def project(connection: Connection, event: Event) -> None:
    """Update the districts by one event."""
    data = event["data"]
    if event["type"] == "DistrictRegistered":
        blank = {"version": 0, "effective_from": "", "parameters": "{}", "unset": "[]"}
        connection.execute(insert(districts).values({**data, **blank, "set_by_bureau": "[]"}))
        return
    before = district(connection, data["district_id"])
    changed = set(data["changed"]) if data["version"] > 1 else set()
    connection.execute(
        update(districts)
        .where(districts.c.district_id == data["district_id"])
        .values(
            version=data["version"],
            effective_from=data["effective_from"],
            parameters=_json(data["parameters"]),
            unset=_json(data["unset"]),
            set_by_bureau=_json(sorted(changed | set(before["set_by_bureau"] if before else ()))),
        )
    )


def district(connection: Connection, district_id: str) -> dict[str, Any] | None:
    """Return a district with its policy in force, or None."""
    query = select(districts).where(districts.c.district_id == district_id)
    row = connection.execute(query).mappings().first()
    return _parsed(row) if row else None


def version_of(connection: Connection, district_id: str) -> tuple[str, int] | None:
    """Return (profile, version in force) of a district, or None."""
    query = select(districts.c.profile, districts.c.version).where(
        districts.c.district_id == district_id
    )
    row = connection.execute(query).first()
    return (row.profile, row.version) if row else None


def every_district(connection: Connection, only: str | None = None) -> list[Followed]:
    """Return id, name and profile of all districts, or of one."""
    query = select(districts.c.district_id, districts.c.name, districts.c.profile)
    if only:
        query = query.where(districts.c.district_id == only)
    return [Followed(*row) for row in connection.execute(query.order_by(districts.c.name))]


def _parsed(row: RowMapping) -> dict[str, Any]:
    texts = ("parameters", "unset", "set_by_bureau")
    return {**row, **{name: msgspec.json.decode(row[name]) for name in texts}}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
