"""Priorities, choices, allocations and each offering's places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text, delete, func, select

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import CHUNK, upsert
from services.enrollment.schema import metadata

priorities = Table(
    "priorities",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("category", String(40), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
)

choices = Table(
    "choices",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("term_id", String(64), primary_key=True, index=True),
    Column("offering_ids", Text, nullable=False),
    Column("chosen_at", String(32), nullable=False),
)

allocations = Table(
    "allocations",
    metadata,
    Column("allocation_id", String(64), primary_key=True),
    Column("term_id", String(64), nullable=False, index=True),
    Column("seed", String(80), nullable=False),
    Column("rule", String(16), nullable=False),
    Column("input_sha256", String(64), nullable=False),
    Column("pupils", Integer, nullable=False),
    Column("placed", Integer, nullable=False),
    Column("allocated_at", String(32), nullable=False),
)

allocation_results = Table(
    "allocation_results",
    metadata,
    Column("allocation_id", String(64), primary_key=True),
    Column("student_id", String(64), primary_key=True, index=True),
    Column("turn", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("offering_id", String(64)),
    Column("choice", Integer),
    Column("full_before", Text, nullable=False),
)
"""Written by the allocation itself, in its transaction: why each pupil got what."""

places = Table(
    "places",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("student_id", String(64), primary_key=True, index=True),
    Column("standing", String(16), nullable=False),
    Column("position", Integer, nullable=False),
    Column("until", String(40)),
    Index("places_until", "standing", "until"),
)
"""``standing``: held, waiting or offered; those who wait, in the order of ``position``."""

capacities = Table(
    "capacities",
    metadata,
    Column("offering_id", String(64), primary_key=True),
    Column("capacity", Integer, nullable=False),
)

_SPACING = 100_000


def project(connection: Connection, event: Event) -> None:
    """Update priorities, choices and places by one event."""
    data = event["data"]
    match event["type"]:
        case "PriorityGranted":
            upsert(connection, priorities, [{**data, "school_id": event["partition"]}])
        case "OfferingsChosen":
            ids = msgspec.json.encode(data["offering_ids"]).decode()
            row = {**data, "offering_ids": ids, "chosen_at": event["occurred_at"]}
            upsert(connection, choices, [row])
        case "PlacesAllocated":
            upsert(connection, allocations, [{**data, "allocated_at": event["occurred_at"]}])
        case "PlacesFilled":
            _fill(connection, event)
        case "CapacityChanged":
            upsert(connection, capacities, [data])
        case "PlaceTaken":
            _place(connection, event, "held")
        case "PupilWaitlisted":
            _place(connection, event, "waiting")
        case "PlaceOffered":
            _place(connection, event, "offered", until=data["until"])
        case "PlaceExpired" | "PlaceGivenUp":
            connection.execute(
                delete(places).where(
                    places.c.offering_id == data["offering_id"],
                    places.c.student_id == data["student_id"],
                )
            )


def _fill(connection: Connection, event: Event) -> None:
    data = event["data"]
    row = {"offering_id": data["offering_id"], "capacity": data["capacity"]}
    upsert(connection, capacities, [row])
    # Who waits already keeps the place in the line.
    query = select(places.c.student_id).where(
        places.c.offering_id == data["offering_id"], places.c.standing == "waiting"
    )
    in_line = {found.student_id for found in connection.execute(query)}
    joining = [who for who in data["waiting_ids"] if who not in in_line]
    lists = (("held", data["student_ids"]), ("waiting", joining))
    rows = [
        {
            "offering_id": data["offering_id"],
            "student_id": who,
            "standing": standing,
            "position": event["seq"] * _SPACING + number,
            "until": None,
        }
        for standing, pupils in lists
        for number, who in enumerate(pupils)
    ]
    upsert(connection, places, rows)


def _place(connection: Connection, event: Event, standing: str, until: str | None = None) -> None:
    data = event["data"]
    row = {
        "offering_id": data["offering_id"],
        "student_id": data["student_id"],
        "standing": standing,
        "position": event["seq"] * _SPACING,
        "until": until,
    }
    upsert(connection, places, [row])


def categories_of(connection: Connection, student_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the categories of priority of those pupils who have any."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(student_ids), CHUNK):
        among = priorities.c.student_id.in_(student_ids[start : start + CHUNK])
        query = select(priorities).where(among).order_by(priorities.c.category)
        for row in connection.execute(query).mappings():
            found.setdefault(row["student_id"], []).append(row["category"])
    return found


def choices_of(connection: Connection, student_id: str, term_id: str) -> list[str]:
    """Return a pupil's choices in a term, best first."""
    query = select(choices.c.offering_ids).where(
        choices.c.student_id == student_id, choices.c.term_id == term_id
    )
    found = connection.execute(query).scalar()
    return list(msgspec.json.decode(found)) if found else []


def choices_in(connection: Connection, term_id: str) -> dict[str, tuple[str, list[str]]]:
    """Return (when chosen, choices) of every pupil in a term."""
    query = select(choices).where(choices.c.term_id == term_id)
    return {
        row["student_id"]: (row["chosen_at"], msgspec.json.decode(row["offering_ids"]))
        for row in connection.execute(query).mappings()
    }


def keep_results(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep why each pupil got what."""
    upsert(
        connection,
        allocation_results,
        [{**row, "full_before": msgspec.json.encode(row["full_before"]).decode()} for row in rows],
    )


def allocation_of(connection: Connection, term_id: str) -> dict[str, Any] | None:
    """Return a term's newest allocation, or None."""
    query = select(allocations).where(allocations.c.term_id == term_id)
    row = connection.execute(query.order_by(allocations.c.allocation_id.desc())).mappings().first()
    return dict(row) if row else None


def result_of(connection: Connection, term_id: str, student_id: str) -> dict[str, Any] | None:
    """Return what the newest allocation that a pupil took part in gave and why, or None."""
    query = (
        select(allocation_results, allocations.c.pupils, allocations.c.rule)
        .join(allocations, allocations.c.allocation_id == allocation_results.c.allocation_id)
        .where(allocations.c.term_id == term_id, allocation_results.c.student_id == student_id)
        .order_by(allocations.c.allocation_id.desc())
    )
    row = connection.execute(query.limit(1)).mappings().first()
    return {**row, "full_before": msgspec.json.decode(row["full_before"])} if row else None


def places_of_student(connection: Connection, student_id: str) -> list[dict[str, Any]]:
    """Return where a pupil holds a place, waits or has an offer."""
    query = select(places).where(places.c.student_id == student_id)
    return [dict(row) for row in connection.execute(query).mappings()]


def places_of(connection: Connection, offering_id: str) -> list[dict[str, Any]]:
    """Return who holds a place of an offering, who has an offer and who waits, in order."""
    query = select(places).where(places.c.offering_id == offering_id)
    found = connection.execute(query.order_by(places.c.standing, places.c.position))
    return [dict(row) for row in found.mappings()]


def holders(connection: Connection, offering_ids: Sequence[str]) -> set[str]:
    """Return the pupils who hold a place, or have an offer, of any of these offerings."""
    query = select(places.c.student_id).where(
        places.c.offering_id.in_(offering_ids), places.c.standing != "waiting"
    )
    return {row.student_id for row in connection.execute(query)}


def held(connection: Connection, offering_ids: Sequence[str]) -> set[str]:
    """Return the pupils who hold a place of any of these offerings."""
    query = select(places.c.student_id).where(
        places.c.offering_id.in_(offering_ids), places.c.standing == "held"
    )
    return {row.student_id for row in connection.execute(query)}


def counts(connection: Connection, offering_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return, by offering, how many hold, wait and have an offer."""
    query = (
        select(places.c.offering_id, places.c.standing, func.count().label("n"))
        .where(places.c.offering_id.in_(offering_ids))
        .group_by(places.c.offering_id, places.c.standing)
    )
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.offering_id, {})[row.standing] = row.n
    return found


def capacity_of(connection: Connection, offering_ids: Sequence[str]) -> dict[str, int]:
    """Return the number of places where an allocation or the office has set it since."""
    query = select(capacities).where(capacities.c.offering_id.in_(offering_ids))
    return {row.offering_id: row.capacity for row in connection.execute(query)}


def ahead_of(connection: Connection, row: dict[str, Any]) -> int:
    """Return how many wait before somebody."""
    query = (
        select(func.count())
        .select_from(places)
        .where(
            places.c.offering_id == row["offering_id"],
            places.c.standing == "waiting",
            places.c.position < row["position"],
        )
    )
    return int(connection.execute(query).scalar() or 0)


def offers_over(connection: Connection, now: str) -> list[str]:
    """Return the offerings with an offer that has run out."""
    query = select(places.c.offering_id).where(places.c.standing == "offered", places.c.until < now)
    return sorted({row.offering_id for row in connection.execute(query)})
