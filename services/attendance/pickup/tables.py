"""Where an authorisation belongs: only what cannot be found by a stream's id."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, String, Table

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


class Authorised(NamedTuple):
    """Whose pick-up list an authorisation is on, and whom it lets fetch."""

    school_id: str
    student_id: str
    receiver_id: str


_AUTHORISED = Statement(
    "INSERT INTO authorisations (authorisation_id, school_id, student_id, receiver_id) "
    "VALUES (:authorisation_id, :school_id, :student_id, :receiver_id)"
)
_AUTHORISATION = Statement(
    "SELECT school_id, student_id, receiver_id FROM authorisations "
    "WHERE authorisation_id = :authorisation_id"
)


def project(connection: Connection, event: Event) -> None:
    """Remember where a new authorisation belongs."""
    _AUTHORISED.run(connection, school_id=event["partition"], **event["data"])


def authorisation(connection: Connection, authorisation_id: str) -> Authorised | None:
    """Return where an authorisation belongs, or None."""
    row = _AUTHORISATION.first(connection, authorisation_id=authorisation_id)
    return Authorised(**row) if row else None
