"""Audit's tables: the copy of every event, the rows of the views, and what the owners have."""

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

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


view_generations = Table(
    "view_generations",
    metadata,
    Column("view", String(32), primary_key=True),
    Column("live", Integer, nullable=False),
    Column("previous", Integer),
)
"""Which rows of a view readers see, and which a rollback would bring back."""


def _of_a_view() -> list[Column[Any]]:
    return [
        Column("view", String(32), primary_key=True),
        Column("generation", Integer, primary_key=True, autoincrement=False),
        Column("partition", String(64), primary_key=True),
    ]


view_rows = Table(
    "view_rows",
    metadata,
    *_of_a_view(),
    Column("key", String(160), primary_key=True),
    Column("document", Text, nullable=False),
)

view_positions = Table(
    "view_positions",
    metadata,
    *_of_a_view(),
    Column("seq", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)
"""What the rows stand for: the last event that the view heard, how many, and their digest."""

view_snapshots = Table(
    "view_snapshots",
    metadata,
    *_of_a_view(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("rows", LargeBinary, nullable=False),
)
"""The rows of a view as they were after an event, so that the past is near."""

rebuilds = Table(
    "rebuilds",
    metadata,
    Column("rebuild_id", String(36), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("views", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("swap", Integer, nullable=False),
    Column("jobs", Integer, nullable=False),
    Column("requested_by", String(64), nullable=False),
    Column("requested_at", String(32), nullable=False),
    Column("started_at", String(32)),
    Column("finished_at", String(32)),
    Column("report", Text),
)

rebuild_parts = Table(
    "rebuild_parts",
    metadata,
    Column("rebuild_id", String(36), primary_key=True),
    Column("service", String(32), primary_key=True),
    Column("partition", String(64), primary_key=True),
    Column("head", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failures", Text, nullable=False),
)
"""How far a rebuild is with each log; ``done`` when its rows stand for ``seq``."""

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

tree_tiles = Table(
    "tree_tiles",
    metadata,
    Column("service", String(32), primary_key=True),
    Column("partition", String(64), primary_key=True),
    Column("tile", Integer, primary_key=True, autoincrement=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
)
"""256 leaf hashes of a log's tree each, and the root over them."""

tree_heads = Table(
    "tree_heads",
    metadata,
    Column("partition", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("signature", String(88), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("signed_at", String(32), nullable=False),
)
"""What was signed of each school, one after the other."""

findings = Table(
    "findings",
    metadata,
    Column("service", String(32), primary_key=True),
    Column("partition", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("what", String(32), primary_key=True),
    Column("detail", Text, nullable=False),
    Column("found_at", String(32), nullable=False),
)
"""What the continuous checks found wrong; ``seq`` 0 where no single event is to blame."""

scrubbed = Table(
    "scrubbed",
    metadata,
    Column("service", String(32), primary_key=True),
    Column("partition", String(64), primary_key=True),
    Column("tile", Integer, nullable=False),
    Column("checked_at", String(32), nullable=False),
)
"""Where the continuous check of the copy goes on."""
