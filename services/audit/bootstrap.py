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
from chassis.messaging.subscriber import Source, Subscriber
from chassis.service import Service
from chassis.settings import Settings
from services.audit import handlers, migrations
from services.audit.folding import Folding
from services.audit.heads import HeadsBook, WatchedSource
from services.audit.ingest import copying, folding_into
from services.audit.views import ALL

NAME = "audit"
LISTENS_TO = ("enrollment", "fees", "attendance", "safety")


def build(settings: Settings, clock: Clock, sources: Mapping[str, Source]) -> Service:
    """Return audit over the database in ``settings``; ``sources`` are the logs it copies."""
    database = open_database(settings.database_url)
    migrate(database.engine, migrations)
    log = EventLog(NAME, database, Codec({}))  # its own log is empty: audit says nothing
    application = Application(
        log=log,
        commands={},
        queries={**handlers.QUERIES, **feed(log)},
        clock=clock,
        token_key=settings.token_key,
    )
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
    return Service(NAME, database, application, log, subscriber)
