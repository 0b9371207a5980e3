"""Exchanges, queues and bindings: declared here and nowhere else.

Each service has one durable topic exchange ``<service>.events``; an event's routing key is
``<slot>.<EventType>``, its slot a fixed hash of its partition. A consumer has ``n`` queues, one
active consumer each, and the slots dealt out among them: a school's events stay in one queue, in
order. Another ``n`` moves bindings and nothing else; checkpoints heal what crosses.

The broker never drops an event: queues are replicated (quorum), the delivery limit is out of
reach on any version (4.x would drop after 20; 3.x refuses -1, "none"), and what a limit or an
operator's policy should still cast out goes to a dead-letter queue at least once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

SLOTS = 64
MAX_QUEUES = 16
NEVER = 2_000_000_000
"""Deliveries before the broker gives up; a number because RabbitMQ 3.x refuses -1."""


def slot_of(partition: str) -> int:
    """Return the slot of a partition: the same in every process and release."""
    return zlib.crc32(partition.encode()) % SLOTS


def routing_key(partition: str, event_type: str) -> str:
    """Return the routing key of an event."""
    return f"{slot_of(partition)}.{event_type}"


def exchange_of(service: str) -> str:
    """Return the name of the exchange that a service publishes to."""
    return f"{service}.events"


def queues_of(consumer: str, n: int) -> list[str]:
    """Return the names of a consumer's ``n`` queues. Another version means other arguments."""
    return [f"{consumer}.events.v1.{k}" for k in range(1, n + 1)]


def dead_letters_of(consumer: str) -> str:
    """Return the name of the queue, and of its exchange, for what was cast out."""
    return f"{consumer}.events.v1.dead"


def declare_exchange(channel: Any, service: str) -> None:
    """Declare the exchange of ``service``. Works on any pika channel."""
    channel.exchange_declare(exchange_of(service), exchange_type="topic", durable=True)


def declare_subscription(channel: Any, consumer: str, sources: Iterable[str], n: int = 1) -> None:
    """Declare a consumer's queues and bind them to the exchanges of ``sources``."""
    dead = dead_letters_of(consumer)
    channel.exchange_declare(dead, exchange_type="fanout", durable=True)
    channel.queue_declare(dead, durable=True, arguments=_QUORUM)
    channel.queue_bind(dead, dead)
    for queue in queues_of(consumer, n):
        channel.queue_declare(queue, durable=True, arguments=_arguments(dead))
    for source in sources:
        declare_exchange(channel, source)
        for slot in range(SLOTS):
            _bind_slot(channel, consumer, source, slot, n)
    for queue in queues_of(consumer, MAX_QUEUES)[n:]:
        channel.queue_delete(queue)  # of a larger n; nobody reads them, checkpoints heal the rest


def arguments_of(consumer: str) -> dict[str, Any]:
    """Return the arguments that a consumer's queues must have."""
    return _arguments(dead_letters_of(consumer))


def delete_queues(channel: Any, consumer: str, n: int) -> None:
    """Delete a consumer's queues with what is in them; its dead letters stay."""
    for queue in queues_of(consumer, n):
        channel.queue_delete(queue)


def _bind_slot(channel: Any, consumer: str, source: str, slot: int, n: int) -> None:
    queues = queues_of(consumer, n)
    mine = queues[slot % n]
    channel.queue_bind(mine, exchange_of(source), f"{slot}.*")
    for other in queues:
        if other != mine:
            channel.queue_unbind(other, exchange_of(source), f"{slot}.*")


_QUORUM = {"x-queue-type": "quorum", "x-delivery-limit": NEVER}


def _arguments(dead: str) -> dict[str, Any]:
    return {
        **_QUORUM,
        "x-single-active-consumer": True,
        "x-dead-letter-exchange": dead,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",  # what at-least-once dead-lettering requires
    }
