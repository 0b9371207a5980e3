"""The consumer on RabbitMQ: messages in batches, acknowledged only after their effects are durable.

Two threads, so that heartbeats never wait for a database: one owns the connection and collects
what arrives, the other applies it and, now and then, fetches from the owners what the bus has not
brought. An event that cannot be applied is parked by the subscriber. What else fails (a database or
an owner that is away) is tried again with growing delays, school by school; nothing is acknowledged
before it is accounted for, and nothing is given up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chassis.eventsourcing.envelope import Event, decode
from chassis.kernel.errors import NotYet
from chassis.messaging import topology
from chassis.messaging.checkpoints import Place
from chassis.messaging.connection import ConnectionThread
from chassis.messaging.subscriber import Subscriber
from chassis.observability import metrics

log = logging.getLogger(__name__)

PREFETCH = 1000
ATTEMPTS = 3
"""Times that a broker may fail to set up the subscription before its queues are replaced."""
SWEEP_SECONDS = 5.0
PARKED_SECONDS = 1.0
"""How often to look for parked events that are due."""
RETRY_SECONDS = (0.05, 0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that has arrived: the channel it must be acknowledged on, its tag, its event."""

    channel: Any
    tag: int
    event: Event

    @property
    def place(self) -> Place:
        """The event's log: its owner and its partition."""
        return self.event["service"], self.event["partition"]


class Arrivals(ConnectionThread):
    """The connection's thread: subscribes, and keeps deliveries until they are taken."""

    def __init__(self, subscriber: Subscriber, amqp_url: str, queues: int) -> None:
        super().__init__(f"{subscriber.consumer}.consumer", amqp_url)
        self._subscriber = subscriber
        self._queues = queues
        self._attempts = 0
        self._lock = threading.Lock()
        self._arrived: list[Delivery] = []
        self.news = threading.Event()

    def opened(self, channel: Any) -> None:
        consumer, sources = self._subscriber.consumer, self._subscriber.sources
        if self._attempts >= ATTEMPTS:
            # A broker that is killed within moments of a queue's creation can come back with a
            # queue that nobody can use. What was in it is in its owners' logs: heal from there.
            log.error("consumer.queues-replaced", extra={"consumer": consumer})
            topology.delete_queues(channel, consumer, self._queues)
        self._attempts += 1
        topology.declare_subscription(channel, consumer, sources, self._queues)
        channel.add_on_cancel_callback(self._on_cancel)
        channel.basic_qos(prefetch_count=PREFETCH)
        for queue in topology.queues_of(consumer, self._queues):
            channel.basic_consume(queue, self._on_message, callback=self._on_subscribed)

    def lost(self) -> None:
        with self._lock:
            self._arrived.clear()  # the broker delivers them again

    def take(self) -> list[Delivery]:
        """Return what has arrived since the last call. Thread-safe."""
        with self._lock:
            taken, self._arrived = self._arrived, []
            self.news.clear()
        return taken

    def acknowledge(self, deliveries: Iterable[Delivery], *, all_before: bool = False) -> None:
        """Acknowledge on the channels they came by, as far as those are open. Thread-safe."""
        tags = [(delivery.channel, delivery.tag) for delivery in deliveries]
        if all_before:  # one acknowledgement per channel covers what came before it
            tags = list(dict(sorted(tags, key=lambda pair: pair[1])).items())

        def acknowledge() -> None:
            for channel, tag in tags:
                if channel.is_open:
                    channel.basic_ack(tag, multiple=all_before)

        self.post(acknowledge)

    def _on_message(self, channel: Any, method: Any, _properties: Any, body: bytes) -> None:
        try:
            event = decode(body)
            if event["service"] not in self._subscriber.sources or not event["seq"]:
                raise LookupError(f"not one of ours: {event['service']}")
            delivery = Delivery(channel, method.delivery_tag, event)
        except (ValueError, LookupError, TypeError) as reason:
            # Not an envelope, so nothing of a log: kept in the dead-letter queue for a person.
            log.error("consumer.not-an-event", extra={"reason": repr(reason)})
            channel.basic_reject(method.delivery_tag, requeue=False)
            return
        with self._lock:
            self._arrived.append(delivery)
        self.news.set()

    def _on_subscribed(self, _frame: Any) -> None:
        self._attempts = 0
        self.ready()

    def _on_cancel(self, _frame: Any) -> None:
        self.abandon(LookupError("the broker cancelled the subscription: the queue was deleted"))


class Consumer:
    """Applies one consumer's events; ``run`` is the body of the applying thread."""

    def __init__(self, subscriber: Subscriber, amqp_url: str, *, queues: int = 1) -> None:
        self._subscriber = subscriber
        self._name = subscriber.consumer
        self.arrivals = Arrivals(subscriber, amqp_url, queues)
        self._stopping = threading.Event()
        self._failed: list[Delivery] = []
        self._failures = 0
        self._retry_at = 0.0
        self._seen: dict[Place, int] = {}
        self._told = ""
        self._sweep_at = self._parked_at = 0.0

    def stop(self) -> None:
        """Ask both threads to end. Thread-safe."""
        self._stopping.set()
        self.arrivals.stop()
        self.arrivals.news.set()

    def run(self) -> None:
        """Apply what arrives, and fetch what does not, until ``stop``."""
        self._guarded(self._subscriber.wake)
        self._sweep(lambda place, at: True)
        while not self._stopping.is_set():
            due = min(self._sweep_at, self._parked_at)
            if self._failed:
                due = min(due, self._retry_at)
            self.arrivals.news.wait(max(0.0, due - time.monotonic()))
            batch = self._next_batch()
            if batch:
                self._apply(batch)
            if time.monotonic() >= self._parked_at:
                self._guarded(self._subscriber.retry_due)
                self._parked_at = time.monotonic() + PARKED_SECONDS
            if time.monotonic() >= self._sweep_at:
                self._sweep(self._stands_still)

    def _next_batch(self) -> list[Delivery]:
        fresh = self.arrivals.take()
        if self._failed and time.monotonic() < self._retry_at:
            # Later events of a school that waits for its next try wait with it.
            stuck = {delivery.place for delivery in self._failed}
            self._failed += [delivery for delivery in fresh if delivery.place in stuck]
            return [delivery for delivery in fresh if delivery.place not in stuck]
        failed, self._failed = self._failed, []
        # What came by a channel that is gone comes again by the next one.
        return [delivery for delivery in failed if delivery.channel.is_open] + fresh

    def _apply(self, batch: list[Delivery]) -> None:
        try:
            new = self._subscriber.receive(delivery.event for delivery in batch)
        except Exception as error:  # the delivery loop outlives a failing effect
            self._apply_apart(batch, error)
            return
        metrics.APPLIED.labels(self._name).inc(new)
        self.arrivals.acknowledge(batch, all_before=not self._failed)
        if not self._failed:
            self._failures = 0

    def _apply_apart(self, batch: list[Delivery], error: Exception) -> None:
        """Let each school go on by itself, so that one that fails keeps no other back."""
        places: dict[Place, list[Delivery]] = defaultdict(list)
        for delivery in batch:
            places[delivery.place].append(delivery)
        for place, own in places.items():
            try:
                if len(places) == 1:
                    raise error
                new = self._subscriber.receive(delivery.event for delivery in own)
                metrics.APPLIED.labels(self._name).inc(new)
                self.arrivals.acknowledge(own)
            except Exception as reason:
                self._fail(place, own, reason)
        pause = RETRY_SECONDS[min(self._failures, len(RETRY_SECONDS) - 1)]
        self._failures += 1
        self._retry_at = time.monotonic() + pause

    def _fail(self, place: Place, own: list[Delivery], reason: Exception) -> None:
        metrics.FAILED.labels(self._name).inc()
        self._failed += own
        log.warning(
            "consumer.failed",
            extra={"place": place, "seq": own[0].event["seq"], "failures": self._failures + 1},
            exc_info=None if isinstance(reason, NotYet) else reason,
        )

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # a database that is away; the next round asks again
            self._tell(error)

    def _sweep(self, due: Callable[[Place, int], bool]) -> None:
        try:
            healed = self._subscriber.catch_up(due)
        except Exception as error:  # an owner that is away; the next sweep asks again
            self._tell(error)
        else:
            self._told = ""
            if healed:
                metrics.HEALED.labels(self._name).inc(healed)
                log.info("consumer.healed", extra={"events": healed})
        self._sweep_at = time.monotonic() + SWEEP_SECONDS

    def _tell(self, error: Exception) -> None:
        reason = " ".join([repr(error), *getattr(error, "__notes__", ())])
        level = logging.DEBUG if reason == self._told else logging.WARNING  # once, not for ever
        log.log(level, "consumer.sweep-failed", extra={"reason": reason})
        self._told = reason

    def _stands_still(self, place: Place, at: int) -> bool:
        """Whether nothing moved since the last sweep; elsewhere the bus is at work."""
        still = self._seen.get(place) == at
        self._seen[place] = at
        return still
