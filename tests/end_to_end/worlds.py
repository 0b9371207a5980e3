"""The two sets of adapters, as worlds that one story is told in."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import httpx

from tests.end_to_end.client import Client
from tests.stack.waiting import until

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")
MOVED_CLOCK = Path(__file__).parent / "moved_clock"


class World(Protocol):
    """A running platform with an operator's account and a clock that can be moved forward."""

    base_url: str

    def operator(self) -> Client: ...

    def advance_to(self, instant: str) -> None: ...

    def kill_and_start_again(self) -> None: ...

    def hp3(self, *arguments: str) -> str: ...


class Processes:
    """Processes started by a test, ended by their own ids."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> None:
        with (self._folder / f"{name}.log").open("ab") as output:
            self._running[name] = subprocess.Popen(
                arguments, env={**os.environ, **environment}, stdout=output, stderr=output
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        for process in self._running.values():
            process.send_signal(how)
        for process in self._running.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def story(self) -> str:
        """What the processes said last, for a failed test's report."""
        tails = []
        for path in sorted(self._folder.glob("*.log")):
            tails.append(f"--- {path.name}\n{path.read_text(errors='replace')[-1500:]}")
        return "\n".join(tails)


class EmbeddedWorld:
    """``hp3 run`` without a sample, on SQLite, in one process."""

    def __init__(self, folder: Path, clock: str) -> None:
        self._environment = {
            "HP3_DATA": str(folder / "data"),
            "HP3_SAMPLE": "no",
            "HP3_CLOCK": clock,
            "PORT": str(free_port()),
        }
        self.base_url = f"http://127.0.0.1:{self._environment['PORT']}"
        self._processes = Processes(folder)
        self._start()
        self._login = create_operator(self)

    def _start(self) -> None:
        self._processes.start("hp3", [sys.executable, "-m", "hp3", "run"], self._environment)
        wait_until_ready(self.base_url, self._processes)

    def operator(self) -> Client:
        return Client(self.base_url, *self._login)

    def advance_to(self, instant: str) -> None:
        self.operator().post("/ops/demo-clock", {"now": instant})

    def kill_and_start_again(self) -> None:
        self._processes.stop(signal.SIGKILL)
        until(lambda: not answers(self.base_url), within=20)
        self._start()

    def hp3(self, *arguments: str) -> str:
        return hp3(arguments, self._environment)

    def close(self) -> None:
        self._processes.stop()


class ClusterWorld:
    """Every service in its two processes, the gateway, real RabbitMQ and PostgreSQL."""

    def __init__(self, folder: Path, clock: str, databases: Mapping[str, str], amqp: str) -> None:
        self._environment = {
            **{f"HP3_{name.upper()}_DATABASE_URL": url for name, url in databases.items()},
            "HP3_AMQP_URL": amqp,
            "HP3_TOKEN_KEY": secrets.token_hex(32),
            "HP3_MASTER_KEY": secrets.token_hex(32),
            "HP3_SIGNING_KEY": secrets.token_hex(32),
            "HP3_COOKIE_SECRET": secrets.token_hex(32),
            "PORT": str(free_port()),
            "PYTHONPATH": str(MOVED_CLOCK),
            "HP3_TEST_CLOCK": str(folder / "clock"),
        }
        self.base_url = f"http://127.0.0.1:{self._environment['PORT']}"
        self._processes = Processes(folder)
        self.advance_to(clock)
        self._start()
        self._login = create_operator(self)

    def _start(self) -> None:
        for service in SERVICES:
            for kind in ("rpc", "worker"):
                command = [sys.executable, "-m", "hp3", kind, service]
                self._processes.start(f"{service}-{kind}", command, self._environment)
        command = [sys.executable, "-m", "hp3", "gateway"]
        self._processes.start("gateway", command, self._environment)
        wait_until_ready(self.base_url, self._processes)

    def operator(self) -> Client:
        return Client(self.base_url, *self._login)

    def advance_to(self, instant: str) -> None:
        """A cluster's clock cannot be moved by hand; its processes here read a file instead."""
        clock = Path(self._environment["HP3_TEST_CLOCK"])
        aside = clock.with_suffix(".new")
        aside.write_text(f"{instant}@{datetime.now(UTC).isoformat()}")
        aside.replace(clock)

    def kill_and_start_again(self) -> None:
        self._processes.stop(signal.SIGKILL)
        until(lambda: not answers(self.base_url), within=20)
        self._start()

    def hp3(self, *arguments: str) -> str:
        return hp3(arguments, self._environment)

    def close(self) -> None:
        self._processes.stop()


class ComposeWorld:
    """``docker compose``: the cluster as it is deployed. Only where somebody asks for it."""

    def __init__(self, folder: Path, clock: str) -> None:
        self._port = str(free_port())
        self.base_url = f"http://127.0.0.1:{self._port}"
        self._log = (folder / "compose.log").open("ab")
        self._command = ["docker", "compose", "--project-name", f"hp3-story-{self._port}"]
        self._set_clock(clock)
        self._run("up", "--build", "--detach", "--wait")
        self._login = create_operator(self)

    def _set_clock(self, instant: str) -> None:
        clock = f"{instant}@{datetime.now(UTC).isoformat()}"
        self._environment = {**os.environ, "PORT": self._port, "HP3_CLOCK": clock}

    def _run(self, *arguments: str) -> None:
        command = [*self._command, *arguments]
        subprocess.run(
            command, env=self._environment, check=True, stdout=self._log, stderr=self._log
        )

    def operator(self) -> Client:
        return Client(self.base_url, *self._login)

    def advance_to(self, instant: str) -> None:
        self._set_clock(instant)
        self._run("up", "--detach", "--wait")

    def kill_and_start_again(self) -> None:
        self._run("kill", "--signal", "KILL")
        self._run("up", "--detach", "--wait")

    def hp3(self, *arguments: str) -> str:
        command = [*self._command, "run", "--rm", "-T", "hp3", *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def close(self) -> None:
        self._run("down", "--volumes")
        self._log.close()


def hp3(arguments: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """Run the command line tool and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "hp3", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def create_operator(world: Any) -> tuple[str, str]:
    """Make an operator's account by the command line; return its login."""
    printed = world.hp3("create-operator", "operator")
    password = re.search(r"password: (\S+)", printed)
    assert password, printed
    return "operator", password[1]


def wait_until_ready(base_url: str, processes: Processes) -> None:
    until(
        lambda: httpx.get(f"{base_url}/readyz", timeout=5).status_code == 200,
        within=90,
        trying=(httpx.HTTPError,),
        told=processes.story,
    )


def answers(base_url: str) -> bool:
    try:
        httpx.get(f"{base_url}/healthz", timeout=2)
    except httpx.HTTPError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
