"""The providers that each school has admitted, those that left among them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Integer, String, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from services.safety.schema import metadata

providers = FactTable(
    metadata,
    "providers",
    key=["school_id", "provider_id"],
    columns=[
        Column("school_id", String(64), primary_key=True),
        Column("provider_id", String(64), primary_key=True),
        Column("licence_valid_until", String(10), nullable=False),
        Column("agreed_price_fen", Integer),
        Column("admitted_at", String(32), nullable=False),
        Column("leaves_on", String(10)),
    ],
)

_REMOVED = Statement(
    "UPDATE providers SET leaves_on = :day "
    "WHERE school_id = :school_id AND provider_id = :provider_id"
)


def project(connection: Connection, event: Event) -> None:
    """Update the list by one event."""
    data = event["data"]
    match event["type"]:
        case "ProviderAdmitted":
            admission = {**data, "admitted_at": event["occurred_at"], "leaves_on": None}
            providers.put(connection, admission)
        case "ProviderRemoved":
            whose = {name: data[name] for name in ("school_id", "provider_id")}
            _REMOVED.run(connection, day=data["effective_on"], **whose)


def of_school(connection: Connection, school_id: str) -> list[dict[str, Any]]:
    """Return a school's providers in the order of their last admission."""
    table = providers.table
    query = select(table).where(table.c.school_id == school_id)
    rows = connection.execute(query.order_by(table.c.admitted_at, table.c.provider_id))
    return [dict(row) for row in rows.mappings()]
