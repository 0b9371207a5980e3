"""What became of every row of every imported roster. Line numbers and codes, no personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Integer, String, Table, Text, insert, select, update

from chassis.eventsourcing.envelope import Event
from contracts.enrollment.imports import Row
from services.enrollment.register.roster.lines import Kind
from services.enrollment.schema import metadata

imports = Table(
    "imports",
    metadata,
    Column("import_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("file_kind", String(32), nullable=False),
    Column("created", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("rows", Text, nullable=False),
)

_rows = msgspec.json.Decoder(tuple[Row, ...]).decode


class Import(NamedTuple):
    """A row of ``imports``."""

    import_id: str
    school_id: str
    file_kind: Kind
    created: int
    updated: int
    unchanged: int
    refused: int
    skipped: int
    rows: tuple[Row, ...]


def project(connection: Connection, event: Event) -> None:
    """Add an import; its rows follow by ``keep_rows``."""
    row = {**event["data"], "school_id": event["partition"], "rows": "[]"}
    connection.execute(insert(imports).values(row))


def keep_rows(connection: Connection, import_id: str, rows: Sequence[dict[str, Any]]) -> None:
    """Keep the verdicts of an import, in its own transaction: too many for an event."""
    connection.execute(
        update(imports)
        .where(imports.c.import_id == import_id)
        .values(rows=msgspec.json.encode(rows).decode())
    )


def found(connection: Connection, import_id: str) -> Import | None:
    """Return an import with its rows, or None."""
    query = select(imports).where(imports.c.import_id == import_id)
    row = connection.execute(query).mappings().first()
    return Import(**{**row, "rows": _rows(row["rows"])}) if row else None
