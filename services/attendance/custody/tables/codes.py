"""Whose a code is: only what cannot be found by a stream's id."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Column, Connection, Index, String, Table

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from services.attendance.schema import metadata

codes = Table(
    "pickup_codes",
    metadata,
    Column("school_id", String(64), primary_key=True),
    Column("date", String(10), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("code_id", String(64), nullable=False),
    Column("student_id", String(64), nullable=False),
    Column("receiver_id", String(64), nullable=False),
)
Index("pickup_codes_of_pupil", codes.c.student_id, codes.c.code_hash)


class Issued(NamedTuple):
    """A code of a day: for which pupil, and which adult."""

    code_id: str
    student_id: str
    receiver_id: str


_ISSUED = Statement(
    "INSERT INTO pickup_codes (school_id, date, code_hash, code_id, student_id, receiver_id) "
    "VALUES (:school_id, :date, :code_hash, :code_id, :student_id, :receiver_id)"
)
_CODE = Statement(
    "SELECT code_id, student_id, receiver_id FROM pickup_codes "
    "WHERE school_id = :school_id AND date = :date AND code_hash = :code_hash"
)
_SPENT = Statement(
    "SELECT code_id FROM pickup_codes "
    "WHERE student_id = :student_id AND code_hash = :code_hash AND date < :date LIMIT 1"
)


def project(connection: Connection, event: Event) -> None:
    """Remember whose a new code is."""
    _ISSUED.run(connection, school_id=event["partition"], **event["data"])


def code(connection: Connection, school_id: str, day: date, code_hash: str) -> Issued | None:
    """Return whose code this is on ``day``, or None."""
    row = _CODE.first(connection, school_id=school_id, date=day.isoformat(), code_hash=code_hash)
    return Issued(**row) if row else None


def spent(connection: Connection, student_id: str, code_hash: str, before: date) -> bool:
    """Whether this was a code of the pupil on an earlier day."""
    row = _SPENT.first(
        connection, student_id=student_id, code_hash=code_hash, date=before.isoformat()
    )
    return row is not None
