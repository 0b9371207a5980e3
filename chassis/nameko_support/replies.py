"""How requests are taken and answered so that a broker's death costs neither request nor process.

nameko publishes each reply over a pool of confirming connections and dies with one that fails.
Here the reply goes out on the channel that the request came by, before its acknowledgement: the
broker takes them in that order, so an acknowledged request has been answered. When the channel is
gone the request is not acknowledged either, and is delivered again: calls are at-least-once, which
is why commands carry idempotency keys.
"""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import Any

from amqp.exceptions import AMQPError
from eventlet.semaphore import Semaphore
from kombu.entity import Queue
from kombu.exceptions import OperationalError
from nameko.exceptions import UnserializableValueError, serialize
from nameko.messaging import QueueConsumer
from nameko.rpc import RpcConsumer, get_rpc_exchange

from chassis.nameko_support import wire

log = logging.getLogger(__name__)

ABSENT_MS = 15_000
"""How long requests wait for a service that went away; afterwards callers learn it at once."""

LOST = (OperationalError, AMQPError, OSError)


class SteadyQueueConsumer(QueueConsumer):  # type: ignore[misc]  # nameko has no types
    """Comes back quickly after the broker does, and knows whether it is connected."""

    is_connected = False

    def create_connection(self) -> Any:
        connection = super().create_connection()
        connection.ensure_connection = partial(
            connection.ensure_connection, interval_start=0.1, interval_step=0.3, interval_max=3
        )
        return connection

    def on_consume_ready(self, *arguments: Any, **named: Any) -> None:
        self.is_connected = True
        log.info("rpc.connected")
        super().on_consume_ready(*arguments, **named)

    def on_connection_error(self, error: Exception, interval: float) -> None:
        self.is_connected = False
        log.warning("rpc.disconnected", extra={"reason": repr(error), "again_in": interval})


class SteadyRpcConsumer(RpcConsumer):  # type: ignore[misc]  # nameko has no types
    """Takes requests from a queue that goes when its service does; answers on the same channel."""

    queue_consumer = SteadyQueueConsumer()
    queue: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._sending = Semaphore()

    def setup(self) -> None:
        if self.queue is None:
            service = self.container.service_name
            self.queue = Queue(  # type: ignore[no-untyped-call]
                f"{service}.rpc.v1",
                exchange=get_rpc_exchange(self.container.config),
                routing_key=f"{service}.*",
                durable=True,
                queue_arguments={"x-expires": ABSENT_MS},
            )
            self.queue_consumer.register_provider(self)
            self._registered = True

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Answer ``message`` and acknowledge it, or leave both to the next delivery."""
        error = serialize(exc_info[1]) if exc_info is not None else None
        try:
            body = wire.encode({"result": result, "error": error})
        except (TypeError, ValueError):
            exc_info = sys.exc_info()
            error = serialize(UnserializableValueError(result))
            body = wire.encode({"result": None, "error": error})
        try:
            self._answer(message, body)
        except LOST as reason:
            log.warning("rpc.reply-lost", extra={"reason": repr(reason)})
        return result, exc_info

    def _answer(self, message: Any, body: bytes) -> None:
        channel = message.channel
        if channel.connection is None:
            raise OperationalError("the channel is gone")
        reply = channel.prepare_message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            properties={
                "correlation_id": message.properties.get("correlation_id"),
                "delivery_mode": 1,
            },
        )
        with self._sending:  # frames of two replies must not mix
            channel.basic_publish(
                reply,
                exchange=get_rpc_exchange(self.container.config).name,
                routing_key=message.properties["reply_to"],
            )
            message.ack()
