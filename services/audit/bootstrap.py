"""Audit, wired: the same objects in a cluster, in the embedded mode and in tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from chassis.chores import Chore
from chassis.clock import Clock
from chassis.eventsourcing.application import Application
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.feed import feed
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.migrate import migrate
from chassis.messaging import completeness, operating
from chassis.messaging.subscriber import Source, Subscriber
from chassis.service import Service
from chassis.settings import Settings
from contracts.operations import requests as operations
from services.audit import generations, handlers, migrations, snapshots
from services.audit.events import CODEC
from services.audit.folding import Folding
from services.audit.heads import HeadsBook, WatchedSource
from services.audit.ingest import copying, folding_into, folding_late, restoring
from services.audit.proof import asking as proving
from services.audit.proof.scrubbing import scrub
from services.audit.rebuilds import asking, work
from services.audit.views import ALL

NAME = "audit"
LISTENS_TO = ("enrollment", "fees", "attendance", "safety")
"""The services whose logs audit copies, beside its own."""
REBUILD_SECONDS = 2.0
SNAPSHOT_SECONDS = 300.0
SCRUB_SECONDS = 60.0
SHAPES = operating.Shapes(operations.ListParked(), operations.Settle(), operations.Replay())


def build(settings: Settings, clock: Clock, sources: Mapping[str, Source]) -> Service:
    """Return audit over the database in ``settings``; ``sources`` are the logs it copies."""
    database = open_database(settings.database_url)
    migrate(database.engine, migrations)
    vault = settings.vault()
    vault.begin(database)
    log = EventLog(NAME, database, CODEC, vault=vault)
    book = HeadsBook(database, clock)
    folding = Folding(ALL)
    with database.write() as connection:
        generations.begin(connection)
    subscriber = Subscriber(
        NAME,
        database,
        {
            name: WatchedSource(source, partial(book.heard, name))
            for name, source in [*((name, sources[name]) for name in LISTENS_TO), (NAME, log)]
        },
        folding_into(folding),
        keep=copying(also=book.write),
        late=folding_late(folding),
        again=restoring,
        committed=book.written,
        clock=clock,
    )
    application = Application(
        log=log,
        commands={
            **asking.COMMANDS,
            **proving.commands(settings.signing_key),
            **operating.commands(subscriber, SHAPES),
        },
        queries={
            **handlers.QUERIES,
            **asking.QUERIES,
            **proving.queries(settings.signing_key),
            **feed(log),
            **operating.queries(subscriber, SHAPES),
        },
        clock=clock,
        token_key=settings.token_key,
    )
    chores = (
        Chore("rebuilds", REBUILD_SECONDS, lambda: work.work(log, clock)),
        Chore("snapshots", SNAPSHOT_SECONDS, lambda: snapshots.extend(database)),
        Chore("scrub", SCRUB_SECONDS, lambda: scrub(database, clock.now())),
        Chore(
            "tree-heads",
            settings.tree_head_seconds,
            lambda: proving.sign_all(log, clock, settings.signing_key, settings.tree_heads_folder),
        ),
        completeness.chore(subscriber),
    )
    return Service(NAME, database, application, log, subscriber, chores, settings.signing_key)
