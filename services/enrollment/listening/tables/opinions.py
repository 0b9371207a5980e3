"""Opinions with their replies, and the improvements that answer them. Words are in the vault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, String, Table, func, insert, or_, select, update

from chassis.eventsourcing.envelope import Event
from services.enrollment.schema import metadata

opinions = Table(
    "opinions",
    metadata,
    Column("opinion_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("source", String(16), nullable=False),
    Column("guardian_id", String(64), index=True),
    Column("received_at", String(32), nullable=False),
    Column("answered_at", String(32)),
    Column("improvement_id", String(64), index=True),
)

improvements = Table(
    "improvements",
    metadata,
    Column("improvement_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("survey_id", String(64)),
    Column("published_at", String(32), nullable=False),
)


def project(connection: Connection, event: Event) -> None:
    """Update opinions and improvements by one event."""
    data, at = event["data"], event["occurred_at"]
    match event["type"]:
        case "OpinionReceived":
            connection.execute(insert(opinions).values({**data, "received_at": at}))
        case "OpinionAnswered":
            fresh: dict[str, Any] = {"answered_at": func.coalesce(opinions.c.answered_at, at)}
            if data["improvement_id"]:
                fresh["improvement_id"] = data["improvement_id"]
            _set(connection, [data["opinion_id"]], fresh)
        case "ImprovementPublished":
            row = {name: data[name] for name in ("improvement_id", "school_id", "survey_id")}
            connection.execute(insert(improvements).values({**row, "published_at": at}))
            link = {"improvement_id": data["improvement_id"]}
            _set(connection, data["opinion_ids"], link)


def opinion(connection: Connection, opinion_id: str) -> dict[str, Any] | None:
    """Return an opinion, or None."""
    query = select(opinions).where(opinions.c.opinion_id == opinion_id)
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def of_school(
    connection: Connection,
    school_id: str,
    *,
    guardian_id: str | None,
    state: str | None,
    after: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Return up to ``limit`` opinions, oldest first; of one guardian, where given."""
    query = select(opinions).where(opinions.c.school_id == school_id)
    waits = or_(opinions.c.answered_at.is_(None), opinions.c.improvement_id.is_(None))
    if state:
        query = query.where(waits if state == "open" else ~waits)
    if guardian_id:
        query = query.where(opinions.c.guardian_id == guardian_id)
    if after:
        query = query.where(opinions.c.opinion_id > after)
    found = connection.execute(query.order_by(opinions.c.opinion_id).limit(limit))
    return [dict(row) for row in found.mappings()]


def reply_subject(opinion_id: str) -> str:
    """Return the vault's subject of a reply: whose opinion is erased may still get one."""
    return f"reply-{opinion_id}"


def written_by(connection: Connection, guardian_id: str) -> list[str]:
    """Return the vault's subjects of a guardian's opinions and the replies to them."""
    query = select(opinions.c.opinion_id).where(opinions.c.guardian_id == guardian_id)
    found = [str(row.opinion_id) for row in connection.execute(query)]
    return [*found, *map(reply_subject, found)]


def improvement(connection: Connection, improvement_id: str) -> dict[str, Any] | None:
    """Return an improvement with how many opinions it answers, or None."""
    query = select(improvements).where(improvements.c.improvement_id == improvement_id)
    row = connection.execute(query).mappings().first()
    return _counted(connection, [dict(row)])[0] if row else None


def improvements_of(connection: Connection, school_id: str) -> list[dict[str, Any]]:
    """Return a school's improvements, newest first."""
    query = select(improvements).where(improvements.c.school_id == school_id)
    found = connection.execute(query.order_by(improvements.c.improvement_id.desc()))
    return _counted(connection, [dict(row) for row in found.mappings()])


def _counted(connection: Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    query = (
        select(opinions.c.improvement_id, func.count())
        .where(opinions.c.improvement_id.in_([row["improvement_id"] for row in rows]))
        .group_by(opinions.c.improvement_id)
    )
    counts = {str(row[0]): int(row[1]) for row in connection.execute(query)}
    return [{**row, "opinions": counts.get(row["improvement_id"], 0)} for row in rows]


def _set(connection: Connection, opinion_ids: Sequence[str], values: dict[str, Any]) -> None:
    if opinion_ids:
        among = opinions.c.opinion_id.in_(opinion_ids)
        connection.execute(update(opinions).where(among).values(values))
