"""Facts that safety owns and enrollment needs: which outside bodies may teach at a school."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, String, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from services.enrollment.schema import metadata

providers = FactTable(
    metadata,
    "providers",
    key=["school_id", "provider_id"],
    columns=[
        Column("school_id", String(64), primary_key=True),
        Column("provider_id", String(64), primary_key=True),
        Column("licence_valid_until", String(10), nullable=False),
        Column("leaves_on", String(10)),
    ],
)

_REMOVED = Statement(
    "UPDATE providers SET leaves_on = :day "
    "WHERE school_id = :school_id AND provider_id = :provider_id"
)


def project(connection: Connection, event: Event) -> None:
    """Remember an admission or a removal; an admission ends a removal."""
    data = event["data"]
    match event["type"]:
        case "ProviderAdmitted":
            providers.put(connection, {**data, "leaves_on": None})
        case "ProviderRemoved":
            whose = {name: data[name] for name in ("school_id", "provider_id")}
            _REMOVED.run(connection, day=data["effective_on"], **whose)


def removed(connection: Connection, school_ids: Collection[str]) -> set[tuple[str, str]]:
    """Return (school, provider) of those that leave or have left these schools."""
    table = providers.table
    query = select(table.c.school_id, table.c.provider_id).where(
        table.c.school_id.in_(school_ids), table.c.leaves_on.is_not(None)
    )
    return {(row.school_id, row.provider_id) for row in connection.execute(query)}
