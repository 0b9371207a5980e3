"""Audit's tables: the copy of every event, the rows of the views, and what the owners have."""

from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

from chassis.eventsourcing import tables

metadata = MetaData()
tables.declare_log(metadata)
tables.declare_checkpoints(metadata)
tables.declare_vault(metadata)

audit_events = Table(
    "audit_events",
    metadata,
    Column("service", String(32), primary_key=True),
    *tables.event_columns(),
)


def _row_columns() -> list[Column[Any]]:
    return [
        Column("view", String(32), primary_key=True),
        Column("partition", String(64), primary_key=True),
        Column("key", String(160), primary_key=True),
        Column("document", Text, nullable=False),
    ]


oversight_rows = Table("oversight_rows", metadata, *_row_columns())

oversight_shadow = Table(
    "oversight_shadow", metadata, Column("run", String(36), primary_key=True), *_row_columns()
)
"""Rows of a rebuild under way, beside the live ones."""

known_heads = Table(
    "known_heads",
    metadata,
    Column("service", String(32), primary_key=True),
    Column("partition", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
)
"""How far each owner was when it was last asked."""

asked = Table(
    "asked",
    metadata,
    Column("service", String(32), primary_key=True),
    Column("at", String(32), nullable=False),
)
"""When each owner was last asked."""
