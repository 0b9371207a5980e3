"""Chores: what a service does by itself now and then, and the thread that does them in turn."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

log = logging.getLogger(__name__)

IDLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that a service does by itself every so many seconds, in its worker process."""

    name: str
    seconds: float
    run: Callable[[], object]


class ChoreThread:
    """Runs ``chores`` until ``stop``; one that fails is told once and comes again in its time."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = list(chores)
        self._due = {chore.name: time.monotonic() + chore.seconds for chore in chores}
        self._stopping = threading.Event()
        self._failing: dict[str, str] = {}

    def stop(self) -> None:
        """Ask the thread to end after the chore under way. Thread-safe."""
        self._stopping.set()

    def run(self) -> None:
        """Do what is due, for ever: the body of the thread."""
        while not self._stopping.wait(self._pause()):
            for chore in self._chores:
                if not self._stopping.is_set() and self._due[chore.name] <= time.monotonic():
                    self._do(chore)

    def _pause(self) -> float:
        soonest = min(self._due.values(), default=time.monotonic() + IDLE_SECONDS)
        return max(0.0, soonest - time.monotonic())

    def _do(self, chore: Chore) -> None:
        try:
            chore.run()
            self._failing.pop(chore.name, None)
        except Exception as error:  # the thread outlives a failing chore
            reason = repr(error)
            if self._failing.get(chore.name) != reason:
                log.exception("chore.failed", extra={"chore": chore.name})
            self._failing[chore.name] = reason
        self._due[chore.name] = time.monotonic() + chore.seconds
