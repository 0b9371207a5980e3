"""Declared years and days of each district, as the calendar's questions need them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Column, Connection, Integer, String, select

from chassis.eventsourcing.facts import FactTable
from services.attendance.calendar.domain.values import DeclaredDay
from services.attendance.schema import metadata

years = FactTable(
    metadata,
    "calendar_years",
    key=["district_id", "year"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("year", Integer, primary_key=True, autoincrement=False),
        Column("source", String(64), nullable=False),
    ],
)

days = FactTable(
    metadata,
    "calendar_days",
    key=["district_id", "date"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("date", String(10), primary_key=True),
        Column("kind", String(32), nullable=False),
        Column("name", String(64), nullable=False),
        Column("follows_weekday", Integer),
    ],
)


def declared_days(
    connection: Connection, district_id: str, first: date, last: date
) -> Mapping[date, DeclaredDay]:
    """Return the declared days between two days, both included."""
    columns = days.table.c
    rows = connection.execute(
        select(days.table).where(
            columns.district_id == district_id,
            columns.date.between(first.isoformat(), last.isoformat()),
        )
    )
    return {
        (day := date.fromisoformat(row.date)): DeclaredDay(
            date=day, kind=row.kind, name=row.name, follows_weekday=row.follows_weekday
        )
        for row in rows
    }


def declared_years(connection: Connection, district_id: str) -> set[int]:
    """Return the years that are declared as a whole."""
    query = select(years.table.c.year).where(years.table.c.district_id == district_id)
    return set(connection.execute(query).scalars())
