"""Facts that enrollment owns and fees needs: schools, pupils, enrolments, guardians."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import Column, Connection, Index, RowMapping, String, Text, delete, select

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from services.fees.domain.months import attends, first_day, last_day
from services.fees.projections.placements import suspended_days
from services.fees.schema import metadata

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

students = FactTable(
    metadata,
    "students",
    key=["student_id"],
    columns=[
        Column("student_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
    ],
)

guardianships = FactTable(
    metadata,
    "guardianships",
    key=["guardian_id", "student_id"],
    columns=[
        Column("guardian_id", String(64), primary_key=True),
        Column("student_id", String(64), primary_key=True),
    ],
)

enrolments = FactTable(
    metadata,
    "enrolments",
    key=["application_id"],
    columns=[
        Column("application_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
        Column("student_id", String(64), nullable=False),
        Column("term_id", String(64), nullable=False),
        Column("service_kinds", Text, nullable=False),
        Column("starts_on", String(10), nullable=False),
        Column("ends_on", String(10), nullable=False),
        Column("withdrawn_on", String(10)),
    ],
)
Index("enrolments_of_school", enrolments.table.c.school_id, enrolments.table.c.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A pupil's stay in the service."""

    student_id: str
    term_id: str
    service_kinds: tuple[str, ...]
    starts_on: date
    ends_on: date


def project_enrolment(connection: Connection, event: Event) -> None:
    """Remember an enrolment."""
    kinds = msgspec.json.encode(event["data"]["service_kinds"]).decode()
    enrolments.put(connection, {**event["data"], "service_kinds": kinds})


def enrolled_in(connection: Connection, school_id: str, month: str) -> list[Enrolment]:
    """Return the enrolments of a school that cover at least one day of ``month``.

    A withdrawal ends one the day before; a day of a suspension is not covered.
    """
    table = enrolments.table
    rows = connection.execute(
        select(table)
        .where(
            table.c.school_id == school_id,
            table.c.ends_on >= first_day(month).isoformat(),
            table.c.starts_on <= last_day(month).isoformat(),
        )
        .order_by(table.c.student_id, table.c.starts_on)
    )
    found = {row["application_id"]: _enrolment(row) for row in rows.mappings()}
    away = suspended_days(connection, list(found))
    return [
        enrolment
        for application_id, enrolment in found.items()
        if attends(month, enrolment.starts_on, enrolment.ends_on, away=away.get(application_id, ()))
    ]


def enrolments_of(connection: Connection, school_id: str, student_id: str) -> list[Enrolment]:
    """Return a pupil's enrolments at a school as they stand, suspensions left aside."""
    table = enrolments.table
    query = select(table).where(table.c.school_id == school_id, table.c.student_id == student_id)
    return [_enrolment(row) for row in connection.execute(query).mappings()]


def _enrolment(row: RowMapping) -> Enrolment:
    ends_on = date.fromisoformat(row["ends_on"])
    if row["withdrawn_on"]:
        ends_on = min(ends_on, date.fromisoformat(row["withdrawn_on"]) - timedelta(days=1))
    return Enrolment(
        student_id=row["student_id"],
        term_id=row["term_id"],
        service_kinds=tuple(msgspec.json.decode(row["service_kinds"])),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=ends_on,
    )


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
