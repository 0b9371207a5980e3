"""Pupils on the register, their classes and their guardians. Ids only; names are in the vault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import rows_of, upsert
from services.enrollment.schema import metadata

students = Table(
    "students",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("class_id", String(64), nullable=False, index=True),
    Column("left_on", String(10)),
)
"""``left_on``: from then on another school's pupil, on no list of this one."""

guardianships = Table(
    "guardianships",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("guardian_id", String(64), primary_key=True, index=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("relation", String(16), nullable=False),
    Column("blocked", Integer, nullable=False, server_default="0"),
)
"""``blocked``: kept from the pupil by the school; the relation itself stays on the register."""

EVENTS = ("StudentRegistered", "StudentMoved", "GuardianLinked")


def project(connection: Connection, event: Event) -> None:
    """Update the register by one event."""
    project_many(connection, [event])


def project_many(connection: Connection, events: Sequence[Event]) -> None:
    """Update the register by the events of one transaction, a statement per type."""
    by_type: dict[str, list[dict[str, Any]]] = {name: [] for name in EVENTS}
    for event in events:
        if event["type"] in by_type:
            by_type[event["type"]].append({**event["data"], "school_id": event["partition"]})
    columns = ("student_id", "school_id", "class_id")
    upsert(
        connection,
        students,
        [
            {**{name: data[name] for name in columns}, "left_on": None}
            for data in by_type["StudentRegistered"]
        ],
    )
    upsert(connection, guardianships, by_type["GuardianLinked"])
    upsert(
        connection,
        students,
        [{name: data[name] for name in columns} for data in by_type["StudentMoved"]],
    )


def project_block(connection: Connection, event: Event) -> None:
    """Keep a guardian from a pupil, or no longer."""
    data = event["data"]
    connection.execute(
        update(guardianships)
        .where(
            guardianships.c.student_id == data["student_id"],
            guardianships.c.guardian_id == data["guardian_id"],
        )
        .values(blocked=int(event["type"] == "GuardianBlocked"))
    )


def contacts_of(connection: Connection, student_ids: Sequence[str]) -> dict[str, int]:
    """Return how many guardians of each pupil are on record as contacts."""
    found: dict[str, int] = {}
    for row in rows_of(connection, guardianships, guardianships.c.student_id, student_ids):
        found[row["student_id"]] = found.get(row["student_id"], 0) + (not row["blocked"])
    return found


def student(connection: Connection, student_id: str) -> dict[str, Any] | None:
    """Return a pupil, or None."""
    query = select(students).where(students.c.student_id == student_id)
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def students_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the pupils among ``ids``."""
    found = rows_of(connection, students, students.c.student_id, ids)
    return {row["student_id"]: dict(row) for row in found}


def students_of(
    connection: Connection,
    school_id: str,
    *,
    class_ids: Sequence[str] | None,
    after: str | None,
    limit: int,
    today: date,
) -> list[dict[str, Any]]:
    """Return up to ``limit`` pupils of a school, or of some classes, in the order of their ids."""
    query = select(students).where(students.c.school_id == school_id, _there(today))
    if class_ids is not None:
        query = query.where(students.c.class_id.in_(class_ids))
    if after:
        query = query.where(students.c.student_id > after)
    found = connection.execute(query.order_by(students.c.student_id).limit(limit))
    return [dict(row) for row in found.mappings()]


def _there(today: date) -> ColumnElement[bool]:
    return or_(students.c.left_on.is_(None), students.c.left_on > today.isoformat())


def class_sizes(connection: Connection, school_id: str, today: date) -> dict[str, int]:
    """Return the number of pupils of each class."""
    query = (
        select(students.c.class_id, func.count())
        .where(students.c.school_id == school_id, _there(today))
        .group_by(students.c.class_id)
    )
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}


def children_of(connection: Connection, guardian_id: str) -> list[str]:
    """Return the pupils that a guardian answers for."""
    query = select(guardianships.c.student_id).where(
        guardianships.c.guardian_id == guardian_id, guardianships.c.blocked == 0
    )
    return [str(row.student_id) for row in connection.execute(query)]


def guardians_of(connection: Connection, student_id: str) -> list[dict[str, Any]]:
    """Return a pupil's guardians and their relations."""
    query = select(guardianships).where(guardianships.c.student_id == student_id)
    return [dict(row) for row in connection.execute(query).mappings()]


def is_guardian(connection: Connection, guardian_id: str | None, student_id: str) -> bool:
    """Tell whether somebody is a guardian of a pupil."""
    query = select(guardianships.c.relation).where(
        guardianships.c.student_id == student_id,
        guardianships.c.guardian_id == guardian_id,
        guardianships.c.blocked == 0,
    )
    return connection.execute(query).first() is not None
