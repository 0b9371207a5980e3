"""Deliver stored events again, to one consumer and to nobody else.

The consumer's own rules hold: what it has applied is skipped, holes are filled. ``again`` goes
further and gives it what it has applied once more, for rows that were lost: facts are written
again, and deciders, asked again, answer that it is already so. Nothing leaves the consumer but
events of its own log, so a replay repeats no notification: those are made from new events only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.envelope import Event
from chassis.kernel.errors import BusinessRuleViolation, NotFound
from chassis.messaging import parking
from chassis.messaging.subscriber import PAGE, Subscriber

Events: TypeAlias = list[Event]

MOST = 20_000
"""Events of one replay; more is several replays, or a rebuild."""


class NotListening(NotFound):
    code = "replay.not-listening"


class RangeUnusable(BusinessRuleViolation):
    code = "replay.range-unusable"
    kind = "invalid"


class WouldGoBack(BusinessRuleViolation):
    """Facts would be left as they were in the middle of the log."""

    code = "replay.would-go-back"


def stored(subscriber: Subscriber, service: str, partition: str, first: int, last: int) -> Events:
    """Return the owner's events from ``first`` to ``last``.

    Raises:
        NotListening: the consumer does not listen to that owner.
        RangeUnusable: the range is empty, too long, or beyond the owner's log.
    """
    if service not in subscriber.sources:
        raise NotListening(
            consumer=subscriber.consumer, service=service, sources=subscriber.sources
        )
    if not first <= last < first + MOST:
        raise RangeUnusable("too-wide", most=MOST)
    found: Events = []
    while not found or found[-1]["seq"] < last:
        after = found[-1]["seq"] if found else first - 1
        page = subscriber.sources[service].read(partition, after, min(PAGE, last - after))
        if not page:
            raise RangeUnusable("beyond-the-end", service=service, partition=partition, after=after)
        found += page
    return found


def replay(
    subscriber: Subscriber, connection: Connection, events: Events, *, again: bool
) -> dict[int, str]:
    """Deliver ``events`` of one place, whose checkpoint the caller has claimed.

    Returns ``{seq: outcome}``: ``skipped`` (was applied before), ``applied``, ``parked``, or what
    the consumer says of an event that it has had before (``applied again``, ``restored``).

    Raises:
        WouldGoBack: ``again``, and the events end before the checkpoint.
        RangeUnusable: the events begin after a hole.
    """
    place = events[0]["service"], events[0]["partition"]
    mark = subscriber.checkpoints.claim(connection, [place])[place]
    old = [event for event in events if event["seq"] <= mark.seq]
    new = events[len(old) :]
    _check(events, mark.seq, again=again)
    outcomes = {event["seq"]: "skipped" for event in old}
    if again:
        outcomes |= subscriber.again(connection, _unparked(connection, old))
    if new:
        subscriber.take(connection, new, mark)
        applied = {event["seq"] for event in _unparked(connection, new)}
        outcomes |= {e["seq"]: "applied" if e["seq"] in applied else "parked" for e in new}
    return outcomes


def _unparked(connection: Connection, events: Sequence[Event]) -> Events:
    held = {row.event["event_id"] for row in parking.everything(connection)}
    return [event for event in events if event["event_id"] not in held]


def _check(events: Events, at: int, *, again: bool) -> None:
    if again and events[-1]["seq"] < at:
        raise WouldGoBack(at=at)
    if events[0]["seq"] > at + 1:
        raise RangeUnusable("leaves-a-gap", at=at, next=at + 1)
