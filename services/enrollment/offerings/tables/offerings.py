"""Volunteers, venues, offerings and the content of their sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, String, Table, Text, select, update

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import rows_of, upsert
from services.enrollment.offerings.domain.slots import Slot
from services.enrollment.schema import metadata

volunteers = Table(
    "volunteers",
    metadata,
    Column("staff_id", String(64), primary_key=True),
    Column("term_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("since", String(32), nullable=False),
    Column("until", String(10)),
)

venues = Table(
    "venues",
    metadata,
    Column("venue_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("equipment", Text, nullable=False),
    Column("accountable_id", String(64), nullable=False),
)

offerings = Table(
    "offerings",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("term_id", String(64), nullable=False, index=True),
    Column("title", String(80), nullable=False),
    Column("service_kind", String(32), nullable=False),
    Column("content_kind", String(32), nullable=False),
    Column("subject", String(40)),
    Column("teacher_id", String(64), nullable=False),
    Column("venue_id", String(64), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("grades", Text, nullable=False),
    Column("weekdays", Text, nullable=False),
    Column("starts", String(5), nullable=False),
    Column("ends", String(5), nullable=False),
    Column("provider_of_record", String(64), nullable=False),
    Column("taught_by", String(64), nullable=False),
    Column("standing", String(16), nullable=False),
)

session_contents = Table(
    "session_contents",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("held_on", String(10), primary_key=True),
    Column("content_kind", String(32), nullable=False),
    Column("teacher_id", String(64), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("substituted", Integer, nullable=False),
)

_LISTS = ("grades", "weekdays")
_STANDINGS = {
    "OfferingReturned": "returned",
    "OfferingOpened": "open",
    "OfferingClosed": "closed",
}
_REVIEWED = {"SessionContentApproved": "approved", "SessionContentReturned": "returned"}


def project(connection: Connection, event: Event) -> None:
    """Update volunteers, venues and offerings by one event."""
    data = event["data"]
    match event["type"]:
        case "TeacherVolunteered":
            row = {**data, "school_id": event["partition"], "since": event["occurred_at"]}
            upsert(connection, volunteers, [{**row, "until": None}])
        case "TeacherWithdrew":
            connection.execute(
                update(volunteers)
                .where(
                    volunteers.c.staff_id == data["staff_id"],
                    volunteers.c.term_id == data["term_id"],
                )
                .values(until=data["effective_on"])
            )
        case "VenueRegistered":
            upsert(connection, venues, [{**data, "equipment": _json(data["equipment"])}])
        case "OfferingProposed":
            upsert(connection, offerings, [{**_flat(data), "standing": "proposed"}])
        case "OfferingAmended":
            _amend(connection, data)
        case "OfferingReturned" | "OfferingOpened" | "OfferingClosed" as name:
            _set(connection, data, standing=_STANDINGS[name])
        case _:
            _project_content(connection, event)


def _project_content(connection: Connection, event: Event) -> None:
    data = event["data"]
    match event["type"]:
        case "SessionContentSubmitted" | "SessionSubstituted":
            row = {name: data[name] for name in ("offering_id", "content_kind", "teacher_id")}
            row |= {"held_on": data["on"], "standing": "submitted"}
            substituted = int(event["type"] == "SessionSubstituted")
            upsert(connection, session_contents, [{**row, "substituted": substituted}])
        case "SessionContentApproved" | "SessionContentReturned" as name:
            connection.execute(
                update(session_contents)
                .where(
                    session_contents.c.offering_id == data["offering_id"],
                    session_contents.c.held_on == data["on"],
                )
                .values(standing=_REVIEWED[name])
            )


def _amend(connection: Connection, data: dict[str, Any]) -> None:
    found = offering(connection, data["offering_id"])
    values = {name: value for name, value in _flat(data).items() if name != "offering_id"}
    if found is not None and found["standing"] == "returned":
        values["standing"] = "proposed"
    _set(connection, data, **values)


def _set(connection: Connection, data: dict[str, Any], **values: Any) -> None:
    where = offerings.c.offering_id == data["offering_id"]
    connection.execute(update(offerings).where(where).values(**values))


def consents(connection: Connection, staff_id: str, term_id: str, today: date) -> bool:
    """Tell whether somebody's consent to serve in a term stands today."""
    query = select(volunteers).where(
        volunteers.c.staff_id == staff_id, volunteers.c.term_id == term_id
    )
    row = connection.execute(query).mappings().first()
    return row is not None and (row["until"] is None or row["until"] > today.isoformat())


def volunteers_of(connection: Connection, school_id: str, term_id: str) -> list[dict[str, Any]]:
    """Return who volunteered in a term."""
    query = select(volunteers).where(
        volunteers.c.school_id == school_id, volunteers.c.term_id == term_id
    )
    found = connection.execute(query.order_by(volunteers.c.since))
    return [dict(row) for row in found.mappings()]


def venue(connection: Connection, venue_id: str) -> dict[str, Any] | None:
    """Return a venue, or None."""
    query = select(venues).where(venues.c.venue_id == venue_id)
    row = connection.execute(query).mappings().first()
    return {**row, "equipment": msgspec.json.decode(row["equipment"])} if row else None


def venues_of(connection: Connection, school_id: str) -> list[dict[str, Any]]:
    """Return a school's venues by name."""
    query = select(venues).where(venues.c.school_id == school_id).order_by(venues.c.name)
    return [
        {**row, "equipment": msgspec.json.decode(row["equipment"])}
        for row in connection.execute(query).mappings()
    ]


def offering(connection: Connection, offering_id: str) -> dict[str, Any] | None:
    """Return an offering, or None."""
    query = select(offerings).where(offerings.c.offering_id == offering_id)
    row = connection.execute(query).mappings().first()
    return _parsed(row) if row else None


def by_id(connection: Connection, offering_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return offerings by id."""
    found = rows_of(connection, offerings, offerings.c.offering_id, offering_ids)
    return {row["offering_id"]: _parsed(row) for row in found}


def of_term(connection: Connection, term_id: str) -> list[dict[str, Any]]:
    """Return a term's offerings, in the order in which they were proposed."""
    query = select(offerings).where(offerings.c.term_id == term_id)
    found = connection.execute(query.order_by(offerings.c.offering_id))
    return [_parsed(row) for row in found.mappings()]


def slots(connection: Connection, term_id: str) -> list[Slot]:
    """Return when the offerings of a term run; closed and returned ones take nobody's time."""
    return [
        slot_of(row)
        for row in of_term(connection, term_id)
        if row["standing"] in ("proposed", "open")
    ]


def slot_of(row: dict[str, Any]) -> Slot:
    """Return when an offering runs."""
    return Slot(
        offering_id=row["offering_id"],
        title=row["title"],
        teacher_id=row["teacher_id"],
        venue_id=row["venue_id"],
        weekdays=tuple(row["weekdays"]),
        starts=row["starts"],
        ends=row["ends"],
    )


def contents_of(connection: Connection, offering_id: str) -> list[dict[str, Any]]:
    """Return the planned sessions of an offering by day."""
    query = select(session_contents).where(session_contents.c.offering_id == offering_id)
    found = connection.execute(query.order_by(session_contents.c.held_on))
    return [{**row, "substituted": bool(row["substituted"])} for row in found.mappings()]


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, **{name: _json(data[name]) for name in _LISTS}}


def _parsed(row: Any) -> dict[str, Any]:
    return {**row, **{name: msgspec.json.decode(row[name]) for name in _LISTS}}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
