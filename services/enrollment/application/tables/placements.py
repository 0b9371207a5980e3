"""What became of each enrolment after the agreement: the day it ends, the days it is suspended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Connection, String, Table, func, select, update

from chassis.eventsourcing.envelope import Event
from services.enrollment.application.tables.applications import applications
from services.enrollment.bulk import rows_of, upsert
from services.enrollment.register.tables.people import students
from services.enrollment.register.tables.schools import terms
from services.enrollment.schema import metadata

placements = Table(
    "placements",
    metadata,
    Column("application_id", String(64), primary_key=True),
    Column("student_id", String(64), nullable=False, index=True),
    Column("term_id", String(64), nullable=False),
    Column("withdrawn_on", String(10)),
    Column("suspended_from", String(10)),
    Column("suspended_until", String(10)),
    Column("resumed_on", String(10)),
)
"""Only enrolments to which something happened. ``resumed_on`` is the first day back."""

_WHOSE = ("application_id", "student_id", "term_id")


def project(connection: Connection, event: Event) -> None:
    """Update the placements by one event."""
    data = event["data"]
    match event["type"]:
        case "StudentWithdrawn":
            _keep(connection, data, withdrawn_on=data["effective_on"])
        case "EnrolmentSuspended":
            days = {"suspended_from": data["from_on"], "suspended_until": data["until_on"]}
            _keep(connection, data, **days, resumed_on=None)
        case "EnrolmentResumed":
            _keep(connection, data, resumed_on=data["on"])


def project_transfer(connection: Connection, event: Event) -> None:
    """Take a pupil off the register from a day on; no enrolment lasts longer."""
    data = event["data"]
    connection.execute(
        update(students)
        .where(students.c.student_id == data["student_id"])
        .values(left_on=data["effective_on"])
    )
    connection.execute(
        update(placements)
        .where(
            placements.c.student_id == data["student_id"],
            placements.c.withdrawn_on > data["effective_on"],
        )
        .values(withdrawn_on=data["effective_on"])
    )


def _keep(connection: Connection, data: Mapping[str, Any], **days: str | None) -> None:
    upsert(connection, placements, [{**{name: data[name] for name in _WHOSE}, **days}])


def of_applications(
    connection: Connection, application_ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the placements among ``application_ids``."""
    found = rows_of(connection, placements, placements.c.application_id, application_ids)
    return {row["application_id"]: dict(row) for row in found}


def shown(row: Mapping[str, Any] | None, today: date) -> dict[str, str | None]:
    """Return the days as people read them; of a suspension that is over or cancelled, none."""
    withdrawn_on = row["withdrawn_on"] if row else None
    first, last = (row["suspended_from"], _last_day(row)) if row else (None, None)
    over = first is None or (last is not None and last < max(first, today.isoformat()))
    if over or withdrawn_on:
        first, last = None, None
    return {"withdrawn_on": withdrawn_on, "suspended_from": first, "suspended_until": last}


def _last_day(row: Mapping[str, Any]) -> str | None:
    until: str | None = row["suspended_until"]
    if row["resumed_on"] is None:
        return until
    before = (date.fromisoformat(row["resumed_on"]) - timedelta(days=1)).isoformat()
    return min(before, until or before)


def vacant_from(connection: Connection, student_id: str, term_id: str) -> str | None:
    """Return the day from which no earlier enrolment of a term holds the pupil's place."""
    query = select(func.max(placements.c.withdrawn_on)).where(
        placements.c.student_id == student_id, placements.c.term_id == term_id
    )
    found: str | None = connection.execute(query).scalar()
    return found


def last_withdrawals(
    connection: Connection, student_ids: Sequence[str]
) -> dict[tuple[str, str], str]:
    """Return by (pupil, term) the day on which the newest enrolment that was left ends."""
    newest: dict[tuple[str, str], str] = {}
    for row in rows_of(connection, placements, placements.c.student_id, student_ids):
        if row["withdrawn_on"]:
            key = (row["student_id"], row["term_id"])
            newest[key] = max(row["withdrawn_on"], newest.get(key, ""))
    return newest


def earlier_enrolments(
    connection: Connection, student_ids: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """Return (pupil, first day of the term, state, kinds as JSON) of enrolments, newest first."""
    query = (
        select(
            applications.c.student_id,
            terms.c.first_day,
            applications.c.state,
            applications.c.service_kinds,
        )
        .join(terms, terms.c.term_id == applications.c.term_id)
        .where(
            applications.c.student_id.in_(student_ids),
            applications.c.state.in_(("enrolled", "withdrawn")),
        )
        .order_by(terms.c.first_day.desc(), applications.c.application_id.desc())
    )
    return [
        (row.student_id, row.first_day, row.state, row.service_kinds)
        for row in connection.execute(query)
    ]
