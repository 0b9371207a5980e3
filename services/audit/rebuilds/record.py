"""The rows that describe rebuilds: what is wanted, how far it is, what was found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from chassis.kernel.errors import BusinessRuleViolation, NotFound
from chassis.messaging.checkpoints import Place
from contracts.audit.rebuilds import Progress
from services.audit import sql

REBUILD, ROLLBACK = "rebuild", "rollback"
REQUESTED, RUNNING, PAUSED, READY = "requested", "running", "paused", "ready"
SWAPPED, CANCELLED, FAILED = "swapped", "cancelled", "failed"
NO_SWAP, SWAP_IF_CLEAN, SWAP_ANYWAY = 0, 1, 2
OPEN = (REQUESTED, RUNNING, PAUSED, READY)
"""States that still hold a generation; only one rebuild at a time is in one of them."""

COLUMNS = (
    "rebuild_id",
    "kind",
    "views",
    "generation",
    "state",
    "swap",
    "jobs",
    "requested_by",
    "requested_at",
    "started_at",
    "finished_at",
    "report",
)
PART = ("rebuild_id", "service", "partition", "head", "seq", "done", "failures")

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM rebuilds"
_PARTS = text(
    "SELECT service, partition, head, seq, done, failures FROM rebuild_parts "
    "WHERE rebuild_id = :rebuild_id ORDER BY service, partition"
)
_PROGRESS = text(
    "SELECT COALESCE(SUM(head), 0), COALESCE(SUM(seq), 0), COUNT(*), COALESCE(SUM(done), 0) "
    "FROM rebuild_parts WHERE rebuild_id = :rebuild_id"
)


class RebuildUnknown(NotFound):
    code = "rebuild.not-found"


class RebuildUnderWay(BusinessRuleViolation):
    """Another rebuild has not come to its end."""

    code = "rebuild.under-way"


class NotInThatState(BusinessRuleViolation):
    """The rebuild is past, or not yet at, the point where this can be done."""

    code = "rebuild.wrong-state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """One rebuild or rollback as stored."""

    rebuild_id: str
    kind: str
    views: tuple[str, ...]
    generation: int
    state: str
    swap: int
    jobs: int
    requested_by: str
    requested_at: str
    started_at: str | None
    finished_at: str | None
    report: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Part:
    """How far a rebuild is with one log. ``failures``: seq → [stream, error or None]."""

    place: Place
    head: int
    seq: int
    done: bool
    failures: dict[int, tuple[str, str | None]]


def create(connection: Connection, rebuild: Rebuild) -> None:
    """Store a new one.

    Raises:
        RebuildUnderWay: another one is open.
    """
    for other in everything(connection):
        if other.state in OPEN:
            raise RebuildUnderWay(rebuild_id=other.rebuild_id, state=other.state)
    row = (
        rebuild.rebuild_id,
        rebuild.kind,
        json.dumps(rebuild.views),
        rebuild.generation,
        rebuild.state,
        rebuild.swap,
        rebuild.jobs,
        rebuild.requested_by,
        rebuild.requested_at,
        rebuild.started_at,
        rebuild.finished_at,
        None,
    )
    sql.append(connection, "rebuilds", COLUMNS, [row])


def everything(connection: Connection) -> list[Rebuild]:
    """Return all of them, the newest first."""
    found = connection.execute(text(f"{_SELECT} ORDER BY requested_at DESC, rebuild_id DESC"))
    return [_rebuild(row) for row in found]


def get(connection: Connection, rebuild_id: str) -> Rebuild:
    """Return one.

    Raises:
        RebuildUnknown: there is none of that id.
    """
    row = connection.execute(text(f"{_SELECT} WHERE rebuild_id = :id"), {"id": rebuild_id}).first()
    if row is None:
        raise RebuildUnknown(rebuild_id=rebuild_id)
    return _rebuild(row)


def move(
    connection: Connection, rebuild: Rebuild, state: str, *, of: tuple[str, ...] = OPEN
) -> None:
    """Change the state.

    Raises:
        NotInThatState: it is in none of the states ``of``.
    """
    changed = connection.execute(
        text(
            "UPDATE rebuilds SET state = :state WHERE rebuild_id = :id AND state IN "
            f"({', '.join(repr(each) for each in of)})"
        ),
        {"state": state, "id": rebuild.rebuild_id},
    )
    if changed.rowcount != 1:
        now = get(connection, rebuild.rebuild_id).state
        raise NotInThatState(now=now, state=state)


def want_swap(connection: Connection, rebuild: Rebuild) -> None:
    """Note that a person has seen the report and wants the swap."""
    connection.execute(
        text("UPDATE rebuilds SET swap = :swap WHERE rebuild_id = :id"),
        {"swap": SWAP_ANYWAY, "id": rebuild.rebuild_id},
    )


def state_of(connection: Connection, rebuild_id: str) -> str:
    """Return the state as it is now."""
    return get(connection, rebuild_id).state


def stamp(connection: Connection, rebuild: Rebuild, column: str, now: datetime) -> None:
    """Note when it ``started_at`` (once) or ``finished_at``."""
    connection.execute(
        text(f"UPDATE rebuilds SET {column} = COALESCE({column}, :now) WHERE rebuild_id = :id"),
        {"now": now.isoformat(timespec="milliseconds"), "id": rebuild.rebuild_id},
    )


def report(connection: Connection, rebuild: Rebuild, found: Mapping[str, Any]) -> None:
    """Store what was found."""
    connection.execute(
        text("UPDATE rebuilds SET report = :report WHERE rebuild_id = :id"),
        {"report": json.dumps(found, ensure_ascii=False), "id": rebuild.rebuild_id},
    )


def plan(connection: Connection, rebuild: Rebuild, heads: Mapping[Place, int]) -> None:
    """Add the parts that are not there yet."""
    known = {part.place for part in parts(connection, rebuild)}
    rows = [
        (rebuild.rebuild_id, *place, head, 0, 0, "{}")
        for place, head in heads.items()
        if place not in known
    ]
    if rows:
        sql.append(connection, "rebuild_parts", PART, rows)


def parts(connection: Connection, rebuild: Rebuild) -> list[Part]:
    """Return the parts."""
    found = connection.execute(_PARTS, {"rebuild_id": rebuild.rebuild_id})
    return [
        Part(
            (row.service, row.partition),
            row.head,
            row.seq,
            bool(row.done),
            {int(seq): (each[0], each[1]) for seq, each in json.loads(row.failures).items()},
        )
        for row in found
    ]


def save_part(connection: Connection, rebuild: Rebuild, part: Part) -> None:
    """Store how far a part is; its head never falls behind."""
    row = (
        rebuild.rebuild_id,
        *part.place,
        max(part.head, part.seq),
        part.seq,
        int(part.done),
        json.dumps(part.failures),
    )
    sql.upsert(connection, "rebuild_parts", PART, [row], key=3)


def progress(connection: Connection, rebuild: Rebuild) -> Progress:
    """Return events in all and folded, schools' parts in all and done."""
    row = connection.execute(_PROGRESS, {"rebuild_id": rebuild.rebuild_id}).one()
    events_total, events_done, parts_total, parts_done = map(int, row)
    return Progress(
        events_total=events_total,
        events_done=events_done,
        parts_total=parts_total,
        parts_done=parts_done,
    )


def _rebuild(row: Any) -> Rebuild:
    values = dict(zip(COLUMNS, row, strict=True))
    values["views"] = tuple(json.loads(values["views"]))
    values["report"] = json.loads(values["report"]) if values["report"] else None
    return Rebuild(**values)
