"""Notices of each school, and who has opened them. Their words are in the vault."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, func, insert, select

from chassis.eventsourcing.envelope import Event
from services.enrollment.register.tables.people import guardianships, students
from services.enrollment.register.tables.schools import staff
from services.enrollment.schema import metadata

notices = Table(
    "notices",
    metadata,
    Column("notice_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("term_id", String(64), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("published_at", String(32), nullable=False),
    Column("recipients", Integer, nullable=False),
)

notice_reads = Table(
    "notice_reads",
    metadata,
    Column("notice_id", String(64), primary_key=True),
    Column("reader_id", String(64), primary_key=True),
    Column("read_at", String(32), nullable=False),
)


def project(connection: Connection, event: Event) -> None:
    """Add a notice, or that somebody opened it."""
    data, at = event["data"], event["occurred_at"]
    if event["type"] == "NoticePublished":
        connection.execute(insert(notices).values({**data, "published_at": at}))
        return
    row = {"notice_id": data["notice_id"], "reader_id": data["reader_id"], "read_at": at}
    connection.execute(insert(notice_reads).values(row))


def notice(connection: Connection, notice_id: str) -> dict[str, Any] | None:
    """Return a notice, or None."""
    query = select(notices).where(notices.c.notice_id == notice_id)
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def of_school(
    connection: Connection,
    school_id: str,
    *,
    audiences: Collection[str],
    term_id: str | None,
    after: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Return up to ``limit`` notices to some audiences, newest first (ids sort by time)."""
    query = select(notices).where(
        notices.c.school_id == school_id, notices.c.audience.in_(audiences)
    )
    if term_id:
        query = query.where(notices.c.term_id == term_id)
    if after:
        query = query.where(notices.c.notice_id < after)
    found = connection.execute(query.order_by(notices.c.notice_id.desc()).limit(limit))
    return [dict(row) for row in found.mappings()]


def published(connection: Connection, term_id: str, kinds: Collection[str]) -> list[dict[str, Any]]:
    """Return a term's notices of some kinds, oldest first, with how many have read each."""
    query = select(notices).where(notices.c.term_id == term_id, notices.c.kind.in_(kinds))
    found = connection.execute(query.order_by(notices.c.notice_id)).mappings()
    rows = [dict(row) for row in found]
    counts = readers(connection, rows)
    return [{**row, "readers": counts[row["notice_id"]]} for row in rows]


def read_by(connection: Connection, reader_id: str, notice_ids: Sequence[str]) -> set[str]:
    """Return which of some notices a person has opened."""
    query = select(notice_reads.c.notice_id).where(
        notice_reads.c.reader_id == reader_id, notice_reads.c.notice_id.in_(notice_ids)
    )
    return {str(row.notice_id) for row in connection.execute(query)}


def readers(connection: Connection, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return how many have opened each notice: of pupils, those for whom a guardian did."""
    ids = [row["notice_id"] for row in rows]
    plain = select(notice_reads.c.notice_id, func.count()).group_by(notice_reads.c.notice_id)
    counts = dict(_counted(connection, plain.where(notice_reads.c.notice_id.in_(ids))))
    for_pupils = [row["notice_id"] for row in rows if row["audience"] == "pupils"]
    joined = (
        select(notice_reads.c.notice_id, func.count(guardianships.c.student_id.distinct()))
        .join(guardianships, guardianships.c.guardian_id == notice_reads.c.reader_id)
        .join(notices, notices.c.notice_id == notice_reads.c.notice_id)
        .where(
            notice_reads.c.notice_id.in_(for_pupils),
            guardianships.c.school_id == notices.c.school_id,
        )
        .group_by(notice_reads.c.notice_id)
    )
    if for_pupils:
        counts.update(_counted(connection, joined))
    return {notice_id: counts.get(notice_id, 0) for notice_id in ids}


def recipients(connection: Connection, school_id: str, audience: str) -> int:
    """Return how many of an audience are on a school's register."""
    match audience:
        case "guardians":
            counted = func.count(guardianships.c.guardian_id.distinct())
            query = select(counted).where(guardianships.c.school_id == school_id)
        case "pupils":
            query = select(func.count()).where(students.c.school_id == school_id)
        case _:
            query = select(func.count()).where(staff.c.school_id == school_id)
    return int(connection.execute(query).scalar_one())


def _counted(connection: Connection, query: Any) -> list[tuple[str, int]]:
    return [(str(row[0]), int(row[1])) for row in connection.execute(query)]
