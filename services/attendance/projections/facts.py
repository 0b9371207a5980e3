"""Facts that enrollment owns and attendance needs: who is where, under which policy and term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, String, Text, delete

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from services.attendance.schema import metadata

schools = FactTable(
    metadata,
    "schools",
    key=["school_id"],
    columns=[
        Column("school_id", String(64), primary_key=True),
        Column("district_id", String(64), nullable=False),
        Column("stage", String(16), nullable=False),
    ],
)

policies = FactTable(
    metadata,
    "policies",
    key=["district_id", "version"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("profile", String(64), nullable=False),
        Column("effective_from", String(10), nullable=False),
        Column("parameters", Text, nullable=False),
    ],
)

terms = FactTable(
    metadata,
    "terms",
    key=["term_id"],
    columns=[
        Column("term_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False, index=True),
        Column("first_day", String(10), nullable=False),
        Column("last_day", String(10), nullable=False),
    ],
)

classes = FactTable(
    metadata,
    "classes",
    key=["class_id"],
    columns=[
        Column("class_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
        Column("grade", Integer),
    ],
)

staff = FactTable(
    metadata,
    "staff",
    key=["staff_id"],
    columns=[
        Column("staff_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
    ],
)

students = FactTable(
    metadata,
    "students",
    key=["student_id"],
    columns=[
        Column("student_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
        Column("class_id", String(64), nullable=False, index=True),
    ],
)

guardianships = FactTable(
    metadata,
    "guardianships",
    key=["student_id", "guardian_id"],
    columns=[
        Column("student_id", String(64), primary_key=True),
        Column("guardian_id", String(64), primary_key=True),
    ],
)

enrolments = FactTable(
    metadata,
    "enrolments",
    key=["application_id", "service_kind"],
    columns=[
        Column("application_id", String(64), primary_key=True),
        Column("service_kind", String(32), primary_key=True),
        Column("student_id", String(64), nullable=False, index=True),
        Column("starts_on", String(10), nullable=False),
        Column("ends_on", String(10), nullable=False),
        Column("withdrawn_on", String(10)),
    ],
)

_MOVED = Statement("UPDATE students SET class_id = :class_id WHERE student_id = :student_id")
_POLICIES = Statement(
    "SELECT version, effective_from, parameters FROM policies "
    "WHERE district_id = :district_id ORDER BY version DESC"
)
_POLICY_VERSION = Statement(
    "SELECT profile, version FROM policies WHERE district_id IN "
    "(:partition, (SELECT district_id FROM schools WHERE school_id = :partition)) "
    "AND effective_from <= :day ORDER BY version DESC LIMIT 1"
)
_TERMS = Statement("SELECT first_day, last_day FROM terms WHERE school_id = :school_id")
_ENROLLED = Statement(
    "SELECT DISTINCT s.student_id FROM students s "
    "JOIN enrolments e ON e.student_id = s.student_id "
    "WHERE s.class_id = :class_id AND e.service_kind = :service_kind "
    "AND e.starts_on <= :day AND e.ends_on >= :day "
    "AND (e.withdrawn_on IS NULL OR e.withdrawn_on > :day) "
    "AND NOT EXISTS (SELECT 1 FROM suspensions p WHERE p.application_id = e.application_id "
    "AND p.from_on <= :day AND (p.until_on IS NULL OR p.until_on >= :day) "
    "AND (p.resumed_on IS NULL OR p.resumed_on > :day)) ORDER BY s.student_id"
)
_GUARDIANS = Statement("SELECT guardian_id FROM guardianships WHERE student_id = :student_id")


def project_policy(connection: Connection, event: Event) -> None:
    """Keep every version of a district's policy, with all its parameters."""
    parameters = msgspec.json.encode(event["data"]["parameters"]).decode()
    policies.put(connection, {**event["data"], "parameters": parameters})


def project_enrolment(connection: Connection, event: Event) -> None:
    """Keep one row per kind of service that the pupil is enrolled for."""
    for service_kind in event["data"]["service_kinds"]:
        enrolments.put(connection, {**event["data"], "service_kind": service_kind})


def project_move(connection: Connection, event: Event) -> None:
    """Put a pupil into another class."""
    _MOVED.run(connection, **event["data"])


def policies_of(connection: Connection, district_id: str) -> list[dict[str, Any]]:
    """Return the policy versions of a district, newest first."""
    rows = _POLICIES.all(connection, district_id=district_id)
    return [{**row, "parameters": msgspec.json.decode(row["parameters"])} for row in rows]


def in_force(versions: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    """Return the parameters that hold on ``day``: of the newest version that has begun by then."""
    begun = (row for row in versions if row["effective_from"] <= day.isoformat())
    newest = next(begun, None)
    return newest["parameters"] if newest else None


def policy_version(connection: Connection, partition: str, day: date) -> tuple[str, int] | None:
    """Return (profile, version) in force on ``day`` for a school's or a district's partition."""
    row = _POLICY_VERSION.first(connection, partition=partition, day=day.isoformat())
    return (row["profile"], row["version"]) if row else None


def terms_of(connection: Connection, school_id: str) -> list[tuple[str, str]]:
    """Return (first day, last day) of the school's terms."""
    rows = _TERMS.all(connection, school_id=school_id)
    return [(row["first_day"], row["last_day"]) for row in rows]


def enrolled(connection: Connection, class_id: str, service_kind: str, day: date) -> list[str]:
    """Return the pupils of a class who take part in a service on ``day``, by id.

    Not who is withdrawn by then, nor who is suspended on that day (P1-079).
    """
    rows = _ENROLLED.all(
        connection, class_id=class_id, service_kind=service_kind, day=day.isoformat()
    )
    return [row["student_id"] for row in rows]


def guardians_of(connection: Connection, student_id: str) -> set[str]:
    """Return the pupil's guardians."""
    return {row["guardian_id"] for row in _GUARDIANS.all(connection, student_id=student_id)}


def project_block(connection: Connection, event: Event) -> None:
    """Forget that a blocked guardian is one; remember it again when the block is lifted."""
    data = event["data"]
    if event["type"] == "GuardianUnblocked":
        guardianships.put(connection, data)
        return
    table = guardianships.table
    connection.execute(
        delete(table).where(
            table.c.student_id == data["student_id"], table.c.guardian_id == data["guardian_id"]
        )
    )
