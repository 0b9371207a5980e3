"""Builds a service from its definition: the same objects in a cluster, embedded and in tests.

What can be derived is derived here: the codec from the service's language, the read models and
the routes from its features, what it listens to from what it keeps. What does not fit together
fails here, in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from chassis import erasure
from chassis.clock import Clock
from chassis.eventsourcing.application import Application
from chassis.eventsourcing.codec import Codec
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.feed import FEED
from chassis.eventsourcing.handling import Handles, Route, routes_of
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.migrate import migrate
from chassis.eventsourcing.upcasting import Upcasting
from chassis.feature import Definition, Parts
from chassis.messaging import completeness, operating
from chassis.messaging.reactions import applying
from chassis.messaging.subscriber import Source, Subscriber
from chassis.service import Service
from chassis.settings import Settings
from contracts import language
from contracts.operations.erasures import ERASE_PERSON
from contracts.shapes import Operation, said, service_of

T = TypeVar("T")


def build(
    definition: Definition, settings: Settings, clock: Clock, sources: Mapping[str, Source]
) -> Service:
    """Return the service over the database in ``settings``; ``sources`` are the others' logs.

    Raises:
        TypeError: the definition and the published language do not fit together.
    """
    name = definition.name
    database = open_database(settings.database_url)
    migrate(database.engine, definition.migrations)
    vault = settings.vault()
    vault.begin(database, definition.fingerprints)
    features = definition.features
    log = EventLog(
        name,
        database,
        codec_of(name),
        projections=_by_type(name, *(feature.projects for feature in features)),
        follows=_by_type(name, *(_each(feature.follows) for feature in features)),
        vault=vault,
    )
    parts = Parts(settings, clock, database, log, sources)
    subscriber = definition.listen(parts) if definition.listen else _listen(definition, parts)
    application = Application(
        log=log,
        routes=_routes(definition, parts, subscriber),
        clock=clock,
        token_key=settings.token_key,
        before=definition.under,
    )
    chores = [chore for feature in definition.features for chore in feature.chores(parts)]
    chores.append(completeness.chore(subscriber))
    return Service(name, database, application, log, subscriber, chores, settings.signing_key)


def codec_of(service: str) -> Codec:
    """Return the codec of everything that a service says."""
    own = language.EVENTS[service].values()
    return Codec((*own, *language.SHARED.values()), language.UPCASTERS[service])


def operations_of(definition: Definition) -> Mapping[str, Operation]:
    """Return what a service can be asked, by name: its own operations and those of every service.

    Only who keeps something of persons can erase it.
    """
    every = dict(language.OPERATIONS[language.EVERY_SERVICE])
    if definition.person is None:
        del every[ERASE_PERSON.name]
    return {**language.OPERATIONS[definition.name], **every}


def _listen(definition: Definition, parts: Parts) -> Subscriber:
    heard = {*definition.keeps, *definition.reactions}
    newest = {(service_of(event), said(event).name): said(event).version for event in heard}
    return Subscriber(
        definition.name,
        parts.database,
        {owner: parts.sources[owner] for owner in definition.listens_to},
        applying(
            parts.log,
            parts.clock,
            facts={said(event).name: kept for event, kept in definition.keeps.items()},
            reactions={said(event).name: act for event, act in definition.reactions.items()},
            upcast=Upcasting(newest, language.steps_to(heard)),
        ),
        committed=parts.log.announce,
        clock=parts.clock,
    )


def _by_type(service: str, *tables: Mapping[type, Sequence[T]]) -> dict[str, Sequence[T]]:
    """Return type → what is done about a service's own event, of all features in their order."""
    found: dict[str, list[T]] = {}
    for event, done in (each for table in tables for each in table.items()):
        if service_of(event) != service:
            raise TypeError(
                f"{service} does something about {service_of(event)}'s {said(event).name}."
            )
        found.setdefault(said(event).name, []).extend(done)
    return {name: tuple(done) for name, done in found.items()}


def _each(table: Mapping[type, T]) -> dict[type, tuple[T]]:
    return {event: (done,) for event, done in table.items()}


def _routes(definition: Definition, parts: Parts, subscriber: Subscriber) -> dict[str, Route]:
    features = definition.features
    tables: list[Handles] = [
        *(feature.handles for feature in features),
        *(feature.wired(parts) for feature in features),
        FEED,
        operating.handles(subscriber),
    ]
    if definition.person is not None:
        tables.append(erasure.handles(definition.person, parts.settings.signing_key))
    found = routes_of(*tables)
    declared = operations_of(definition)
    if unhandled := sorted(declared.keys() - found.keys()):
        raise TypeError(f"{definition.name} handles no {', '.join(unhandled)}.")
    if foreign := sorted(found.keys() - declared.keys()):
        raise TypeError(f"{definition.name} handles {', '.join(foreign)}, which it does not say.")
    return found
