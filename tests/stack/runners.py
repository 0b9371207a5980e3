"""Three ways a server runs for the tests: private process, container, somebody else's."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

ROOT = Path(__file__).parents[2]
# Below the range that the kernel hands to outgoing connections: while a server is down for a
# test, nobody else gets its port, and a client that reconnects cannot connect to itself.
PORTS = range(20_000, 32_000)


class Runner(Protocol):
    """How a server is started and hurt."""

    def start(self) -> None:
        """Start the server on the ports and data it had before."""

    def stop(self) -> None:
        """Ask the server to stop and wait until it has."""

    def kill(self) -> None:
        """End the server at once, as a power cut would."""

    def freeze(self) -> None:
        """Let the server keep its connections and answer nothing."""

    def thaw(self) -> None:
        """Undo ``freeze``."""

    def close(self) -> None:
        """End the server and remove its data."""

    def running(self) -> bool:
        """Whether the server has been started and has not ended."""

    def log(self) -> str:
        """The end of what the server said."""


@dataclass
class Private:
    """A locally installed server in a process of its own, under ``tests.stack.supervise``."""

    name: str
    folder: Path
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: int = signal.SIGTERM
    ends_politely: bool = True
    _supervisor: subprocess.Popen[bytes] | None = None
    _pid: int = 0

    def start(self) -> None:
        specification = {
            "command": self.command,
            "folder": str(self.folder),
            "log": str(self._log),
            "user": self.user,
            "stop_signal": self.stop_signal,
        }
        self._supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.stack.supervise", json.dumps(specification)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=self.environment or None,
            start_new_session=True,  # a Ctrl-C is for pytest, which then stops the servers
        )
        assert self._supervisor.stdout is not None
        self._pid = int(self._supervisor.stdout.readline())

    def stop(self) -> None:
        self._order(b"s")

    def kill(self) -> None:
        self._order(b"k")

    def freeze(self) -> None:
        os.kill(self._pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._pid, signal.SIGCONT)

    def close(self) -> None:
        if self.ends_politely and self.running():
            self.stop()
        else:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def running(self) -> bool:
        return self._supervisor is not None and self._supervisor.poll() is None

    def log(self) -> str:
        if not self._log.exists():
            return ""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-40:])

    @property
    def _log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def _order(self, letter: bytes) -> None:
        """Send the supervisor its last order and wait until nothing of the server is left."""
        if self._supervisor is None:
            return
        with suppress(BrokenPipeError), self._supervisor as supervisor:  # it may have ended
            self._supervisor = None
            assert supervisor.stdin is not None
            supervisor.stdin.write(letter)
            supervisor.stdin.flush()
            supervisor.wait(timeout=60)


@dataclass
class Container:
    """A server in a testcontainers container whose ports are bound to fixed host ports."""

    container: Any
    _started: bool = False

    def start(self) -> None:
        if self._started:
            self.container.get_wrapped_container().start()
        else:
            self.container.start()
        self._started = True

    def stop(self) -> None:
        self.container.get_wrapped_container().stop(timeout=60)

    def kill(self) -> None:
        self.container.get_wrapped_container().kill()

    def freeze(self) -> None:
        self.container.get_wrapped_container().pause()

    def thaw(self) -> None:
        self.container.get_wrapped_container().unpause()

    def close(self) -> None:
        self.container.stop()

    def running(self) -> bool:
        wrapped = self.container.get_wrapped_container()
        wrapped.reload()
        return bool(wrapped.status == "running")

    def log(self) -> str:
        return str(self.container.get_wrapped_container().logs(tail=40).decode(errors="replace"))


@dataclass
class External:
    """A server that somebody named in the environment; the tests leave it running."""

    url: str

    def start(self) -> None:
        pass

    def stop(self) -> None:
        self._refuse()

    def kill(self) -> None:
        self._refuse()

    def freeze(self) -> None:
        self._refuse()

    def thaw(self) -> None:
        self._refuse()

    def close(self) -> None:
        pass

    def running(self) -> bool:
        return True

    def log(self) -> str:
        return "see the server's own log"

    def _refuse(self) -> None:
        pytest.fail("The tests do not stop a server that they did not start.", pytrace=False)


def new_folder(name: str) -> Path:
    """Return an empty folder that a server under another user can reach."""
    folder = Path(tempfile.mkdtemp(prefix=f"hp3-{name}-"))
    folder.chmod(0o755)
    return folder


def free_ports(count: int) -> list[int]:
    """Return different ports on 127.0.0.1 that nobody listens on."""
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", random.choice(PORTS)))
            except OSError:
                continue
            ports.append(probe.getsockname()[1])
        return ports
