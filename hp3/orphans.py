"""A killed server leaves no worker behind that would keep its port."""

from __future__ import annotations

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(_server: object, _worker: object) -> None:
    """Let the kernel end this process when its parent dies, however that dies. Linux only.

    gunicorn's worker notices by itself after some seconds; until then a second start could not
    listen.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
