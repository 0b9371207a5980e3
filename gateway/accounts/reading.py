"""The record of who read children's data, when, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from chassis.clock import new_id
from gateway.accounts.tables import reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One reading; ``subject_kind`` says whether a child, a class or a whole school was read."""

    at: str
    account_id: str
    role: str
    operation: str
    subject_kind: str
    subject_id: str
    purpose: str
    request_id: str


def record(connection: Connection, read: Read) -> None:
    """Keep ``read``."""
    fields = {name: getattr(read, name) for name in Read.__slots__}
    connection.execute(insert(reads).values(read_id=new_id(), **fields))


def of_subject(
    connection: Connection, subject_id: str, *, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Return up to ``limit`` readings of a subject, newest first, older than ``after``."""
    query = select(reads).where(reads.c.subject_id == subject_id)
    if after:
        query = query.where(reads.c.read_id < after)
    rows = connection.execute(query.order_by(reads.c.read_id.desc()).limit(limit))
    return [dict(row) for row in rows.mappings()]
