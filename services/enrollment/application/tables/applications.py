"""Applications with their state, and each family's newest answer per term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from chassis.eventsourcing.envelope import Event
from services.enrollment.application.domain.commands import Listing
from services.enrollment.bulk import CHUNK, upsert
from services.enrollment.schema import metadata

applications = Table(
    "applications",
    metadata,
    Column("application_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("student_id", String(64), nullable=False),
    Column("term_id", String(64), nullable=False),
    Column("guardian_id", String(64), nullable=False),
    Column("service_kinds", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("submitted_at", String(32), nullable=False),
    Column("publicity_id", String(64), index=True),
    Column("agreement_version", String(40)),
    Column("signed_by", String(64)),
    Column("signed_at", String(32)),
    Column("letter_version", String(40)),
    Column("plan_version", Integer),
    Column("pupil_assents", Integer),
    Column("class_review", String(16)),
    Index("applications_of_term", "school_id", "term_id", "state"),
)

answers = Table(
    "answers",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("term_id", String(64), primary_key=True),
    Column("application_id", String(64)),
)
"""``application_id`` is null when the family declined and no application is open."""

_STATES = {
    "ApplicationAccepted": "accepted",
    "ApplicationRejected": "rejected",
    "ApplicationLapsed": "lapsed",
    "StudentWithdrawn": "withdrawn",
}
OPEN = ("submitted", "accepted", "published", "confirmed")


def project(connection: Connection, event: Event) -> None:
    """Update the applications by one event."""
    data = event["data"]
    match event["type"]:
        case "ApplicationSubmitted":
            kinds = msgspec.json.encode(data["service_kinds"]).decode()
            row = {**data, "service_kinds": kinds, "state": "submitted"}
            connection.execute(
                insert(applications).values({**row, "submitted_at": event["occurred_at"]})
            )
            _answer(connection, data, data["application_id"])
        case "ParticipationDeclined":
            _set(
                connection,
                applications.c.student_id == data["student_id"],
                applications.c.term_id == data["term_id"],
                applications.c.state.in_(OPEN),
                state="declined",
            )
            _answer(connection, data, None)
        case "AgreementSigned":
            version, who = data["agreement_version"], data["guardian_id"]
            signed = {"signed_by": who, "signed_at": event["occurred_at"]}
            _set(connection, _is(data), agreement_version=version, **signed)
        case "ResponsibilityLetterSigned":
            _set(connection, _is(data), letter_version=data["letter_version"])
        case "PupilAssentRecorded":
            _set(connection, _is(data), pupil_assents=int(data["assents"]))
        case "ApplicationReviewed":
            view = "recommended" if data["recommended"] else "advised_against"
            _set(connection, _is(data), class_review=view)
        case "StudentEnrolled":
            _set(connection, _is(data), state="enrolled", plan_version=data["plan_version"])
        case "AcceptedListPublished":
            _list(connection, data, "published")
        case "ListConfirmed":
            _list(connection, data, "confirmed")
        case name:
            _set(connection, _is(data), state=_STATES[name])


def _list(connection: Connection, data: dict[str, Any], state: str) -> None:
    ids = data["application_ids"]
    for start in range(0, len(ids), CHUNK):
        among = applications.c.application_id.in_(ids[start : start + CHUNK])
        _set(connection, among, state=state, publicity_id=data["publicity_id"])


def _is(data: dict[str, Any]) -> Any:
    return applications.c.application_id == data["application_id"]


def _set(connection: Connection, *where: Any, **values: Any) -> None:
    connection.execute(update(applications).where(*where).values(**values))


def _answer(connection: Connection, data: dict[str, Any], application_id: str | None) -> None:
    key = {name: data[name] for name in ("student_id", "term_id")}
    upsert(connection, answers, [{**key, "application_id": application_id}])


def application(connection: Connection, application_id: str) -> dict[str, Any] | None:
    """Return an application, or None."""
    query = select(applications).where(applications.c.application_id == application_id)
    row = connection.execute(query).mappings().first()
    return _parsed(row) if row else None


def answers_of(
    connection: Connection, student_ids: Sequence[str]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the newest answers by (pupil, term); a plain "no" has the state ``declined`` only."""
    query = (
        select(answers.c.student_id.label("who"), answers.c.term_id.label("when"), applications)
        .outerjoin(applications, answers.c.application_id == applications.c.application_id)
        .where(answers.c.student_id.in_(student_ids))
    )
    return {
        (row["who"], row["when"]): _parsed(row) if row["state"] else {"state": "declined"}
        for row in connection.execute(query).mappings()
    }


def listing(row: dict[str, Any]) -> Listing:
    """Return how far an application is on its way through publicity."""
    match row["state"]:
        case "published":
            return "published"
        case "confirmed" | "enrolled":
            return "confirmed"
        case _:
            return "none"


def ids_in_state(connection: Connection, school_id: str, term_id: str, state: str) -> list[str]:
    """Return the applications of a term in one state."""
    query = select(applications.c.application_id).where(
        applications.c.school_id == school_id,
        applications.c.term_id == term_id,
        applications.c.state == state,
    )
    found = connection.execute(query.order_by(applications.c.application_id))
    return [str(row.application_id) for row in found]


def students_in_state(connection: Connection, term_id: str, state: str) -> list[str]:
    """Return the pupils whose application of a term is in one state."""
    query = select(applications.c.student_id).where(
        applications.c.term_id == term_id, applications.c.state == state
    )
    return [str(row.student_id) for row in connection.execute(query.order_by("student_id"))]


def applied_at(connection: Connection, term_id: str, states: Sequence[str]) -> dict[str, str]:
    """Return when each pupil applied whose application of a term is in one of ``states``."""
    query = select(applications.c.student_id, applications.c.submitted_at).where(
        applications.c.term_id == term_id, applications.c.state.in_(states)
    )
    return {row.student_id: row.submitted_at for row in connection.execute(query)}


def sent_in(connection: Connection, school_id: str, term_id: str) -> list[dict[str, Any]]:
    """Return who applied for whom in a term and when, whatever became of it."""
    named = applications.c
    query = select(named.student_id, named.guardian_id, named.submitted_at).where(
        named.school_id == school_id, named.term_id == term_id
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def declined_in(connection: Connection, term_id: str) -> set[str]:
    """Return the pupils whose family's newest answer for a term is no."""
    query = select(answers.c.student_id).where(
        answers.c.term_id == term_id, answers.c.application_id.is_(None)
    )
    return {str(row.student_id) for row in connection.execute(query)}


def any_enrolled(connection: Connection, term_id: str) -> bool:
    """Tell whether anybody is enrolled in a term."""
    query = select(applications.c.student_id).where(
        applications.c.term_id == term_id, applications.c.state == "enrolled"
    )
    return connection.execute(query.limit(1)).first() is not None


def of_publicity(connection: Connection, publicity_id: str) -> list[dict[str, Any]]:
    """Return the applications that stand on a list."""
    query = select(applications).where(
        applications.c.publicity_id == publicity_id,
        applications.c.state.in_(("published", "confirmed", "enrolled", "withdrawn")),
    )
    found = connection.execute(query.order_by(applications.c.application_id))
    return [_parsed(row) for row in found.mappings()]


def of_school(
    connection: Connection,
    school_id: str,
    *,
    state: str | None,
    term_id: str | None,
    after: str | None,
    limit: int,
    student_ids: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Return up to ``limit`` applications, oldest first (ids sort by time).

    ``student_ids``: of these pupils only.
    """
    query = select(applications).where(applications.c.school_id == school_id)
    if student_ids is not None:
        query = query.where(applications.c.student_id.in_(student_ids))
    if state:
        query = query.where(applications.c.state == state)
    if term_id:
        query = query.where(applications.c.term_id == term_id)
    if after:
        query = query.where(applications.c.application_id > after)
    found = connection.execute(query.order_by(applications.c.application_id).limit(limit))
    return [_parsed(row) for row in found.mappings()]


def _parsed(row: RowMapping) -> dict[str, Any]:
    return {**row, "service_kinds": msgspec.json.decode(row["service_kinds"])}
