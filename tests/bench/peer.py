"""pyeventsourcing on the same server: load an aggregate, append an event to it, commit.

It runs in an environment of its own (``make peers``). What it does is less than what our command
does, which also checks a token, takes a gapless number, keeps a read model and stores its outcome.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TypedDict

from sqlalchemy.engine import make_url

from tests.bench.place import Place
from tests.bench.units import Count, PerSecond

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"


class Figures(TypedDict):
    threads: Count
    commands: Count
    per_second: PerSecond


def measure(place: Place, commands: int, *, threads: int) -> Figures:
    """Return commands per second with ``threads`` writers, each command on its own aggregate.

    Raises:
        LookupError: the environment is not there.
    """
    if not PYTHON.exists():
        raise LookupError("pyeventsourcing's environment is not there; make it with: make peers")
    url = make_url(place.database("postgresql"))
    where = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(url.database),
        "POSTGRES_HOST": str(url.host),
        "POSTGRES_PORT": str(url.port),
        "POSTGRES_USER": str(url.username),
        "POSTGRES_PASSWORD": str(url.password),
        "POSTGRES_POOL_SIZE": "20",
    }
    said = subprocess.run(
        [PYTHON, "-m", "tests.bench.peer_process", str(commands), str(threads)],
        cwd=ROOT,
        env=os.environ | where,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    done = json.loads(said)
    assert done["stored"] == 2 * commands, done
    per_second = round(commands / done["seconds"])
    return {"threads": threads, "commands": commands, "per_second": per_second}
