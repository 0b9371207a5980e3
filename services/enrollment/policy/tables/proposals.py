"""Proposed policy versions: what each would change, and what became of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Integer, RowMapping, String, Table, Text, select, update

from chassis.eventsourcing.envelope import Event
from services.enrollment.bulk import upsert
from services.enrollment.policy.tables import policies
from services.enrollment.schema import metadata

policy_proposals = Table(
    "policy_proposals",
    metadata,
    Column("proposal_id", String(64), primary_key=True),
    Column("district_id", String(64), nullable=False, index=True),
    Column("based_on", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("effective_from", String(10), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("proposed_at", String(32), nullable=False),
    Column("settled_at", String(32)),
    Column("version", Integer),
)
"""``before`` and ``changes`` are JSON, parameter → value; a blank is not in ``before``."""


class Proposal(NamedTuple):
    """A row of ``policy_proposals``."""

    proposal_id: str
    district_id: str
    based_on: int
    before: dict[str, object]
    changes: dict[str, object]
    effective_from: str
    standing: str
    proposed_at: str
    settled_at: str | None
    version: int | None


def project(connection: Connection, event: Event) -> None:
    """Update the proposals by one event."""
    data = event["data"]
    match event["type"]:
        case "PolicyVersionProposed":
            district = policies.district(connection, data["district_id"])
            now = district["parameters"] if district else {}
            before = {name: now[name] for name in data["changes"] if name in now}
            row = {
                **data,
                "before": _json(before),
                "changes": _json(data["changes"]),
                "standing": "open",
                "proposed_at": event["occurred_at"],
                "settled_at": None,
                "version": None,
            }
            upsert(connection, policy_proposals, [row])
        case "PolicyProposalActivated":
            _settle(connection, event, standing="activated", version=data["version"])
        case "PolicyProposalWithdrawn":
            _settle(connection, event, standing="withdrawn")


def proposal(connection: Connection, proposal_id: str) -> Proposal | None:
    """Return a proposal, or None."""
    query = select(policy_proposals).where(policy_proposals.c.proposal_id == proposal_id)
    row = connection.execute(query).mappings().first()
    return _parsed(row) if row else None


def of_district(connection: Connection, district_id: str) -> list[Proposal]:
    """Return a district's proposals, newest first."""
    query = select(policy_proposals).where(policy_proposals.c.district_id == district_id)
    newest = (policy_proposals.c.proposed_at.desc(), policy_proposals.c.proposal_id.desc())
    return [_parsed(row) for row in connection.execute(query.order_by(*newest)).mappings()]


def _settle(connection: Connection, event: Event, **values: Any) -> None:
    connection.execute(
        update(policy_proposals)
        .where(policy_proposals.c.proposal_id == event["data"]["proposal_id"])
        .values(settled_at=event["occurred_at"], **values)
    )


def _parsed(row: RowMapping) -> Proposal:
    texts = {name: msgspec.json.decode(row[name]) for name in ("before", "changes")}
    return Proposal(**{**row, **texts})


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
