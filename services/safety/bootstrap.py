"""Safety, wired: the same objects in a cluster, in the embedded mode and in tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chassis import erasure
from chassis.clock import Clock
from chassis.eventsourcing.application import Application
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.feed import feed
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.migrate import migrate
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.eventsourcing.upcasting import Upcasting
from chassis.kernel.call import Call
from chassis.messaging import completeness, operating
from chassis.messaging.reactions import applying
from chassis.messaging.subscriber import Source, Subscriber
from chassis.service import Service
from chassis.settings import Settings
from contracts import language
from contracts.operations import requests as operations
from services.safety import handlers, migrations, policies
from services.safety.handlers.erasing import PERSON
from services.safety.projections import breaches, facts, fitness, incidents, providers
from services.safety.serialization import CODEC

NAME = "safety"
LISTENS_TO = ("enrollment",)
PROJECTIONS = {
    "IncidentReported": [incidents.project],
    "IncidentGuardianNotified": [incidents.project],
    "StaffScreened": [fitness.screenings.project],
    "ResponsibilityStatementSigned": [fitness.statements.project],
    "BreachReported": [breaches.project],
    "ProviderAdmitted": [providers.project],
    "ProviderRemoved": [providers.project],
}
UPCAST = Upcasting(language.newest(), language.UPCASTERS)
SHAPES = operating.Shapes(operations.ListParked(), operations.Settle(), operations.Replay())


def build(settings: Settings, clock: Clock, sources: Mapping[str, Source]) -> Service:
    """Return safety over the database in ``settings``; ``sources`` are the logs it listens to."""
    database = open_database(settings.database_url)
    migrate(database.engine, migrations)
    vault = settings.vault()
    vault.begin(database)
    log = EventLog(NAME, database, CODEC, projections=PROJECTIONS, vault=vault)
    subscriber = Subscriber(
        NAME,
        database,
        {name: sources[name] for name in LISTENS_TO},
        applying(log, clock, facts=policies.FACTS, reactions={}, upcast=UPCAST),
        committed=log.announce,
        clock=clock,
    )
    erasing = erasure.commands(PERSON, settings.signing_key, operations.ErasePerson())
    application = Application(
        log=log,
        commands={**handlers.COMMANDS, **operating.commands(subscriber, SHAPES), **erasing},
        queries={
            **handlers.queries(vault),
            **feed(log),
            **operating.queries(subscriber, SHAPES),
        },
        clock=clock,
        token_key=settings.token_key,
        before=_under_policy,
    )
    chores = (completeness.chore(subscriber),)
    return Service(NAME, database, application, log, subscriber, chores)


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    return replace(call, policy=facts.policy_of(work.connection, work.partition))
