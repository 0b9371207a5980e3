"""A built service: what the composition roots (cluster processes, embedded mode, tests) hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.chores import Chore
from chassis.eventsourcing.application import Application
from chassis.eventsourcing.database import Database
from chassis.eventsourcing.log import EventLog
from chassis.messaging.subscriber import Subscriber
from chassis.signing import SigningKey


@dataclass(frozen=True, slots=True)
class Service:
    """One service over its database. ``subscriber`` is None where it listens to nobody.

    ``signing_key`` is there where the command line signs or checks signatures beside it.
    """

    name: str
    database: Database
    application: Application
    log: EventLog
    subscriber: Subscriber | None = None
    chores: Sequence[Chore] = ()
    signing_key: SigningKey | None = None
