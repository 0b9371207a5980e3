"""Measure and print one JSON object a line. ``python -m tests.bench [NAME …]`` picks some."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench import (
    allocating,
    append,
    as_of,
    bus,
    handover,
    importing,
    rebuild_live,
    rebuilding,
)
from tests.stack import postgresql, rabbitmq
from tests.stack.fixtures import running

Measurement = Callable[[], Mapping[str, Any]]


def main(names: list[str]) -> None:
    """Run the named measurements, or all of them."""
    _print("machine", {"cpus": os.cpu_count(), "python": platform.python_version()})
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(postgresql.provide))
        broker = stack.enter_context(running(rabbitmq.provide))
        measurements: dict[str, Measurement] = {
            "append.sqlite": partial(
                append.measure, f"sqlite:///{folder / 'append.sqlite'}", threads=1, commands=6000
            ),
            "append.sqlite.threads": partial(
                append.measure, f"sqlite:///{folder / 'threads.sqlite'}", threads=8, commands=6000
            ),
            "append.postgresql.one": partial(
                append.measure, server.fresh_database("one"), threads=1, commands=3000
            ),
            "append.postgresql": partial(
                append.measure, server.fresh_database("append"), threads=8, commands=8000
            ),
            "relay": partial(bus.relay, server.fresh_database("relay"), broker.fresh_vhost()),
            "consumer": partial(
                bus.consume,
                server.fresh_database("owner"),
                server.fresh_database("audit"),
                broker.fresh_vhost(),
            ),
            "rebuild.postgresql": partial(rebuilding.measure, server.fresh_database("rebuild")),
            "rebuild.sqlite": partial(rebuilding.measure, f"sqlite:///{folder / 'rebuild.sqlite'}"),
            "rebuild.live": partial(
                rebuild_live.measure,
                server.fresh_database("owner1m"),
                server.fresh_database("audit1m"),
                events=1_000_000,
                jobs=2,
            ),
            "rebuild.live.3m": partial(
                rebuild_live.measure,
                server.fresh_database("owner3m"),
                server.fresh_database("audit3m"),
                events=3_000_000,
                jobs=2,
            ),
            "as-of.verify.proof": partial(
                as_of.measure, server.fresh_database("year"), server.fresh_database("asof")
            ),
            "allocate.pure": allocating.pure,
            "allocate.postgresql": partial(allocating.command, server.fresh_database("allocate")),
            "allocate.sqlite": partial(allocating.command, f"sqlite:///{folder / 'places.sqlite'}"),
            "handover.http": partial(handover.measure, folder / "embedded"),
        }
        for kind in importing.WRITERS:
            sqlite = f"sqlite:///{folder / f'{kind}.sqlite'}"
            for database, url in (("sqlite", sqlite), ("postgresql", server.fresh_database(kind))):
                measurements[f"import.{kind}.{database}"] = partial(
                    importing.measure, url, folder, kind=kind
                )
        for name, measure in measurements.items():
            if not names or any(name.startswith(wanted) for wanted in names):
                _print(name, measure())


def _print(name: str, figures: Mapping[str, Any]) -> None:
    print(json.dumps({"name": name, **figures}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
