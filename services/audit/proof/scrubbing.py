"""Look at the old events again, a few tiles at a time, so that all are looked at over and over.

Tampering with a row that nobody reads would otherwise show at the next full check only.
"""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Connection, text

from chassis.eventsourcing.database import Database
from chassis.messaging.checkpoints import Place
from services.audit import sql
from services.audit.proof import findings, tiles
from services.audit.proof.checking import check_range
from services.audit.proof.findings import Finding
from services.audit.proof.merkle import TILE

log = logging.getLogger(__name__)

TILES = 40
"""So many in one round: 10,000 events, less than a tenth of a second."""

_SEALED = text(
    "SELECT service, partition, MAX(tile) AS last FROM tree_tiles "
    "GROUP BY service, partition ORDER BY service, partition"
)
_AT = text("SELECT service, partition, tile, checked_at FROM scrubbed")


def scrub(database: Database, now: datetime, *, budget: int = TILES) -> list[Finding]:
    """Check the next ``budget`` tiles against the copy; keep and return what is wrong."""
    found: list[Finding] = []
    with database.read() as connection:
        sealed = {(row.service, row.partition): row.last for row in connection.execute(_SEALED)}
        at = {(r.service, r.partition): (r.tile, r.checked_at) for r in connection.execute(_AT)}
        moved: dict[Place, int] = {}
        # Whoever was looked at longest ago comes first.
        for place in sorted(sealed, key=lambda each: at.get(each, (0, ""))[1]):
            if budget <= 0:
                break
            first = at.get(place, (0, ""))[0] if place in at else 0
            first = 0 if first > sealed[place] else first
            last = min(sealed[place], first + budget - 1)
            found += check_range(connection, place, first * TILE, _end(connection, place, last))
            moved[place] = last + 1
            budget -= last - first + 1
    with database.write() as connection:
        stamp = now.isoformat(timespec="milliseconds")
        rows = [(*place, tile, stamp) for place, tile in moved.items()]
        columns = ("service", "partition", "tile", "checked_at")
        if rows:
            sql.upsert(connection, "scrubbed", columns, rows, key=2)
        findings.keep(connection, found, now)
    for each in found:
        log.error("verify.finding", extra=each.shown())
    return found


def _end(connection: Connection, place: Place, tile: int) -> int:
    return tile * TILE + tiles.sealed_in(connection, place, tile)
