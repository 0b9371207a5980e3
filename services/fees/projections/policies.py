"""The policy versions of each district, and what they say about money on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, RowMapping, String, Text, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from services.fees.domain.errors import PolicyNotYet
from services.fees.domain.pricing import CappedByPlan, FixedByPlan, Pricing
from services.fees.schema import metadata

versions = FactTable(
    metadata,
    "policy_versions",
    key=["district_id", "version"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("profile", String(64), nullable=False),
        Column("effective_from", String(10), nullable=False),
        Column("parameters", Text, nullable=False),
    ],
)


def project(connection: Connection, event: Event) -> None:
    """Remember a version."""
    parameters = msgspec.json.encode(event["data"]["parameters"]).decode()
    versions.put(connection, {**event["data"], "parameters": parameters})


def in_force(connection: Connection, district_id: str, day: date) -> RowMapping | None:
    """Return the newest version that has begun by ``day``."""
    table = versions.table
    query = (
        select(table)
        .where(table.c.district_id == district_id, table.c.effective_from <= day.isoformat())
        .order_by(table.c.version.desc())
        .limit(1)
    )
    return connection.execute(query).mappings().first()


def parameters(
    connection: Connection, district_id: str, *, day: date, today: date
) -> Mapping[str, Any]:
    """Return the parameters in force on ``day``; what was blank then, as it is set today.

    Nothing could be charged under a blank, so the value that fills it holds for the past too.

    Raises:
        PolicyNotYet: the district's policy has not arrived.
    """
    found = [in_force(connection, district_id, when) for when in (today, day)]
    if not any(found):
        raise PolicyNotYet()
    merged: dict[str, Any] = {}
    for version in found:
        merged.update(msgspec.json.decode(version["parameters"]) if version else {})
    return merged


def pricing(values: Mapping[str, Any], stage: str) -> Pricing:
    """Return how the policy prices a month for pupils of ``stage``."""
    if "tariff_fen" in values:
        return FixedByPlan(values["tariff_fen"])
    cap = f"fee_cap_{stage}_fen"
    return CappedByPlan(cap, values.get(cap))
