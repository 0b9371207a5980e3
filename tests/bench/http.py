"""A lean HTTP load over keep-alive connections."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.threads import shared_out

Request = tuple[str, Mapping[str, str], Mapping[str, Any]]
"""(path, headers, body)."""


def post_all(port: int, requests: Sequence[Request], connections: int) -> tuple[float, list[float]]:
    """Send the requests; return the seconds that all of it took, and each one's own, sorted.

    Raises:
        AssertionError: one was not answered with 200 or 201.
    """
    latencies: list[float] = []

    def send(share: Sequence[Request]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for path, headers, body in share:
            headers = {"Content-Type": "application/json", **headers}
            started = time.perf_counter()
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
            latencies.append(time.perf_counter() - started)
            assert response.status in (200, 201), content.decode(errors="replace")
        connection.close()

    return shared_out(send, requests, connections), sorted(latencies)
