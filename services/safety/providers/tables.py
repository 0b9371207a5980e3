"""The providers that each school has admitted, those that left among them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, Integer, String, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from services.safety.schema import metadata


class Row(NamedTuple):
    """A provider as the school last admitted it; ``leaves_on`` None: it was not removed."""

    school_id: str
    provider_id: str
    licence_valid_until: str
    agreed_price_fen: int | None
    admitted_at: str
    leaves_on: str | None


_providers = FactTable(
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


def project_admission(connection: Connection, event: Event) -> None:
    """Add a provider; a newer admission takes the place of the one before."""
    fresh = {"admitted_at": event["occurred_at"], "leaves_on": None}
    _providers.put(connection, {**event["data"], **fresh})


def project_removal(connection: Connection, event: Event) -> None:
    """Say from which day on a provider is gone."""
    data = event["data"]
    whose = {name: data[name] for name in ("school_id", "provider_id")}
    _REMOVED.run(connection, day=data["effective_on"], **whose)


def get(connection: Connection, school_id: str, provider_id: str) -> Row | None:
    """Return a school's provider, or None."""
    found = _providers.get(connection, school_id, provider_id)
    return Row(**found) if found else None


def of_school(connection: Connection, school_id: str) -> list[Row]:
    """Return a school's providers in the order of their last admission."""
    table = _providers.table
    query = select(table).where(table.c.school_id == school_id)
    rows = connection.execute(query.order_by(table.c.admitted_at, table.c.provider_id))
    return [Row(**row) for row in rows.mappings()]
