"""Where the time comes from: the machine, or a demo clock that starts elsewhere and runs on."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from chassis.kernel.call import CHINA
from chassis.kernel.errors import BusinessRuleViolation
from chassis.kernel.ids import uuid7


class ClockGoesBackward(BusinessRuleViolation):
    code = "ops.clock-goes-backward"


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present instant, aware, in China's civil time."""


class MachineClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(CHINA)


class DemoClock:
    """A clock that showed ``demo`` when the machine's clock showed ``anchor``, and runs on."""

    def __init__(self, demo: datetime, anchor: datetime) -> None:
        self._lock = threading.Lock()
        self._offset = demo - anchor

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._offset).astimezone(CHINA)

    @property
    def offset(self) -> timedelta:
        """How far this clock is from the machine's."""
        return self._offset

    def move_to(self, instant: datetime) -> None:
        """Move forward to ``instant``.

        Raises:
            ClockGoesBackward: it would contradict what is already recorded.
        """
        with self._lock:
            if instant < self.now():
                raise ClockGoesBackward(now=self.now())
            self._offset = instant - datetime.now(UTC)


def clock_from(setting: str) -> MachineClock | DemoClock:
    """Return the clock that ``HP3_CLOCK`` names: ``real``, ``<instant>`` or ``<instant>@<anchor>``.

    With an anchor (a real instant) several processes share one demo time, also after a restart.
    """
    if setting in ("", "real"):
        return MachineClock()
    demo, _, anchor = setting.partition("@")
    return DemoClock(_instant(demo), _instant(anchor) if anchor else datetime.now(UTC))


def _instant(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=CHINA)


def new_id() -> str:
    """Return a fresh UUIDv7."""
    return uuid7(time.time_ns() // 1_000_000, secrets.randbits(74))


def new_id_of_the_day() -> str:
    """Return a fresh UUIDv7 that tells the day and no more, for what must not tell its instant."""
    midnight = datetime.now(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return uuid7(int(midnight.timestamp() * 1000), secrets.randbits(74))
