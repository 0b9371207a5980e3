"""The embedded mode's demo clock: survives restarts, never goes back, wakes in the afternoon."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import chinese_calendar

from chassis.clock import Clock, DemoClock, MachineClock, clock_from
from chassis.kernel.call import CHINA

FILE = "demo-clock.json"
FIRST = datetime(2026, 9, 1, 15, 25, tzinfo=CHINA)
"""Five minutes before the first service of the sample term."""

OPENS, CLOSES = time(15, 0), time(17, 30)


class KeptDemoClock(DemoClock):
    """A demo clock that remembers in a file how far it is from the machine's."""

    def __init__(self, data: Path, demo: datetime) -> None:
        super().__init__(demo, datetime.now(UTC))
        self._data = data
        self._store()

    def move_to(self, instant: datetime) -> None:
        super().move_to(instant)
        self._store()

    def _store(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        aside = self._data / f"{FILE}.new"
        aside.write_text(json.dumps({"offset_seconds": self.offset.total_seconds()}))
        aside.replace(self._data / FILE)


def clock_for(data: Path, setting: str | None) -> Clock:
    """Return the clock that ``HP3_CLOCK`` asks for; unset means the demo clock of ``data``.

    The demo clock goes on where it was. Started again outside the hours of the service, it moves
    forward to the next service day at 15:25, so that there is always something to try.
    """
    if setting == "real":
        return MachineClock()
    start = clock_from(setting).now() if setting else FIRST
    now = max(start, _stored(data) or start)
    if not setting and not _in_service(now):
        now = _next_afternoon(now)
    return KeptDemoClock(data, now)


def running_clock(data: Path, setting: str | None) -> Clock:
    """Return the clock that a server on ``data`` shows now, for tools beside it."""
    stored = _stored(data)
    if setting == "real" or stored is None:
        return clock_from(setting or "real")
    return DemoClock(stored, datetime.now(UTC))


def _stored(data: Path) -> datetime | None:
    path = data / FILE
    if not path.exists():
        return None
    offset = timedelta(seconds=json.loads(path.read_text())["offset_seconds"])
    return (datetime.now(UTC) + offset).astimezone(CHINA)


def _in_service(instant: datetime) -> bool:
    local = instant.astimezone(CHINA)
    return _is_service_day(local.date()) and OPENS <= local.time() <= CLOSES


def _next_afternoon(instant: datetime) -> datetime:
    day = instant.astimezone(CHINA).date()
    for ahead in range(60):
        moment = datetime.combine(day + timedelta(days=ahead), FIRST.timetz())
        if moment >= instant and _is_service_day(moment.date()):
            return moment
    return instant


def _is_service_day(day: date) -> bool:
    """Monday to Thursday and no statutory holiday: both plans' schools have service then."""
    try:
        return day.weekday() < 4 and not chinese_calendar.is_holiday(day)
    except NotImplementedError:  # a year whose holidays are not announced yet
        return day.weekday() < 4


class FixedSteps:
    """A clock that stands still until it is moved: for loading a sample's past."""

    def __init__(self, instant: datetime) -> None:
        self._now = instant

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        self._now = instant
