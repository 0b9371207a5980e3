"""How often a client and a PostgreSQL server wait for each other: counted on the wire."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from sqlalchemy.engine import make_url

_STARTUP = 196608
"""The protocol version in the last message without a type; what comes before asks for TLS."""


@dataclass
class Trips:
    """What went to the server, one text per round trip, and a URL that goes through the counter."""

    url: str
    made: list[str] = field(default_factory=list)

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """Count what is sent inside, in this list."""
        inside = self.made = []
        try:
            yield inside
        finally:
            self.made = []


@contextmanager
def counting(database_url: str) -> Iterator[Trips]:
    """Stand between the tests and a PostgreSQL server, and note every query message.

    psycopg2 waits for the answer to each, its own BEGIN and COMMIT among them, so that a message
    is a round trip, whatever library sent it and however many statements are in it.
    """
    server = make_url(database_url)
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        trips = Trips(_through(database_url, door.getsockname()[1]))
        ends: list[socket.socket] = []

        def let_in() -> None:
            while True:
                try:
                    client, _ = door.accept()
                except OSError:  # the door is closed
                    return
                beyond = socket.create_connection((server.host, server.port))
                for end in (client, beyond):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                ends.extend((client, beyond))
                for work in (
                    lambda c=client, b=beyond: _note(c, b, trips),
                    lambda c=client, b=beyond: _carry(b, c),
                ):
                    threading.Thread(target=work, daemon=True).start()

        threading.Thread(target=let_in, daemon=True).start()
        try:
            yield trips
        finally:
            door.shutdown(socket.SHUT_RDWR)
            for end in ends:
                end.close()


def _through(url: str, port: int) -> str:
    return make_url(url).set(host="127.0.0.1", port=port).render_as_string(hide_password=False)


def _carry(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # either end is gone
        pass


def _note(client: socket.socket, server: socket.socket, trips: Trips) -> None:
    kept, started = b"", False
    try:
        while piece := client.recv(65536):
            kept += piece
            while len(kept) >= 5:
                skip = 1 if started else 0
                size = skip + int.from_bytes(kept[skip : skip + 4], "big")
                if len(kept) < size:
                    break
                message, kept = kept[:size], kept[size:]
                if not started:
                    started = int.from_bytes(message[4:8], "big") == _STARTUP
                elif message[:1] == b"Q":
                    trips.made.append(message[5:-1].decode())
            server.sendall(piece)
        server.shutdown(socket.SHUT_WR)
    except OSError:  # either end is gone
        pass


def differing(budget: Mapping[str, int], counted: Mapping[str, int]) -> list[str]:
    """Return one line for each operation that costs more, or less, than its budget says."""
    lines = []
    for name in sorted({*budget, *counted}):
        allowed, cost = budget.get(name), counted.get(name)
        if cost is None:
            lines.append(f"{name} has a budget of {allowed} and was not counted")
        elif allowed is None:
            lines.append(f"{name} has no budget: it costs {cost}")
        elif cost != allowed:
            verb = "exceeds" if cost > allowed else "beats"
            lines.append(f"{name} {verb} its budget of {allowed}: it costs {cost}")
    return lines
