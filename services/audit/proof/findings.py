"""What a check found wrong: where, what, and the command that helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from services.audit import sql

COPY_CHANGED = "copy-changed"
COPY_MISSING = "copy-missing"
COPY_ADDED = "copy-added"
OWNER_CHANGED = "owner-changed"
OWNER_MISSING = "owner-missing"
BOTH_CHANGED = "both-changed"
TILE_CHANGED = "tile-changed"
HEAD_WRONG = "head-wrong"
NOT_COPIED = "not-copied"
CONSUMER_BEHIND = "consumer-behind"
CONSUMER_DIFFERS = "consumer-differs"
VIEW_DIFFERS = "view-differs"

HELP = {
    COPY_CHANGED: "Restore audit's database from a back-up, or delete the row and run: "
    "hp3 replay --service {service} --school {partition} --from {seq} --to CHECKPOINT "
    "--consumer audit --again",
    COPY_MISSING: "hp3 replay --service {service} --school {partition} --from {seq} "
    "--to CHECKPOINT --consumer audit --again",
    COPY_ADDED: "Nobody's log has this event; find who wrote into audit's database.",
    OWNER_CHANGED: "The copy and the signed heads have the true event: hp3 export --school "
    "{partition}. Restore {service}'s database from a back-up.",
    OWNER_MISSING: "The copy has the true event: hp3 export --school {partition}. Restore "
    "{service}'s database from a back-up.",
    BOTH_CHANGED: "Neither side has what was sealed. Restore both databases from back-ups and "
    "verify again; keep the signed heads as evidence.",
    TILE_CHANGED: "Audit's tree was changed: keep its database as evidence and restore it.",
    HEAD_WRONG: "Compare with the heads that the bureau keeps: tools/hp3_verify.py.",
    NOT_COPIED: "It will follow by itself; if it does not: hp3 status, hp3 doctor.",
    CONSUMER_BEHIND: "It will follow by itself; if it does not: hp3 status, hp3 doctor.",
    CONSUMER_DIFFERS: "The consumer saw something else than the owner has: hp3 verify names what "
    "was changed; hp3 replay --service {service} --school {partition} --from 1 --to CHECKPOINT "
    "--consumer CONSUMER --again",
    VIEW_DIFFERS: "hp3 rebuild",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong; ``seq`` is 0 where no single event is to blame."""

    what: str
    service: str
    partition: str
    seq: int = 0
    detail: str

    @property
    def help(self) -> str:
        """What to do."""
        return HELP[self.what].format(**asdict(self))

    def shown(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "help": self.help}


COLUMNS = ("service", "partition", "seq", "what", "detail", "found_at")
_ALL = text(
    "SELECT service, partition, seq, what, detail, found_at FROM findings "
    "ORDER BY found_at DESC, service, partition, seq LIMIT 500"
)


def keep(connection: Connection, found: Iterable[Finding], now: datetime) -> None:
    """Store findings; one that is known keeps its place."""
    at = now.isoformat(timespec="milliseconds")
    rows = [(f.service, f.partition, f.seq, f.what, f.detail, at) for f in found]
    if rows:
        sql.upsert(connection, "findings", COLUMNS, rows, key=4)


def kept(connection: Connection) -> list[dict[str, Any]]:
    """Return what the continuous checks found, the newest first."""
    shown = []
    for row in connection.execute(_ALL):
        values = row._asdict()
        found_at = values.pop("found_at")
        shown.append({**Finding(**values).shown(), "found_at": found_at})
    return shown


def clear(connection: Connection) -> None:
    """Forget what was found: after a full check that found nothing."""
    connection.execute(text("DELETE FROM findings"))
