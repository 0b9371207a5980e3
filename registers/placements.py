"""The placements of pupils: each stay in the service, with its end and its suspensions.

A withdrawal stands beside the placement's own last day, and each suspension under the ``seq`` of
its event, so that hearing any of these events again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    RowMapping,
    String,
    Text,
    select,
)

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from chassis.feature import Projects
from contracts.enrollment.agreements import StudentEnrolled
from contracts.enrollment.placement import (
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentTransferredOut,
    StudentWithdrawn,
)
from registers.keeping import Register

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A stay as it stands, suspensions left aside; a withdrawal ends one the day before."""

    application_id: str
    student_id: str
    term_id: str
    service_kinds: tuple[str, ...]
    starts_on: date
    ends_on: date


_whole = FactTable(
    MetaData(),
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
Index("enrolments_of_school", _whole.table.c.school_id, _whole.table.c.ends_on)

_by_kind = FactTable(
    MetaData(),
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

_suspensions = FactTable(
    MetaData(),
    "suspensions",
    key=["application_id", "seq"],
    columns=[
        Column("application_id", String(64), primary_key=True),
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("from_on", String(10), nullable=False),
        Column("until_on", String(10)),
        Column("resumed_on", String(10)),
    ],
)
"""Days from ``from_on`` to ``until_on``, but none from ``resumed_on`` on."""

_WITHDRAWN = Statement(
    "UPDATE enrolments SET withdrawn_on = :day WHERE application_id = :application_id "
    "AND (withdrawn_on IS NULL OR withdrawn_on > :day)"
)
_TRANSFERRED = Statement(
    "UPDATE enrolments SET withdrawn_on = :day WHERE student_id = :student_id "
    "AND starts_on < :day AND (withdrawn_on IS NULL OR withdrawn_on > :day)"
)
_RESUMED = Statement(
    "UPDATE suspensions SET resumed_on = :day WHERE application_id = :application_id "
    "AND seq < :seq AND (resumed_on IS NULL OR resumed_on > :day)"
)
_TAKING_PART = Statement(
    "SELECT DISTINCT s.student_id FROM students s "
    "JOIN enrolments e ON e.student_id = s.student_id "
    "WHERE s.class_id = :class_id AND e.service_kind = :service_kind "
    "AND e.starts_on <= :day AND e.ends_on >= :day "
    "AND (e.withdrawn_on IS NULL OR e.withdrawn_on > :day) "
    "AND NOT EXISTS (SELECT 1 FROM suspensions p WHERE p.application_id = e.application_id "
    "AND p.from_on <= :day AND (p.until_on IS NULL OR p.until_on >= :day) "
    "AND (p.resumed_on IS NULL OR p.resumed_on > :day)) ORDER BY s.student_id"
)


def _enrol(connection: Connection, event: Event) -> None:
    kinds = msgspec.json.encode(event["data"]["service_kinds"]).decode()
    _whole.put(connection, {**event["data"], "service_kinds": kinds})


def _enrol_by_kind(connection: Connection, event: Event) -> None:
    for service_kind in event["data"]["service_kinds"]:
        _by_kind.put(connection, {**event["data"], "service_kind": service_kind})


def _withdraw(connection: Connection, event: Event) -> None:
    data = event["data"]
    _WITHDRAWN.run(connection, application_id=data["application_id"], day=data["effective_on"])


def _transfer(connection: Connection, event: Event) -> None:
    # What a pupil who leaves the school began there before that day ends with it.
    data = event["data"]
    _TRANSFERRED.run(connection, student_id=data["student_id"], day=data["effective_on"])


def _suspend(connection: Connection, event: Event) -> None:
    _suspensions.put(connection, {**event["data"], "seq": event["seq"]})


def _resume(connection: Connection, event: Event) -> None:
    # It ends the suspensions that were told before it.
    data = event["data"]
    _RESUMED.run(
        connection, application_id=data["application_id"], seq=event["seq"], day=data["on"]
    )


_AFTERWARDS: Projects = {
    StudentWithdrawn: [_withdraw],
    EnrolmentSuspended: [_suspend],
    EnrolmentResumed: [_resume],
    StudentTransferredOut: [_transfer],
}

PLACEMENTS = Register((_whole, _suspensions), {StudentEnrolled: [_enrol], **_AFTERWARDS})
BY_KIND = Register((_by_kind, _suspensions), {StudentEnrolled: [_enrol_by_kind], **_AFTERWARDS})
"""One row per kind of service; it stands beside a register of pupils with their classes."""


def between(connection: Connection, school_id: str, first: date, last: date) -> list[Placement]:
    """Return the ``PLACEMENTS`` of a school that may cover a day from ``first`` to ``last``.

    By pupil and first day. A withdrawal may have ended one before ``first``.
    """
    table = _whole.table
    query = select(table).where(
        table.c.school_id == school_id,
        table.c.ends_on >= first.isoformat(),
        table.c.starts_on <= last.isoformat(),
    )
    rows = connection.execute(query.order_by(table.c.student_id, table.c.starts_on))
    return [_placement(row) for row in rows.mappings()]


def of_student(connection: Connection, school_id: str, student_id: str) -> list[Placement]:
    """Return a pupil's ``PLACEMENTS`` at a school."""
    table = _whole.table
    query = select(table).where(table.c.school_id == school_id, table.c.student_id == student_id)
    return [_placement(row) for row in connection.execute(query).mappings()]


def suspended_days(
    connection: Connection, application_ids: Sequence[str]
) -> Mapping[str, Sequence[tuple[date, date]]]:
    """Return by application the suspensions as (first, last) day; ``date.max`` is no end."""
    table = _suspensions.table
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for start in range(0, len(application_ids), CHUNK):
        among = table.c.application_id.in_(application_ids[start : start + CHUNK])
        for row in connection.execute(select(table).where(among)).mappings():
            last = date.fromisoformat(row["until_on"]) if row["until_on"] else date.max
            if row["resumed_on"]:
                last = min(last, date.fromisoformat(row["resumed_on"]) - timedelta(days=1))
            found[row["application_id"]].append((date.fromisoformat(row["from_on"]), last))
    return found


def taking_part(connection: Connection, class_id: str, service_kind: str, day: date) -> list[str]:
    """Return the pupils of a class who take part in a service on ``day``, by id, of ``BY_KIND``.

    Not who is withdrawn by then, nor who is suspended on that day (P1-079).
    """
    rows = _TAKING_PART.all(
        connection, class_id=class_id, service_kind=service_kind, day=day.isoformat()
    )
    return [row["student_id"] for row in rows]


def _placement(row: RowMapping) -> Placement:
    ends_on = date.fromisoformat(row["ends_on"])
    if row["withdrawn_on"]:
        ends_on = min(ends_on, date.fromisoformat(row["withdrawn_on"]) - timedelta(days=1))
    return Placement(
        application_id=row["application_id"],
        student_id=row["student_id"],
        term_id=row["term_id"],
        service_kinds=tuple(msgspec.json.decode(row["service_kinds"])),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=ends_on,
    )
