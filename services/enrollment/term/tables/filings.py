"""Each school's written rules, and the semester packs that were filed."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Integer, String, Table, Text, insert, select, update

from chassis.eventsourcing.envelope import Event
from services.enrollment.schema import metadata

rules = Table(
    "rules",
    metadata,
    Column("school_id", String(64), primary_key=True),
    Column("document", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text_sha256", String(64), nullable=False),
    Column("published_at", String(32), nullable=False),
)

filings = Table(
    "filings",
    metadata,
    Column("term_id", String(64), primary_key=True),
    Column("filing", Integer, primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("parts", Text, nullable=False),
    Column("pack_sha256", String(64), nullable=False),
    Column("filed_at", String(32), nullable=False),
    Column("acknowledged_at", String(32)),
)


class Rule(NamedTuple):
    """A row of ``rules``."""

    school_id: str
    document: str
    version: int
    text_sha256: str
    published_at: str


class Filing(NamedTuple):
    """What stands of a row of ``filings``: the filing's number, hash and acknowledgement."""

    filing: int
    pack_sha256: str
    acknowledged_at: str | None


def project(connection: Connection, event: Event) -> None:
    """Update rules and filings by one event."""
    data = event["data"]
    match event["type"]:
        case "RuleVersionPublished":
            row = {**data, "published_at": event["occurred_at"]}
            connection.execute(insert(rules).values(row))
        case "SemesterPackFiled":
            row = {
                **data,
                "school_id": event["partition"],
                "parts": msgspec.json.encode(data["parts"]).decode(),
                "filed_at": event["occurred_at"],
                "acknowledged_at": None,
            }
            connection.execute(insert(filings).values(row))
        case "SemesterPackAcknowledged":
            connection.execute(
                update(filings)
                .where(filings.c.term_id == data["term_id"], filings.c.filing == data["filing"])
                .values(acknowledged_at=event["occurred_at"])
            )


def library(connection: Connection, school_id: str) -> dict[str, Rule]:
    """Return the newest version of each written rule of a school."""
    query = select(rules).where(rules.c.school_id == school_id).order_by(rules.c.version)
    return {row.document: Rule(*row) for row in connection.execute(query)}


def newest(connection: Connection, term_id: str) -> Filing | None:
    """Return a term's newest filing, or None."""
    query = (
        select(filings.c.filing, filings.c.pack_sha256, filings.c.acknowledged_at)
        .where(filings.c.term_id == term_id)
        .order_by(filings.c.filing.desc())
    )
    row = connection.execute(query).first()
    return Filing(*row) if row else None
