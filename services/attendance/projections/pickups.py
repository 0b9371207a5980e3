"""Where an authorisation and a code belong: only what cannot be found by a stream's id."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Index, String, Table

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.statement import Statement
from services.attendance.schema import metadata

authorisations = Table(
    "authorisations",
    metadata,
    Column("authorisation_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("student_id", String(64), nullable=False),
    Column("receiver_id", String(64), nullable=False),
)

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


_AUTHORISED = Statement(
    "INSERT INTO authorisations (authorisation_id, school_id, student_id, receiver_id) "
    "VALUES (:authorisation_id, :school_id, :student_id, :receiver_id)"
)
_ISSUED = Statement(
    "INSERT INTO pickup_codes (school_id, date, code_hash, code_id, student_id, receiver_id) "
    "VALUES (:school_id, :date, :code_hash, :code_id, :student_id, :receiver_id)"
)
_AUTHORISATION = Statement(
    "SELECT * FROM authorisations WHERE authorisation_id = :authorisation_id"
)
_CODE = Statement(
    "SELECT * FROM pickup_codes "
    "WHERE school_id = :school_id AND date = :date AND code_hash = :code_hash"
)
_SPENT = Statement(
    "SELECT code_id FROM pickup_codes "
    "WHERE student_id = :student_id AND code_hash = :code_hash AND date < :date LIMIT 1"
)


def project(connection: Connection, event: Event) -> None:
    """Remember where a new authorisation or code belongs."""
    insert = _AUTHORISED if event["type"] == "PickupAuthorised" else _ISSUED
    insert.run(connection, school_id=event["partition"], **event["data"])


def authorisation(connection: Connection, authorisation_id: str) -> dict[str, Any] | None:
    """Return where an authorisation belongs, or None."""
    return _AUTHORISATION.first(connection, authorisation_id=authorisation_id)


def code(
    connection: Connection, school_id: str, day: date, code_hash: str
) -> dict[str, Any] | None:
    """Return whose code this is on ``day``, or None."""
    return _CODE.first(connection, school_id=school_id, date=day.isoformat(), code_hash=code_hash)


def spent(connection: Connection, student_id: str, code_hash: str, before: date) -> bool:
    """Whether this was a code of the pupil on an earlier day."""
    row = _SPENT.first(
        connection, student_id=student_id, code_hash=code_hash, date=before.isoformat()
    )
    return row is not None
