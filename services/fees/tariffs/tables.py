"""The prices that schools have set."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Connection, Integer, String, Table, delete, insert, select

from chassis.eventsourcing.envelope import Event
from contracts.fees.tariffs import TariffSet
from services.fees.schema import metadata

tariffs = Table(
    "tariffs",
    metadata,
    Column("school_id", String(64), primary_key=True),
    Column("effective_from", String(10), primary_key=True),
    Column("amount_fen", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("unit", String(16), nullable=False),
    Column("status", String(16), nullable=False),
)


def project(connection: Connection, event: Event) -> None:
    """Remember a price; a later one for the same first day replaces it."""
    data = event["data"]
    connection.execute(
        delete(tariffs).where(
            tariffs.c.school_id == data["school_id"],
            tariffs.c.effective_from == data["effective_from"],
        )
    )
    connection.execute(insert(tariffs).values(data))


def in_force(connection: Connection, school_id: str, day: date) -> TariffSet | None:
    """Return the price that holds on ``day``, or None."""
    query = (
        select(tariffs)
        .where(tariffs.c.school_id == school_id, tariffs.c.effective_from <= day.isoformat())
        .order_by(tariffs.c.effective_from.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return TariffSet(**row) if row else None


def upcoming(connection: Connection, school_id: str, day: date) -> list[TariffSet]:
    """Return the prices that begin after ``day``, the next one first."""
    query = (
        select(tariffs)
        .where(tariffs.c.school_id == school_id, tariffs.c.effective_from > day.isoformat())
        .order_by(tariffs.c.effective_from)
    )
    return [TariffSet(**row) for row in connection.execute(query).mappings()]
