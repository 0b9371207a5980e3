"""The same work in several threads that start together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def shared_out(
    work: Callable[[Sequence[Item]], object], items: Sequence[Item], threads: int
) -> float:
    """Return the seconds until ``threads`` threads have done all ``items``, each its share.

    Raises:
        Exception: what the first share that failed raised.
    """
    failures: list[Exception] = []

    def one(share: Sequence[Item]) -> None:
        try:
            work(share)
        except Exception as failure:
            failures.append(failure)

    workers = [threading.Thread(target=one, args=(items[n::threads],)) for n in range(threads)]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    if failures:
        raise failures[0]
    return seconds
