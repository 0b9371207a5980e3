"""A sign of life for a supervisor: a file that is touched while all is well.

Asking a file's age costs a health check nothing; starting Python to ask would cost more than the
process that is asked.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

SECONDS = 5.0


def keep_alive_sign(well: Callable[[], bool]) -> None:
    """Touch the file that ``HP3_ALIVE_FILE`` names, every few seconds that ``well`` says yes."""
    name = os.environ.get("HP3_ALIVE_FILE")
    if name:
        path = Path(name)
        thread = threading.Thread(target=_touch, args=(path, well), name="alive", daemon=True)
        thread.start()


def _touch(path: Path, well: Callable[[], bool]) -> None:
    while True:
        healthy = well()
        if healthy:
            path.touch()
        time.sleep(SECONDS if healthy else 0.5)
