"""Owners, listeners and threads that end with their test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chassis.eventsourcing.log import EventLog
from chassis.messaging.consumer import Consumer
from chassis.messaging.relay import Relay
from tests.integration.messaging import town


class Crew:
    """Relays and consumers that are running."""

    def __init__(self) -> None:
        self._stops: list[tuple[Callable[[], None], list[threading.Thread]]] = []

    def relay(self, log: EventLog, url: str) -> Relay:
        relay = Relay(log, url)
        self._start(relay.stop, relay.run)
        return relay

    def consumer(self, subscriber: Any, url: str, *, queues: int = 1) -> Consumer:
        consumer = Consumer(subscriber, url, queues=queues)
        self._start(consumer.stop, consumer.arrivals.run, consumer.run)
        return consumer

    def stop(self) -> None:
        for stop, _ in self._stops:
            stop()
        for _, threads in self._stops:
            for thread in threads:
                thread.join(timeout=30)
                assert not thread.is_alive(), f"{thread.name} does not end"
        self._stops.clear()

    def _start(self, stop: Callable[[], None], *bodies: Callable[[], None]) -> None:
        threads = [threading.Thread(target=body, daemon=True) for body in bodies]
        for thread in threads:
            thread.start()
        self._stops.append((stop, threads))


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew()
    yield crew
    crew.stop()


@pytest.fixture
def log(fresh_database) -> Iterator[EventLog]:
    database = town.fresh(fresh_database("bell"))
    yield town.bell(database)
    database.close()


@pytest.fixture
def listener(fresh_database) -> Iterator[Any]:
    """The listener's database."""
    database = town.fresh(fresh_database("pupils"))
    yield database
    database.close()
