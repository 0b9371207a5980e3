"""What the log promises, on every store: no gap, no duplicate, nothing acknowledged is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.errors import ConcurrencyConflict, VersionMismatch
from tests.integration.eventsourcing.counting import CALL, TALLY, Counted, open_log, total_of

WRITER = "tests.integration.eventsourcing.killed_writer"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'log.sqlite'}"
    fresh_database: Callable[..., str] = request.getfixturevalue("fresh_database")
    return fresh_database("log")


@pytest.fixture
def log(url: str) -> Iterator[EventLog]:
    log = open_log(url, create=True)
    yield log
    log.database.close()


def count(
    log: EventLog, partition: str, stream_id: str, by: int = 1, key: str | None = None
) -> int:
    with unit_of_work(log, partition, CALL, key=key) as work:
        decision = work.execute(TALLY, stream_id, by)
        if key:
            work.outcome = (key, "same", str(decision.state))
    return decision.state


def abort(log: EventLog, partition: str, stream_id: str) -> None:
    with unit_of_work(log, partition, CALL) as work:
        work.execute(TALLY, stream_id, 10)
        work.flush()
        raise ZeroDivisionError


def seqs(log: EventLog, partition: str) -> list[int]:
    return [item["seq"] for item in log.read(partition, 0, 100_000)]


def test_events_of_a_partition_are_numbered_without_gaps_from_one(log: EventLog) -> None:
    for _ in range(3):
        count(log, "north", "a")
    count(log, "south", "b")

    assert seqs(log, "north") == [1, 2, 3]
    assert seqs(log, "south") == [1]
    assert log.heads() == {"north": 3, "south": 1}


def test_reading_goes_on_after_a_position_and_stops_at_the_limit(log: EventLog) -> None:
    for _ in range(5):
        count(log, "north", "a")

    assert [item["seq"] for item in log.read("north", 2, 2)] == [3, 4]


def test_a_stream_is_loaded_in_the_order_of_its_versions(log: EventLog) -> None:
    for by in (1, 2, 3):
        count(log, "north", "a", by)

    with unit_of_work(log, "north", CALL) as work:
        assert work.load(TALLY, "a") == 6
        assert work.load_many(TALLY, ["a", "unknown"]) == {"a": 6, "unknown": 0}


def test_a_stream_loaded_before_goes_on_at_its_version(log: EventLog) -> None:
    count(log, "north", "a", 2)

    with unit_of_work(log, "north", CALL) as work:
        held = work.load(TALLY, "a")
        decision = work.execute(TALLY, "a", 3, state=held)

    assert (decision.state, decision.version) == (5, 2)
    with (
        pytest.raises(VersionMismatch),
        unit_of_work(log, "north", replace(CALL, if_match=1)) as work,
    ):
        work.execute(TALLY, "a", 4, state=work.load(TALLY, "a"))
    assert seqs(log, "north") == [1, 2]


def test_a_state_of_a_stream_that_was_never_loaded_is_not_believed(log: EventLog) -> None:
    count(log, "north", "a", 2)

    with unit_of_work(log, "north", CALL) as work:
        assert work.execute(TALLY, "a", 3, state=70).version == 2
    assert total_of(log, "a") == 5


def test_an_aborted_append_leaves_no_gap_and_no_trace_in_the_read_model(log: EventLog) -> None:
    count(log, "north", "a")
    with pytest.raises(ZeroDivisionError):
        abort(log, "north", "a")
    count(log, "north", "a")

    assert seqs(log, "north") == [1, 2]
    assert total_of(log, "a") == 2


def test_the_read_model_is_written_in_the_append_transaction(log: EventLog) -> None:
    count(log, "north", "a", 7)

    assert total_of(log, "a") == 7


def test_an_unexpected_version_is_refused_and_nothing_is_stored(log: EventLog) -> None:
    count(log, "north", "a")

    with pytest.raises(ConcurrencyConflict), unit_of_work(log, "north", CALL) as work:
        work.append("a", [Counted(by=1)], expected_version=0)
    assert seqs(log, "north") == [1]
    assert total_of(log, "a") == 1


def test_an_expected_version_that_holds_is_accepted(log: EventLog) -> None:
    count(log, "north", "a")
    with unit_of_work(log, "north", CALL) as work:
        assert work.append("a", [Counted(by=1), Counted(by=1)], expected_version=1) == 3

    assert seqs(log, "north") == [1, 2, 3]


def test_the_outcome_of_a_key_is_found_again_even_if_nothing_was_appended(log: EventLog) -> None:
    count(log, "north", "a", by=0, key="k")

    with unit_of_work(log, "north", CALL, key="k") as work:
        assert work.earlier == ("same", "0")
    with unit_of_work(log, "south", CALL, key="k") as work:
        assert work.earlier is None


def test_a_key_is_taken_once(log: EventLog) -> None:
    count(log, "north", "a", key="k")

    with pytest.raises(ConcurrencyConflict):
        count(log, "north", "a", key="k")
    assert seqs(log, "north") == [1]


def test_many_writers_leave_no_gap_and_no_duplicate(log: EventLog) -> None:
    partitions = [f"p{number}" for number in range(5)]
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(30):
                partition = partitions[(number + turn) % 5]
                if turn % 7 == 3:
                    with pytest.raises(ZeroDivisionError):
                        abort(log, partition, f"{partition}-shared")
                count(log, partition, f"{partition}-shared")
        except BaseException as error:  # a thread's failure must fail the test
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    for partition in partitions:
        events = log.read(partition, 0, 1000)
        assert [item["seq"] for item in events] == list(range(1, 49))
        assert [item["stream_version"] for item in events] == list(range(1, 49))
        assert total_of(log, f"{partition}-shared") == 48


def test_one_key_sent_by_many_at_once_is_done_once(log: EventLog) -> None:
    done: list[int] = []

    def send() -> None:
        try:
            with unit_of_work(log, "north", CALL, key="thumb") as work:
                if work.earlier is None:
                    work.execute(TALLY, "a", 1)
                    work.outcome = ("thumb", "same", "1")
            done.append(1)
        except ConcurrencyConflict:
            done.append(0)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == 8
    assert seqs(log, "north") == [1]


def test_order_of_numbers_is_order_of_commits(log: EventLog) -> None:
    """A reader that follows (partition, seq) never meets an event behind its position."""
    stop = threading.Event()
    late: list[int] = []

    def follow() -> None:
        at = 0
        while not stop.is_set() or at < log.heads().get("north", 0):
            for item in log.read("north", at, 100):
                if item["seq"] != at + 1:
                    late.append(item["seq"])
                at = item["seq"]

    reader = threading.Thread(target=follow)
    reader.start()
    writers = [
        threading.Thread(target=lambda n=number: [count(log, "north", f"s{n}") for _ in range(40)])
        for number in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()

    assert not late
    assert seqs(log, "north") == list(range(1, 161))


def test_a_commit_that_fails_is_not_acknowledged(log: EventLog) -> None:
    count(log, "north", "a")
    broken = _fail_next_commit(log)

    with pytest.raises(OSError, match="disk"):
        count(log, "north", "a")
    broken()
    count(log, "north", "a")
    assert seqs(log, "north") == [1, 2]


def _fail_next_commit(log: EventLog) -> Callable[[], None]:
    """Make the next commit raise before it reaches the disk; return how to mend it."""
    engine: Engine = log.database.engine
    if engine.dialect.name == "postgresql":

        def fail(_connection: object) -> None:
            raise OSError("disk")

        event.listen(engine, "commit", fail)
        return lambda: event.remove(engine, "commit", fail)

    class Broken:
        def __init__(self, driver: object) -> None:
            self.driver = driver

        def execute(self, statement: str) -> object:
            if statement == "COMMIT":
                raise OSError("disk")
            return self.driver.execute(statement)  # type: ignore[attr-defined]

    database = log.database
    driver = database._driver  # type: ignore[attr-defined]
    database._driver = Broken(driver)  # type: ignore[attr-defined]

    def mend() -> None:
        database._driver = driver  # type: ignore[attr-defined]

    return mend


def test_a_killed_writer_loses_nothing_that_it_acknowledged(url: str, log: EventLog) -> None:
    for _ in range(3):
        acknowledged = _write_until_killed(url, lines=25)
        events = log.read("north", 0, 100_000)
        assert [item["seq"] for item in events] == list(range(1, len(events) + 1))
        stored = {item["data"]["by"] for item in events}
        assert acknowledged <= stored
        assert total_of(log, "a") == sum(item["data"]["by"] for item in events)


def _write_until_killed(url: str, lines: int) -> set[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", WRITER, url], stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdout is not None
    acknowledged = {int(process.stdout.readline()) for _ in range(lines)}
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return acknowledged | {int(line) for line in rest.splitlines(keepends=True) if line[-1] == "\n"}
