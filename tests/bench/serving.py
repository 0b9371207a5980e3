"""``hp3 run`` in a process of its own, timed from its start to the first page that answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from hp3.demo_clock import FIRST
from tests.end_to_end.worlds import free_port


@contextmanager
def served(data: Path) -> Iterator[tuple[int, float]]:
    """Serve ``data``; yields the port and the seconds that the start took."""
    port = free_port()
    environment = {
        **os.environ,
        "HP3_DATA": str(data),
        "HP3_SAMPLE": "no",
        "HP3_CLOCK": FIRST.isoformat(),
        "PORT": str(port),
    }
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "hp3", "run"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        # Its greeting comes when the application is loaded; asking again and again would be late.
        assert any(str(port) in line for line in server.stdout), "it ended without a greeting"
        answer = httpx.get(f"http://127.0.0.1:{port}/", follow_redirects=True)
        seconds = time.perf_counter() - started
        assert answer.status_code == 200, answer
        yield port, seconds
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()
