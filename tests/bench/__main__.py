"""Measure and print one JSON object a line. ``python -m tests.bench [--scale 0.1] [NAME …]``.

A name picks every measurement that begins with it; ``--scale`` makes all of them smaller.
Figures of one run compare with each other; those of two runs only by the ratios at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.place import Place
from tests.bench.table import MEASUREMENTS, in_rounds, ratios, summary
from tests.stack import postgresql, rabbitmq
from tests.stack.fixtures import running


def main(arguments: Sequence[str]) -> None:
    """Run the named measurements, or all of them."""
    asked = _parsed(arguments)
    chosen = [
        each
        for each in MEASUREMENTS
        if not asked.names or any(each.name.startswith(wanted) for wanted in asked.names)
    ]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(postgresql.provide))
        broker = stack.enter_context(running(rabbitmq.provide))
        place = Place(folder, server.fresh_database, broker.fresh_vhost)
        _print("machine", _machine())
        measured = {}
        try:
            for each, runs in in_rounds(chosen, place, asked.scale):
                measured[each.name] = runs
                _print(each.name, {**summary(runs), "units": each.units})
        finally:  # what fails late does not take with it what is known by then
            _print("ratios", ratios(measured))


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args(arguments)
    for wanted in asked.names:
        if not any(each.name.startswith(wanted) for each in MEASUREMENTS):
            known = ", ".join(each.name for each in MEASUREMENTS)
            parser.error(f"no measurement begins with {wanted!r}; there are {known}")
    return asked


def _machine() -> dict[str, Any]:
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load_average": [round(each, 2) for each in os.getloadavg()],
    }


def _print(name: str, figures: Mapping[str, Any]) -> None:
    print(json.dumps({"name": name, **figures}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
