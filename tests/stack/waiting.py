"""Waiting for something observable, with a limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PAUSE = 0.05


class StillNotSo(AssertionError):
    """What was waited for did not come in time."""


def until(
    probe: Callable[[], object],
    *,
    within: float = 30.0,
    trying: tuple[type[BaseException], ...] = (),
    hopeless: Callable[[], bool] = bool,
    told: Callable[[], str] = str,
) -> None:
    """Return as soon as ``probe`` answers true; exceptions in ``trying`` mean "not yet".

    Raises:
        StillNotSo: not within so many seconds, or ``hopeless``; ``told`` adds what is known.
    """
    deadline = time.monotonic() + within
    last: BaseException | None = None
    while time.monotonic() < deadline:
        try:
            if probe():
                return
        except trying as error:
            last = error
        if hopeless():
            raise StillNotSo(f"given up; {told()}") from last
        threading.Event().wait(PAUSE)
    raise StillNotSo(f"not within {within:g} s; {told()}") from last
