"""A limit of the machine: round trips a second of a small message between two processes over TCP.

``python -m tests.bench.loopback`` is the one that answers: it prints its port and echoes.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import TypedDict

from tests.bench.place import Place
from tests.bench.units import Count, PerSecond

MESSAGE = bytes(64)


class Figures(TypedDict):
    round_trips: Count
    per_second: PerSecond


def measure(place: Place, round_trips: int) -> Figures:
    """Return round trips per second over one connection."""
    echo = [sys.executable, "-m", "tests.bench.loopback"]
    with subprocess.Popen(echo, stdout=subprocess.PIPE) as answering:
        assert answering.stdout is not None
        port = int(answering.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            started = time.perf_counter()
            for _ in range(round_trips):
                connection.sendall(MESSAGE)
                _whole(connection)
            seconds = time.perf_counter() - started
    return {"round_trips": round_trips, "per_second": round(round_trips / seconds)}


def _whole(connection: socket.socket) -> bool:
    """Receive one message; False at the end."""
    missing = len(MESSAGE)
    while missing:
        received = len(connection.recv(missing))
        if not received:
            return False
        missing -= received
    return True


def _echo() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        connection, _ = server.accept()
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while _whole(connection):
                connection.sendall(MESSAGE)


if __name__ == "__main__":
    _echo()
