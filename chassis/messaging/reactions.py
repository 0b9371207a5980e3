"""What a service does when others speak: keep facts, and give itself commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from chassis.clock import Clock
from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.log import EventLog, Projection
from chassis.eventsourcing.unit_of_work import UnitOfWork, joined
from chassis.eventsourcing.upcasting import as_it_is
from chassis.kernel.call import SYSTEM, Call
from chassis.messaging.subscriber import Apply

Reaction: TypeAlias = Callable[[UnitOfWork, Event], None]
"""``react(work, event)``: append to the own log, in the event's partition, on its behalf."""


def applying(
    log: EventLog,
    clock: Clock,
    *,
    facts: Mapping[str, Sequence[Projection]],
    reactions: Mapping[str, Reaction],
    upcast: Callable[[Event], Event] = as_it_is,
) -> Apply:
    """Return how a service applies other services' events.

    ``facts`` update read models of foreign facts; ``reactions`` decide and append. Both are
    keyed by event type; other types only move the checkpoint. ``upcast`` brings an event up to
    date before anybody looks at it.
    """

    heard = {*facts, *reactions}

    def apply(connection: Connection, events: Sequence[Event]) -> None:
        for told in events:
            if told["type"] not in heard:
                continue  # whatever its version: it is nothing to this service
            event = upcast(told)
            for project in facts.get(event["type"], ()):
                project(connection, event)
            react = reactions.get(event["type"])
            if react is not None:
                call = Call(
                    principal=SYSTEM,
                    now=clock.now(),
                    correlation_id=event["correlation_id"],
                    causation_id=event["event_id"],
                )
                work = joined(log, connection, event["partition"], call)
                react(work, event)
                work.flush()

    return apply
