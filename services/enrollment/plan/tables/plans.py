"""The school-term plans: where each stands, what is on record for it, how its reviews went."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    select,
    update,
)

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import upsert
from services.enrollment.schema import metadata

plans = Table(
    "plans",
    metadata,
    Column("term_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("standing", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("in_force", Integer),
    Column("started_on", String(10)),
)

plan_entries = Table(
    "plan_entries",
    metadata,
    Column("term_id", String(64), primary_key=True),
    Column("proof", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""``proof`` as the checklist names it, ``duty:<duty>`` for a duty; ``value`` is JSON."""

plan_reviews = Table(
    "plan_reviews",
    metadata,
    Column("term_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("submitted_at", String(32), nullable=False),
    Column("decided_at", String(32)),
    Column("outcome", String(16)),
    Column("items", Text, nullable=False),
    Column("documents", Text, nullable=False),
)

_STANDINGS = {
    "PreparationBegun": "preparation",
    "ServicePlanSubmitted": "submitted",
    "ServicePlanReturned": "returned",
    "ServicePlanRevised": "preparation",
    "ServicePlanClosed": "closed",
}


class Review(NamedTuple):
    """A row of ``plan_reviews``."""

    term_id: str
    version: int
    school_id: str
    submitted_at: str
    decided_at: str | None
    outcome: str | None
    items: list[str]
    documents: dict[str, object]


def project(connection: Connection, event: Event) -> None:
    """Update the plans by one event."""
    data = event["data"]
    match event["type"]:
        case "ServicePlanDrafted":
            row = {**data, "standing": "survey", "version": 1, "in_force": None}
            upsert(connection, plans, [{**row, "started_on": None}])
        case "PreparationBegun" | "ServicePlanClosed" as name:
            _set(connection, data, standing=_STANDINGS[name])
        case "ServicePlanRevised":
            _set(connection, data, standing="preparation", version=data["version"])
        case "ServicePlanSubmitted":
            _set(connection, data, standing="submitted", version=data["version"])
            _submitted(connection, event)
        case "ServicePlanReturned":
            _set(connection, data, standing="returned")
            _decided(connection, event, "returned", data["items"])
        case "ServicePlanApproved":
            found = plan(connection, data["term_id"])
            started = found is not None and found["started_on"]
            standing = "running" if started else "approved"
            _set(connection, data, standing=standing, in_force=data["version"])
            _decided(connection, event, "approved", [])
        case "ServiceStarted":
            _set(connection, data, standing="running", started_on=event["occurred_at"][:10])
        case _:
            _enter(connection, event)


def _enter(connection: Connection, event: Event) -> None:
    data = event["data"]
    value: Any
    match event["type"]:
        case "LeadingGroupEstablished":
            proof = "body:leading_group"
            value = {"head_id": data["head_id"], "member_ids": data["member_ids"]}
        case "ManagementTeamSet":
            proof, value = "body:management_team", data["posts"]
        case "DutyAssigned":
            proof, value = f"duty:{data['duty']}", data["staff_id"]
        case "StageActivityRecorded":
            proof = f"activity:{data['kind']}"
            value = {"held_on": data["held_on"], "record_id": data["record_id"]}
        case "PlanDeclarationMade":
            proof, value = f"declaration:{data['declaration']}", True
        case "ServiceDisclosed":
            proof, value = "disclosure", data["disclosure"]
        case "OmissionExplained":
            proof, value = f"explained:{data['item']}", True
        case _:
            return
    row = {"term_id": data["term_id"], "proof": proof, "value": _json(value)}
    upsert(connection, plan_entries, [{**row, "at": event["occurred_at"]}])


def _submitted(connection: Connection, event: Event) -> None:
    data = event["data"]
    key = (plan_reviews.c.term_id == data["term_id"], plan_reviews.c.version == data["version"])
    connection.execute(delete(plan_reviews).where(*key))
    row = {
        "term_id": data["term_id"],
        "version": data["version"],
        "school_id": event["partition"],
        "submitted_at": event["occurred_at"],
        "decided_at": None,
        "outcome": None,
        "items": "[]",
        "documents": _json(data["documents"]),
    }
    upsert(connection, plan_reviews, [row])


def _decided(connection: Connection, event: Event, outcome: str, items: list[str]) -> None:
    data = event["data"]
    connection.execute(
        update(plan_reviews)
        .where(plan_reviews.c.term_id == data["term_id"], plan_reviews.c.version == data["version"])
        .values(outcome=outcome, decided_at=event["occurred_at"], items=_json(items))
    )


def _set(connection: Connection, data: dict[str, Any], **values: Any) -> None:
    connection.execute(update(plans).where(plans.c.term_id == data["term_id"]).values(**values))


def plan(connection: Connection, term_id: str) -> dict[str, Any] | None:
    """Return where a term's plan stands, or None before it is begun."""
    row = connection.execute(select(plans).where(plans.c.term_id == term_id)).mappings().first()
    return dict(row) if row else None


def in_force(connection: Connection, term_id: str) -> int | None:
    """Return the approved version of a term's plan, or None."""
    found = plan(connection, term_id)
    return found["in_force"] if found else None


def entries(connection: Connection, term_id: str) -> dict[str, Any]:
    """Return what is on record for a term, by proof."""
    query = select(plan_entries).where(plan_entries.c.term_id == term_id)
    return {
        row["proof"]: msgspec.json.decode(row["value"])
        for row in connection.execute(query).mappings()
    }


def reviews(connection: Connection, term_id: str) -> list[Review]:
    """Return the reviews of a term's plan, newest first."""
    query = select(plan_reviews).where(plan_reviews.c.term_id == term_id)
    found = connection.execute(query.order_by(plan_reviews.c.version.desc()))
    return [_review(row) for row in found.mappings()]


def waiting(connection: Connection, school_ids: list[str]) -> list[Review]:
    """Return the reviews that nobody has decided, the oldest first."""
    query = select(plan_reviews).where(
        plan_reviews.c.school_id.in_(school_ids), plan_reviews.c.outcome.is_(None)
    )
    found = connection.execute(query.order_by(plan_reviews.c.submitted_at))
    return [_review(row) for row in found.mappings()]


def _review(row: RowMapping) -> Review:
    texts = {name: msgspec.json.decode(row[name]) for name in ("items", "documents")}
    return Review(**{**row, **texts})


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
