"""Calls to nameko services over one shared connection, from any number of threads.

Speaks nameko's wire format: the request goes to the topic exchange ``nameko-rpc`` under
``<service>.<operation>``, the reply comes to an exclusive queue under the request's id. A service
that is not there is reported at once, one that is slow after a timeout, and the request expires
with its caller's patience, so that no stale command is served later.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

import msgspec
import pika

from chassis.messaging.calls import RemoteFailure, ServiceUnavailable
from chassis.messaging.connection import ConnectionThread

EXCHANGE = "nameko-rpc"
TIMEOUT_SECONDS = 10.0
CONNECT_SECONDS = 3.0

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class _Replies(ConnectionThread):
    """The connection's thread: sends requests and hands replies to those who wait."""

    def __init__(self, name: str, amqp_url: str) -> None:
        super().__init__(f"{name}.calls", amqp_url)
        self._pending: dict[str, Future[bytes]] = {}
        self._channel: Any = None
        self._reply_to = ""

    def opened(self, channel: Any) -> None:
        self._channel = channel
        self._reply_to = str(uuid.uuid4())
        queue = f"rpc.reply-{self.name}-{self._reply_to}"
        channel.exchange_declare(EXCHANGE, exchange_type="topic", durable=True)
        channel.queue_declare(queue, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, EXCHANGE, self._reply_to)
        channel.add_on_return_callback(self._on_return)
        channel.add_on_cancel_callback(self._on_cancel)
        channel.basic_consume(queue, self._on_reply, auto_ack=True, callback=self.ready)

    def lost(self) -> None:
        self._channel = None
        self._fail_all()

    def finished(self) -> None:
        self._fail_all()  # also what was asked for while the connection was being closed

    def send(self, routing_key: str, body: bytes, timeout: float) -> tuple[str, Future[bytes]]:
        """Send a request; the future gets the reply's body. Thread-safe."""
        request = str(uuid.uuid4())
        future: Future[bytes] = Future()
        properties = pika.BasicProperties(
            content_type="application/json",
            content_encoding="utf-8",
            correlation_id=request,
            expiration=str(int(timeout * 1000)),
            headers={},
        )

        def send() -> None:
            if not self.is_connected:
                self._fail(request, "not connected to the broker")
            elif request in self._pending:
                properties.reply_to = self._reply_to
                self._channel.basic_publish(EXCHANGE, routing_key, body, properties, mandatory=True)

        self._pending[request] = future
        if not self.post(send):
            self._fail(request, "not connected to the broker")
        return request, future

    def forget(self, request: str) -> None:
        """Drop a request whose caller has gone. Thread-safe."""
        self._pending.pop(request, None)

    def connected_within(self, seconds: float) -> bool:
        """Wait for the connection; whether it is there. Thread-safe."""
        return self._connected.wait(seconds)

    def _on_reply(self, _channel: Any, _method: Any, properties: Any, body: bytes) -> None:
        future = self._pending.pop(properties.correlation_id, None)
        if future is not None:
            future.set_result(body)

    def _on_return(self, _channel: Any, method: Any, properties: Any, _body: bytes) -> None:
        self._fail(properties.correlation_id, f"nobody serves {method.routing_key}")

    def _on_cancel(self, _frame: Any) -> None:
        self.abandon(LookupError("the broker cancelled the reply queue"))

    def _fail_all(self) -> None:
        for request in list(self._pending):
            self._fail(request, "the connection to the broker was lost")

    def _fail(self, request: str, why: str) -> None:
        future = self._pending.pop(request, None)
        if future is not None:
            future.set_exception(_unavailable(why))


class RpcCaller:
    """Calls services by name. Connects at the first call; safe to share between threads."""

    def __init__(self, amqp_url: str, *, name: str = "caller", timeout: float = TIMEOUT_SECONDS):
        self._replies = _Replies(name, amqp_url)
        self._timeout = timeout
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def call(
        self,
        service: str,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the service's reply.

        Raises:
            ServiceUnavailable: nobody answered; whether the command was done is unknown, so
                repeat it with the same idempotency key.
            RemoteFailure: the service failed; its log says why.
        """
        self.start()
        if not self._replies.connected_within(min(CONNECT_SECONDS, self._timeout)):
            raise _unavailable("not connected to the broker")
        message = _encode({"args": [context, params, body], "kwargs": {}})
        request, future = self._replies.send(f"{service}.{operation}", message, self._timeout)
        try:
            answer = _decode(future.result(self._timeout))
        except FutureTimeout:
            self._replies.forget(request)
            raise _unavailable(f"{service}.{operation} did not answer in time") from None
        if answer["error"]:
            raise RemoteFailure(f"{service}.{operation}: {answer['error']['exc_type']}")
        reply: dict[str, Any] = answer["result"]
        return reply

    def start(self) -> None:
        """Connect in the background, if not done already."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    name = self._replies.name
                    thread = threading.Thread(target=self._replies.run, name=name, daemon=True)
                    thread.start()
                    self._thread = thread

    @property
    def is_connected(self) -> bool:
        """Whether calls can be sent now."""
        return self._replies.is_connected

    def stop(self) -> None:
        """End the connection; callers that wait are told that nobody answered."""
        self._replies.stop()
        if self._thread is not None:
            self._thread.join(timeout=10)


def _unavailable(why: str) -> ServiceUnavailable:
    unavailable = ServiceUnavailable()
    unavailable.add_note(why)  # for the log; people are told what to do
    return unavailable
