"""One AMQP connection on a thread of its own; it reconnects with growing delays, for ever.

Everything that touches the connection runs on that thread; other threads ``post`` callbacks. A
broker that vanishes shows as a closed connection, one that freezes as a missed heartbeat.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pika
from pika.adapters.select_connection import IOLoop
from pika.exceptions import AMQPError

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 20
BLOCKED_SECONDS = 30
RECONNECT_SECONDS = (0.1, 0.3, 1.0, 2.0, 5.0)
LASTING_SECONDS = 1.0
"""A connection that lasted so long starts the delays again."""
SETUP_SECONDS = 20.0
CLOSE_SECONDS = 2.0


class ConnectionThread:
    """Keeps one connection and one channel open, and tells its subclass when they come and go.

    ``opened`` and ``lost`` and every posted callback run on the thread. An exception in one of
    them ends the connection and starts a new one: whatever state it left behind is gone with it.
    """

    def __init__(self, name: str, amqp_url: str) -> None:
        self.name = name
        self._parameters = _parameters(name, amqp_url)
        self._stopping = threading.Event()
        self._connected = threading.Event()
        self._wake = threading.Event()
        self._loop: IOLoop | None = None
        self._open_loop: IOLoop | None = None
        self._error: BaseException | None = None
        self._opened_at = 0.0

    def opened(self, channel: Any) -> None:
        """Use a fresh channel: declare, subscribe. Ends with a call of ``ready``."""
        raise NotImplementedError

    def lost(self) -> None:
        """Forget what belonged to the channel that is gone."""

    def permitted(self) -> bool:
        """Whether to connect now; asked again after a while if not."""
        return True

    def finished(self) -> None:
        """The connection has ended, for good or until the next one."""

    @property
    def is_connected(self) -> bool:
        """Whether the channel is open and set up."""
        return self._connected.is_set()

    def ready(self, *_: object) -> None:
        """Say that the channel is set up; usable as a callback of the last declaration."""
        self._opened_at = time.monotonic()
        self._connected.set()
        log.info("bus.connected", extra={"connection": self.name})

    def post(self, callback: Callable[[], None]) -> bool:
        """Run ``callback`` on the thread soon; False if there is no connection. Thread-safe."""
        loop = self._open_loop
        if loop is None:
            return False
        with suppress(OSError, ValueError):  # the loop closed in this very moment
            loop.add_callback_threadsafe(callback)
            return True
        return False

    def later(self, seconds: float, callback: Callable[[], None]) -> None:
        """Run ``callback`` after a while, unless the connection ends before. Only on the thread."""
        loop = self._open_loop
        if loop is not None:
            # The loop also runs while the connection is being closed; by then it is too late.
            loop.call_later(seconds, lambda: callback() if self._open_loop is loop else None)

    def stop(self) -> None:
        """Ask the thread to end. Thread-safe, returns at once."""
        self._stopping.set()
        self._wake.set()
        self.post(self._leave)

    def run(self) -> None:
        """Stay connected until ``stop``: the body of the thread."""
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            pause = 1.0
            try:
                if self.permitted():
                    self._stay()
            except Exception as error:  # the loop outlives a failing broker or database
                lasted = time.monotonic() - self._opened_at if self._opened_at >= started else 0.0
                failures = 1 if lasted > LASTING_SECONDS else failures + 1
                pause = RECONNECT_SECONDS[min(failures, len(RECONNECT_SECONDS)) - 1]
                self._tell(error, failures)
            finally:
                self.finished()
            self._wake.wait(pause)

    def abandon(self, reason: Exception) -> None:
        """End the connection because it is of no use, and start another. Only on the thread."""
        self._on_end(None, reason)

    def _stay(self) -> None:
        self._error = None
        self._loop = self._open_loop = loop = IOLoop()
        connection = pika.SelectConnection(
            self._parameters,
            on_open_callback=self._on_open,
            on_open_error_callback=self._on_end,
            on_close_callback=self._on_end,
            custom_ioloop=loop,
        )
        if self._stopping.is_set():  # stop() came before there was a loop to post to
            loop.stop()
        try:
            loop.start()
        finally:
            self._open_loop = None
            self._connected.clear()
            try:
                self.lost()
            finally:
                self._close(connection, loop)
        self._raise_reason()

    def _raise_reason(self) -> None:
        if self._error is not None and not self._stopping.is_set():
            raise self._error

    def _on_open(self, connection: Any) -> None:
        self.later(SETUP_SECONDS, self._expect_ready)
        connection.channel(on_open_callback=self._on_channel)

    def _on_channel(self, channel: Any) -> None:
        channel.add_on_close_callback(self._on_end)
        self.opened(channel)

    def _expect_ready(self) -> None:
        if not self._connected.is_set():
            self.abandon(TimeoutError("the broker did not set up the channel in time"))

    def _on_end(self, _what: object, reason: BaseException) -> None:
        if self._error is None:
            self._error = reason
        self._leave()

    def _leave(self) -> None:
        if self._loop is not None:
            self._loop.stop()

    def _close(self, connection: Any, loop: IOLoop) -> None:
        """Close politely; leave a broker that does not answer."""
        try:
            loop.call_later(CLOSE_SECONDS, lambda: _abort(connection, loop))
            if not connection.is_closed and not connection.is_closing:
                connection.close()
            deadline = time.monotonic() + 5 * CLOSE_SECONDS
            while not connection.is_closed and time.monotonic() < deadline:
                loop.start()
        except (AMQPError, OSError):
            log.debug("bus.close-failed", exc_info=True)
        finally:
            self._loop = None
            loop.close()

    def _tell(self, error: Exception, failures: int) -> None:
        expected = isinstance(error, AMQPError | OSError)
        log.warning(
            "bus.disconnected",
            extra={"connection": self.name, "reason": repr(error), "failures": failures},
            exc_info=None if expected else error,
        )


def _parameters(name: str, amqp_url: str) -> pika.URLParameters:
    parameters = pika.URLParameters(amqp_url)
    parameters.heartbeat = HEARTBEAT_SECONDS
    parameters.blocked_connection_timeout = BLOCKED_SECONDS
    parameters.socket_timeout = 5
    parameters.stack_timeout = 10
    parameters.connection_attempts = 1
    parameters.client_properties = {"connection_name": name}
    return parameters


def _abort(connection: Any, loop: IOLoop) -> None:
    # pika has no public way to drop a connection whose other end is silent.
    if not connection.is_closed:
        connection._terminate_stream(OSError("the broker did not answer the close"))
    loop.stop()
