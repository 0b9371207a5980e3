"""The demo clock starts in the afternoon of a service day, survives restarts, never goes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.clock import ClockGoesBackward, DemoClock, MachineClock
from chassis.kernel.call import CHINA
from hp3.demo_clock import FILE, FIRST, clock_for, running_clock

A_MOMENT = timedelta(seconds=20)


def stop_at(data: Path, instant: datetime) -> None:
    """Leave ``data`` as a server would that showed ``instant`` just now."""
    offset = (instant - datetime.now(UTC)).total_seconds()
    (data / FILE).write_text(json.dumps({"offset_seconds": offset}))


def test_it_starts_five_minutes_before_the_first_service(tmp_path: Path) -> None:
    assert FIRST <= clock_for(tmp_path, None).now() < FIRST + A_MOMENT


def test_started_again_at_once_it_goes_on(tmp_path: Path) -> None:
    at_the_gate = datetime(2026, 9, 1, 16, 40, tzinfo=CHINA)
    stop_at(tmp_path, at_the_gate)

    assert at_the_gate <= clock_for(tmp_path, None).now() < at_the_gate + A_MOMENT


@pytest.mark.parametrize(
    ("stopped", "wakes"),
    [
        ("2026-09-01T22:00+08:00", "2026-09-02T15:25+08:00"),
        ("2026-09-03T18:00+08:00", "2026-09-07T15:25+08:00"),
        ("2026-09-30T18:00+08:00", "2026-10-08T15:25+08:00"),
    ],
    ids=["tonight", "Thursday evening", "before the national holiday"],
)
def test_started_again_after_hours_it_wakes_on_the_next_service_day(
    tmp_path: Path, stopped: str, wakes: str
) -> None:
    stop_at(tmp_path, datetime.fromisoformat(stopped))
    expected = datetime.fromisoformat(wakes)

    assert expected <= clock_for(tmp_path, None).now() < expected + A_MOMENT


def test_an_instant_is_honoured_but_never_goes_back(tmp_path: Path) -> None:
    night = clock_for(tmp_path, "2026-09-06T03:00:00+08:00")
    assert night.now().isoformat().startswith("2026-09-06T03:00")

    again = clock_for(tmp_path, "2026-09-01T15:25:00+08:00")
    assert again.now() >= night.now() - A_MOMENT


def test_moved_forward_it_stays_forward_after_a_restart(tmp_path: Path) -> None:
    clock = clock_for(tmp_path, None)
    assert isinstance(clock, DemoClock)
    clock.move_to(FIRST + timedelta(hours=1))

    assert clock_for(tmp_path, None).now() >= FIRST + timedelta(hours=1)
    assert running_clock(tmp_path, None).now() >= FIRST + timedelta(hours=1)


def test_it_cannot_be_moved_back(tmp_path: Path) -> None:
    clock = clock_for(tmp_path, None)
    assert isinstance(clock, DemoClock)

    with pytest.raises(ClockGoesBackward):
        clock.move_to(FIRST - timedelta(days=1))


def test_the_machines_clock_is_used_when_asked_for(tmp_path: Path) -> None:
    assert isinstance(clock_for(tmp_path, "real"), MachineClock)
    assert not (tmp_path / FILE).exists()
