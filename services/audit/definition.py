"""Audit: copies what every service says, folds it into views, proves that nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from chassis.chores import Chore
from chassis.feature import Definition, Feature, Parts
from chassis.messaging.subscriber import Subscriber
from services.audit import generations, handlers, migrations, snapshots
from services.audit.folding import Folding
from services.audit.heads import HeadsBook, WatchedSource
from services.audit.ingest import copying, folding_into, folding_late, restoring
from services.audit.proof import asking as proving
from services.audit.proof.scrubbing import scrub
from services.audit.rebuilds import asking, work
from services.audit.views import ALL

COPIED = ("enrollment", "fees", "attendance", "safety")
"""The services whose logs audit copies, beside its own."""
REBUILD_SECONDS = 2.0
SNAPSHOT_SECONDS = 300.0
SCRUB_SECONDS = 60.0


def _copy_all(parts: Parts) -> Subscriber:
    book = HeadsBook(parts.database, parts.clock)
    folding = Folding(ALL)
    with parts.database.write() as connection:
        generations.begin(connection)
    logs = {**{name: parts.sources[name] for name in COPIED}, "audit": parts.log}
    return Subscriber(
        "audit",
        parts.database,
        {name: WatchedSource(log, partial(book.heard, name)) for name, log in logs.items()},
        folding_into(folding),
        keep=copying(also=book.write),
        late=folding_late(folding),
        again=restoring,
        committed=book.written,
        clock=parts.clock,
    )


def _chores(parts: Parts) -> Sequence[Chore]:
    log, clock, database, settings = parts.log, parts.clock, parts.database, parts.settings
    return (
        Chore("rebuilds", REBUILD_SECONDS, lambda: work.work(log, clock)),
        Chore("snapshots", SNAPSHOT_SECONDS, lambda: snapshots.extend(database)),
        Chore("scrub", SCRUB_SECONDS, lambda: scrub(database, clock.now())),
        Chore(
            "tree-heads",
            settings.tree_head_seconds,
            lambda: proving.sign_all(log, clock, settings.signing_key, settings.tree_heads_folder),
        ),
    )


DEFINITION = Definition(
    name="audit",
    migrations=migrations,
    features=(
        Feature(handles=handlers.HANDLES),
        Feature(handles=asking.HANDLES),
        Feature(wired=proving.handles, chores=_chores),
    ),
    listen=_copy_all,
    hears=COPIED,
)
