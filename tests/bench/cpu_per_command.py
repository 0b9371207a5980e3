"""What a command costs this process: milliseconds of CPU (user and system), the server's apart.

The command of ``append``, one thread, PostgreSQL. Unlike commands per second it hardly depends on
the disk, or on what else the machine does.
"""

from __future__ import annotations

import time
from typing import TypedDict

from tests.bench.append import Reported
from tests.bench.place import Kind, Place
from tests.bench.units import Count, Milliseconds


class Figures(TypedDict):
    commands: Count
    cpu_ms: Milliseconds


def measure(place: Place, commands: int, *, database: Kind) -> Figures:
    """Return ``time.process_time`` per command; a tenth as many go before and are not counted."""
    before = max(1, commands // 10)
    reported = Reported(place.database(database), before + commands)
    reported.notify(reported.incidents[:before])
    started = time.process_time()
    reported.notify(reported.incidents[before:])
    spent = time.process_time() - started
    reported.close()
    return {"commands": commands, "cpu_ms": round(1000 * spent / commands, 3)}
