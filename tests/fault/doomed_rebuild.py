"""A rebuild that dies at the worst moment: ``python -m tests.fault.doomed_rebuild MOMENT URL``.

The moments are after the first part is done, before the fence opens, within its transaction before
and after the pointers move, and right after its commit.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from chassis.clock import MachineClock
from services.audit.rebuilds import fence, work
from tests.component.audit.conftest import build

MOMENTS = {
    "a-part-is-done": (work, "fold_part", "after"),
    "before-the-fence": (fence, "finish", "before"),
    "compared-not-swapped": (fence.generations, "swap", "before"),
    "swapped-not-recorded": (fence.generations, "swap", "after"),
    "recorded-not-committed": (fence, "say_swapped", "after"),
    "committed": (work, "clean_up", "before"),
}


def dying(function: Callable[..., Any], when: str) -> Callable[..., Any]:
    """Return ``function`` as it is by a power cut before or after it."""

    def dies(*arguments: Any, **named: Any) -> Any:
        if when == "after":
            function(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return dies


if __name__ == "__main__":
    moment, url = sys.argv[1:]
    module, name, when = MOMENTS[moment]
    setattr(module, name, dying(getattr(module, name), when))
    audit = build(url)
    work.work(audit.service.log, MachineClock())
