"""The bus of the embedded mode: a thread that lets every subscriber catch up when events appear."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from chassis.messaging.subscriber import Subscriber

log = logging.getLogger(__name__)

RETRY_SECONDS = (0.05, 0.2, 1.0, 5.0)
IDLE_SECONDS = 1.0
"""How often to look without news: another process (the command line) may have written."""


class InProcessBus:
    """Delivers straight from the logs. Nothing is queued, so nothing can be lost."""

    def __init__(self, subscribers: Sequence[Subscriber]) -> None:
        self._subscribers = list(subscribers)
        self._news = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="in-process-bus", daemon=True)

    def start(self) -> None:
        """Begin delivering, with what earlier runs left undelivered."""
        for subscriber in self._subscribers:
            subscriber.wake()
        self._news.set()
        self._thread.start()

    def announce(self) -> None:
        """Say that some log has new events."""
        self._news.set()

    def stop(self) -> None:
        """Finish the round under way and end the thread."""
        self._stopping = True
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def deliver(self) -> int:
        """Let every subscriber catch up, until none finds anything; return how many events."""
        total = 0
        while found := sum(subscriber.catch_up() for subscriber in self._subscribers):
            total += found
        return total

    def _retry_parked(self) -> None:
        for subscriber in self._subscribers:
            subscriber.retry_due()

    def _run(self) -> None:
        failures = 0
        while not self._stopping:
            self._news.wait(RETRY_SECONDS[min(failures, 4) - 1] if failures else IDLE_SECONDS)
            self._news.clear()
            try:
                self.deliver()
                self._retry_parked()
                failures = 0
            except Exception:  # the delivery loop outlives a failing consumer
                failures += 1
                log.exception("delivery.failed", extra={"attempt": failures})
