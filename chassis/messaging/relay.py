"""The relay: publishes a service's log to the bus, in order, until every event is confirmed.

It reads each partition after its stored position, publishes in a window without waiting for
single confirms, and moves a position only over events that are confirmed without a hole. A crash
or a lost connection starts again from the positions: an event may be sent twice, consumers drop
the second; none is skipped.
"""

from __future__ import annotations

import logging
import random
import time
from typing import Any

import pika
from pika import spec

from chassis.eventsourcing.envelope import encode_row
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.store import Row
from chassis.messaging import topology
from chassis.messaging.confirms import Confirms
from chassis.messaging.connection import ConnectionThread
from chassis.messaging.relay_log import RelayLog
from chassis.observability import metrics

log = logging.getLogger(__name__)

WINDOW = 500
POLL_SECONDS = 0.02
POLL_SHARE = 20
"""Looking for news takes at most a twentieth of the time, however many partitions there are."""
SAVE_SECONDS = 0.1
CONFIRM_SECONDS = 30
REFUSED_SECONDS = 1.0
TELL_SECONDS = 60


class Relay(ConnectionThread):
    """Relays the log of one service; a standby where another process holds the relay lock."""

    def __init__(self, events: EventLog, amqp_url: str) -> None:
        super().__init__(f"{events.service}.relay", amqp_url)
        self._service = events.service
        self._exchange = topology.exchange_of(events.service)
        self._log = RelayLog(events.database)
        self._confirms = Confirms({})
        self._heads: dict[str, int] = {}
        self._paused: dict[str, float] = {}
        self._channel: Any = None
        self._saved_at = self._told_at = 0.0
        self._returned = 0
        self._woken = self._standby = False
        events.listeners.append(self.wake)

    def wake(self) -> None:
        """Say that the log has new events. Thread-safe; without it they are found by polling."""
        if not self._woken:
            self._woken = self.post(self._refresh)

    @property
    def is_standby(self) -> bool:
        """Whether another process holds the relay lock."""
        return self._standby

    def permitted(self) -> bool:
        self._standby = not self._log.try_lock()
        return not self._standby

    def finished(self) -> None:
        self._log.unlock()

    def opened(self, channel: Any) -> None:
        self._channel = channel
        self._confirms = Confirms(self._log.positions())
        self._paused.clear()
        topology.declare_exchange(channel, self._service)
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(self._on_confirm, callback=self._begin)

    def lost(self) -> None:
        self._channel = None
        self._woken = False
        self._save()

    def _begin(self, *_: object) -> None:
        self.ready()
        self._poll()

    def _poll(self) -> None:
        started = time.monotonic()
        oldest = self._confirms.oldest()
        if oldest is not None and started - oldest > CONFIRM_SECONDS:
            self.abandon(TimeoutError("the broker does not confirm"))
            return
        self._refresh()
        if started - self._saved_at > SAVE_SECONDS:
            self._save()
            self._saved_at = started
        cost = time.monotonic() - started
        self.later(max(POLL_SECONDS, POLL_SHARE * cost), self._poll)

    def _refresh(self) -> None:
        self._woken = False
        if self.is_connected:
            self._heads = self._log.heads()
            self._send()

    def _send(self) -> None:
        free = WINDOW - self._confirms.outstanding
        now = time.monotonic()
        behind = [
            (partition, sent, head)
            for partition, head in self._heads.items()
            if head > (sent := self._confirms.sent(partition))
            and self._paused.get(partition, 0) <= now
        ]
        if not behind or free <= 0:
            return
        if len(behind) > free:
            random.shuffle(behind)  # no school waits for ever behind busier ones
        share = max(1, free // len(behind))
        for row in self._log.rows(
            [(p, at, min(head, at + share)) for p, at, head in behind[:free]]
        ):
            self._publish(row, now)

    def _publish(self, row: Row, now: float) -> None:
        partition, seq, event_id, event_type = row[0], row[1], row[2], row[5]
        self._channel.basic_publish(
            self._exchange,
            topology.routing_key(partition, event_type),
            encode_row(self._service, row),
            pika.BasicProperties(
                message_id=event_id, content_type="application/json", delivery_mode=2
            ),
            mandatory=True,
        )
        self._confirms.published(partition, seq, now)

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        before = self._confirms.outstanding
        refused = self._confirms.settled(
            method.delivery_tag,
            multiple=method.multiple,
            confirmed=isinstance(method, spec.Basic.Ack),
        )
        if refused:
            until = time.monotonic() + REFUSED_SECONDS
            self._paused.update(dict.fromkeys(refused, until))
            log.warning("relay.refused", extra={"partitions": sorted(refused)})
        else:
            metrics.RELAYED.labels(self._service).inc(before - self._confirms.outstanding)
        if self._confirms.outstanding <= WINDOW // 2:
            self._send()

    def _on_return(self, _channel: Any, method: Any, _properties: Any, _body: bytes) -> None:
        # No queue is bound yet. The event stays in the log; its consumers will fetch it.
        self._returned += 1
        now = time.monotonic()
        if now - self._told_at > TELL_SECONDS or not self._told_at:
            log.warning(
                "relay.unroutable",
                extra={"routing_key": method.routing_key, "events": self._returned},
            )
            self._told_at, self._returned = now, 0

    def _save(self) -> None:
        moved = self._confirms.moved()
        if moved:
            self._log.save(moved)
