"""A built service: what the composition roots (cluster processes, embedded mode, tests) hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.eventsourcing.application import Application
from chassis.eventsourcing.database import Database
from chassis.eventsourcing.log import EventLog
from chassis.messaging.subscriber import Subscriber


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that a service does by itself every so many seconds, in its worker process."""

    name: str
    seconds: float
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Service:
    """One service over its database. ``subscriber`` is None where it listens to nobody."""

    name: str
    database: Database
    application: Application
    log: EventLog
    subscriber: Subscriber | None = None
    chores: Sequence[Chore] = ()
