"""What a deployable costs before it works: importing it, and building it over an existing database.

Each time in a fresh interpreter: ``python -m tests.bench.start_of_one NAME URL`` prints JSON. It
imports only the standard library until the clock runs, so what is timed is all that NAME needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib import import_module
from typing import Any, TypedDict

from tests.bench.place import Place
from tests.bench.units import Milliseconds


class Figures(TypedDict):
    import_ms: Milliseconds
    import_cpu_ms: Milliseconds
    ready_ms: Milliseconds


def measure(place: Place, size: int, *, deployable: str) -> Figures:
    """Return what one interpreter took, whatever the size; the database is made before it, here."""
    url = place.database("sqlite")
    _start(deployable, url)
    command = [sys.executable, "-m", "tests.bench.start_of_one", deployable, url]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    figures: Figures = json.loads(said)
    return figures


def _start(deployable: str, url: str) -> Figures:
    started, spent = time.perf_counter(), time.process_time()
    gateway = deployable == "gateway"
    module = import_module("gateway.app" if gateway else f"services.{deployable}.definition")
    imported, cpu = time.perf_counter() - started, time.process_time() - spent
    if gateway:
        _build_gateway(module, url)
    else:
        _build_service(deployable, url)
    return {
        "import_ms": round(1000 * imported, 1),
        "import_cpu_ms": round(1000 * cpu, 1),
        "ready_ms": round(1000 * (time.perf_counter() - started), 1),
    }


def _build_service(name: str, url: str) -> None:
    from chassis.testing.world import settings_for
    from hp3.cluster import build_service, remote_sources

    settings = settings_for(url)
    build_service(name, settings, remote_sources(name, settings)).database.close()


def _build_gateway(module: Any, url: str) -> None:
    from chassis.clock import MachineClock
    from chassis.messaging.rpc_client import RpcCaller
    from chassis.testing.world import TOKEN_KEY
    from gateway.accounts import Accounts

    accounts = Accounts.open(url)
    module.create_app(
        caller=RpcCaller("amqp://nobody", name="gateway"),
        accounts=accounts,
        clock=MachineClock(),
        token_key=TOKEN_KEY,
        cookie_secret=bytes(32),
    )
    accounts.close()


if __name__ == "__main__":
    print(json.dumps(_start(*sys.argv[1:])))
