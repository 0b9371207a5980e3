"""Audit, wired: the same objects in a cluster, in the embedded mode and in tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from chassis.clock import Clock
from chassis.eventsourcing.application import Application
from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.feed import feed
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.migrate import migrate
from chassis.messaging import operating
from chassis.messaging.subscriber import Source, Subscriber
from chassis.service import Service
from chassis.settings import Settings
from chassis.vault import Vault
from contracts.operations import requests as operations
from services.audit import handlers, migrations
from services.audit.folding import Folding
from services.audit.heads import HeadsBook, WatchedSource
from services.audit.ingest import copying, folding_into
from services.audit.views import ALL

NAME = "audit"
LISTENS_TO = ("enrollment", "fees", "attendance", "safety")
SHAPES = operating.Shapes(operations.ListParked(), operations.Settle(), operations.Replay())


def build(settings: Settings, clock: Clock, sources: Mapping[str, Source]) -> Service:
    """Return audit over the database in ``settings``; ``sources`` are the logs it copies."""
    database = open_database(settings.database_url)
    migrate(database.engine, migrations)
    log = EventLog(NAME, database, Codec({}), vault=Vault(settings.master_key))
    book = HeadsBook(database, clock)
    subscriber = Subscriber(
        NAME,
        database,
        {name: WatchedSource(sources[name], partial(book.heard, name)) for name in LISTENS_TO},
        folding_into(Folding(ALL)),
        keep=copying(also=book.write),
        committed=book.written,
        clock=clock,
    )
    application = Application(
        log=log,
        commands=operating.commands(subscriber, SHAPES),
        queries={
            **handlers.QUERIES,
            **feed(log),
            **operating.queries(subscriber, SHAPES),
        },
        clock=clock,
        token_key=settings.token_key,
    )
    return Service(NAME, database, application, log, subscriber)
