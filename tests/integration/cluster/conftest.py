"""Processes of the real cluster, for one service at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.messaging.rpc_client import RpcCaller
from chassis.testing.world import MASTER_KEY, SIGNING_KEY, TOKEN_KEY
from tests.stack.processes import Process, ending

Start = Callable[..., Process]


@pytest.fixture
def environment(migrated_database, amqp_url: str) -> dict[str, str]:
    """The environment of every process, with a fresh database per service."""
    databases = {
        f"HP3_{name.upper()}_DATABASE_URL": migrated_database(name)
        for name in ("enrollment", "safety", "audit")
    }
    return {
        **databases,
        "HP3_AMQP_URL": amqp_url,
        "HP3_TOKEN_KEY": TOKEN_KEY.secret.hex(),
        "HP3_MASTER_KEY": MASTER_KEY.secret.hex(),
        "HP3_SIGNING_KEY": SIGNING_KEY.secret.hex(),
    }


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """``start("rpc", "safety")`` starts a process; the test's end kills it."""
    with ending([]) as processes:

        def start(kind: str, service: str, **more: str) -> Process:
            name = f"{service}-{kind}-{len(processes)}"
            process = Process(tmp_path, name, ["hp3", kind, service], environment | more)
            processes.append(process)
            return process.start()

        yield start


@pytest.fixture
def caller(amqp_url: str) -> Iterator[RpcCaller]:
    caller = RpcCaller(amqp_url, name="tests")
    yield caller
    caller.stop()
