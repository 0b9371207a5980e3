"""Which generation of a view's rows is live, which came before, and the next free number.

Whoever writes rows claims the checkpoints first, and a swap holds all of them: so within a
transaction the live generation does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from services.audit import sql
from services.audit.views import ALL

FIRST = 1

LIVE_ROWS = "view_rows r JOIN view_generations g ON g.view = r.view AND g.live = r.generation"
"""What readers select from; every view has its row in ``view_generations`` from the start on."""

_ALL = text("SELECT view, live, previous FROM view_generations")
_HIGHEST = text(
    "SELECT MAX(n) FROM (SELECT MAX(generation) AS n FROM view_rows "
    "UNION ALL SELECT MAX(generation) FROM rebuilds UNION ALL SELECT MAX(live) "
    "FROM view_generations) AS numbers"
)


def begin(connection: Connection) -> None:
    """Give every view that is new in this release its first generation."""
    known = {row.view for row in connection.execute(_ALL)}
    fresh = [(view.NAME, FIRST, None) for view in ALL if view.NAME not in known]
    if fresh:
        sql.append(connection, "view_generations", ("view", "live", "previous"), fresh)


def live(connection: Connection) -> dict[str, int]:
    """Return the live generation of every view."""
    return {row.view: row.live for row in connection.execute(_ALL)}


def previous(connection: Connection) -> dict[str, int]:
    """Return the generation before the live one, of the views that have one."""
    found = connection.execute(_ALL)
    return {row.view: row.previous for row in found if row.previous is not None}


def next_free(connection: Connection) -> int:
    """Return a number that no generation has."""
    return int(connection.execute(_HIGHEST).scalar() or 0) + 1


def swap(connection: Connection, to: Mapping[str, int]) -> None:
    """Make ``{view: generation}`` live, and what was live the previous one."""
    now = live(connection)
    rows = [(view, generation, now[view]) for view, generation in to.items()]
    sql.upsert(connection, "view_generations", ("view", "live", "previous"), rows, key=1)


def obsolete(connection: Connection, keep: Iterable[int] = ()) -> list[tuple[str, int]]:
    """Return the (view, generation) that nobody can come back to; ``keep`` are being built."""
    alive = {(row.view, n) for row in connection.execute(_ALL) for n in (row.live, row.previous)}
    found = connection.execute(
        text(
            "SELECT view, generation FROM view_rows UNION "
            "SELECT view, generation FROM view_positions UNION "
            "SELECT view, generation FROM view_snapshots"
        )
    )
    kept = set(keep)
    return sorted(
        (row.view, row.generation)
        for row in found
        if (row.view, row.generation) not in alive and row.generation not in kept
    )
