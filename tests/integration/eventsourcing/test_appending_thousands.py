"""Thousands of events in one unit of work: written in parts, stored like one, all or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.errors import ConcurrencyConflict
from tests.integration.eventsourcing.counting import CALL, Counted, total_of
from tests.integration.eventsourcing.test_log_conformance import log, seqs, url

__all__ = ["log", "url"]

MANY = 1_200
AWKWARD = 'a "b" \\N \\\\ \t\n\r %s :name 三点半 😀'
DIFFERENT = {"seq", "event_id", "stream_id", "stream_version"}


def test_many_events_are_stored_exactly_as_one_is(log: EventLog) -> None:
    awkward = replace(CALL, correlation_id=AWKWARD, causation_id=None)
    for stream_id, count in (("one", 1), ("many", MANY)):
        with unit_of_work(log, "north", awkward) as work:
            work.append(stream_id, [Counted(by=7)] * count)

    rows = [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in log.read_rows("north", 0, 9999)]
    same = {tuple(row[name] for name in row if name not in DIFFERENT) for row in rows}
    assert len(same) == 1
    assert rows[-1]["correlation_id"] == AWKWARD
    assert [row["stream_version"] for row in rows] == [1, *range(1, MANY + 1)]


def test_what_is_written_out_is_seen_inside_and_only_there(log: EventLog) -> None:
    with pytest.raises(ZeroDivisionError):
        _break_off(log)
    assert log.heads() == {}
    assert total_of(log, "a") == 0


def test_parts_make_one_append_without_gaps_and_are_announced_once(log: EventLog) -> None:
    told: list[int] = []
    log.listeners.append(lambda: told.append(len(seqs(log, "north"))))

    with unit_of_work(log, "north", CALL) as work:
        for _ in range(2):
            work.append("a", [Counted(by=1)] * MANY)
            work.write_out()
        assert work.appended

    assert seqs(log, "north") == list(range(1, 2 * MANY + 1))
    assert log.heads() == {"north": 2 * MANY}
    assert told == [2 * MANY]


def test_a_version_taken_meanwhile_refuses_thousands_too(log: EventLog) -> None:
    with unit_of_work(log, "north", CALL) as work:
        work.append("a", [Counted(by=1)])

    with pytest.raises(ConcurrencyConflict), unit_of_work(log, "north", CALL) as work:
        work.append("a", [Counted(by=1)] * MANY, expected_version=0)
    assert seqs(log, "north") == [1]


def _break_off(log: EventLog) -> None:
    with unit_of_work(log, "north", CALL) as work:
        work.append("a", [Counted(by=1)] * MANY)
        work.write_out()
        assert work.rows == []
        assert len(log.stream(work.connection, "north", "a")) == MANY
        raise ZeroDivisionError
