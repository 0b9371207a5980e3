"""A capability of a service, and a service as the list of them. ``chassis.assembly`` builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import TypeAlias

from chassis.chores import Chore
from chassis.clock import Clock
from chassis.erasure import Person
from chassis.eventsourcing.database import Database
from chassis.eventsourcing.handling import Handles
from chassis.eventsourcing.log import EventLog, Projection
from chassis.eventsourcing.unit_of_work import Follow, UnitOfWork
from chassis.kernel.call import Call
from chassis.messaging.reactions import Reaction
from chassis.messaging.subscriber import Source, Subscriber
from chassis.settings import Settings
from contracts.shapes import service_of

Projects: TypeAlias = Mapping[type, Sequence[Projection]]
"""Event class → the read models that it changes."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a service consists of once its database is open; ``sources`` are the others' logs."""

    settings: Settings
    clock: Clock
    database: Database
    log: EventLog
    sources: Mapping[str, Source]


def _no_handles(_parts: Parts) -> Handles:
    return {}


def _no_chores(_parts: Parts) -> Sequence[Chore]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What one folder brings to its service.

    ``projects``: read models of the service's own events, changed in the append's transaction.
    ``follows``: what the feature does, in the same transaction, about an event of one below it.
    ``wired`` and ``chores`` are for what needs the service's parts, such as its keys.
    """

    handles: Handles = field(default_factory=dict)
    projects: Projects = field(default_factory=dict)
    follows: Mapping[type, Follow] = field(default_factory=dict)
    wired: Callable[[Parts], Handles] = _no_handles
    chores: Callable[[Parts], Sequence[Chore]] = _no_chores


def _as_it_came(_work: UnitOfWork, call: Call) -> Call:
    return call


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """The table of contents of a service.

    ``keeps``: tables of what other services say; ``reactions``: what the service does by itself
    when they say it. It listens to whoever says those events. ``listen`` is for a service that
    takes in everything, from all that it ``hears``. ``person``: what is known of a person, for an
    erasure; None where nothing is. ``fingerprints``: what keyed hashes are made for. ``under``:
    completes a call inside its transaction with the policy in force.
    """

    name: str
    migrations: ModuleType
    features: Sequence[Feature]
    keeps: Projects = field(default_factory=dict)
    reactions: Mapping[type, Reaction] = field(default_factory=dict)
    person: Person | None = None
    fingerprints: Sequence[str] = ()
    under: Callable[[UnitOfWork, Call], Call] = _as_it_came
    listen: Callable[[Parts], Subscriber] | None = None
    hears: Sequence[str] = ()

    @property
    def listens_to(self) -> tuple[str, ...]:
        """The services whose events it hears, by name."""
        said_by = {service_of(event) for event in (*self.keeps, *self.reactions)}
        return tuple(sorted({*self.hears, *said_by}))
