"""A lean HTTP load: keep-alive connections from a process of their own."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any


def post_all(
    port: int, requests: Sequence[tuple[str, Mapping[str, str], Mapping[str, Any]]], threads: int
) -> tuple[float, list[float]]:
    """Send (path, headers, body) requests over ``threads`` connections.

    Returns the seconds that all of it took, and each request's own.

    Raises:
        AssertionError: one was not answered with 200 or 201.
    """
    latencies: list[list[float]] = [[] for _ in range(threads)]
    failures: list[str] = []
    workers = [
        threading.Thread(target=_send, args=(port, requests[n::threads], latencies[n], failures))
        for n in range(threads)
    ]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    assert not failures, failures[:3]
    return seconds, sorted(second for own in latencies for second in own)


def _send(
    port: int,
    requests: Sequence[tuple[str, Mapping[str, str], Mapping[str, Any]]],
    latencies: list[float],
    failures: list[str],
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for path, headers, body in requests:
        started = time.perf_counter()
        connection.request(
            "POST", path, json.dumps(body), {"Content-Type": "application/json", **headers}
        )
        response = connection.getresponse()
        content = response.read()
        latencies.append(time.perf_counter() - started)
        if response.status not in (200, 201):
            failures.append(content.decode(errors="replace"))
    connection.close()
