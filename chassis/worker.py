"""The worker process of a service: its relay, and its consumer where it listens to others."""

from __future__ import annotations

import logging
import queue
import signal
import threading
from collections.abc import Callable

from chassis.chores import ChoreThread
from chassis.messaging.consumer import Consumer
from chassis.messaging.relay import Relay
from chassis.observability.alive import keep_alive_sign
from chassis.service import Service

log = logging.getLogger(__name__)

STOP_SECONDS = 20


class Worker:
    """The threads of a worker. One that dies by itself takes the others along."""

    def __init__(self, service: Service, amqp_url: str, *, queues: int = 1) -> None:
        self.relay = Relay(service.log, amqp_url)
        self.consumer = (
            Consumer(service.subscriber, amqp_url, queues=queues) if service.subscriber else None
        )
        self.chores = ChoreThread(service.chores)
        self._ended: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._died = False
        bodies = {"relay": self.relay.run}
        if service.chores:
            bodies["chores"] = self.chores.run
        if self.consumer is not None:
            bodies |= {"arrivals": self.consumer.arrivals.run, "consumer": self.consumer.run}
        self._threads = [
            threading.Thread(target=self._guarded, args=(name, body), name=name, daemon=True)
            for name, body in bodies.items()
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let ``wait`` end the threads. Safe in a signal handler, as an Event would not be."""
        self._ended.put(None)

    def wait(self) -> int:
        """Wait for the end; return the exit status, 1 when a thread died or does not end."""
        self._ended.get()
        self.relay.stop()
        self.chores.stop()
        if self.consumer is not None:
            self.consumer.stop()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        return 1 if self._died or any(thread.is_alive() for thread in self._threads) else 0

    def is_well(self) -> bool:
        """Whether the worker is connected, or rightly waiting for another to go."""
        relaying = self.relay.is_connected or self.relay.is_standby
        return relaying and (self.consumer is None or self.consumer.arrivals.is_connected)

    def _guarded(self, name: str, body: Callable[[], None]) -> None:
        try:
            body()
        except BaseException:
            log.critical("worker.died", extra={"thread": name}, exc_info=True)
            self._died = True
            raise
        finally:
            self._ended.put(None)


def run_worker(service: Service, amqp_url: str, *, queues: int = 1) -> int:
    """Relay and consume until SIGTERM or SIGINT; return the exit status."""
    worker = Worker(service, amqp_url, queues=queues)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.start()
    keep_alive_sign(worker.is_well)
    log.info("worker.started")
    status = worker.wait()
    log.info("worker.stopped", extra={"status": status})
    return status
