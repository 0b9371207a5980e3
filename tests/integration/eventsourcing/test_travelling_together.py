"""On PostgreSQL, what needs no answer travels with what does; order and transactions stay."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from chassis.eventsourcing.database import Database, open_database, savepoint
from chassis.round_trips import MOST, post
from tests.stack.counting import Trips, counting
from tests.stack.fixtures import FreshDatabase


@pytest.fixture
def trips(fresh_database: FreshDatabase) -> Iterator[Trips]:
    with counting(fresh_database("together")) as trips:
        yield trips


@pytest.fixture
def database(trips: Trips) -> Iterator[Database]:
    opened = open_database(trips.url)
    with opened.write() as connection:
        connection.execute(text("CREATE TABLE notes (note TEXT PRIMARY KEY)"))
    yield opened
    opened.close()


def put(connection: Connection, note: str) -> None:
    post(connection, "INSERT INTO notes VALUES (%s)", (note,))


def notes(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT note FROM notes ORDER BY note")).scalars())


def fail(database: Database, *, reading: bool) -> None:
    """Put a note, read it or not, and break off."""
    with database.write() as connection:
        put(connection, "a")
        if reading:
            assert notes(connection) == ["a"]
        raise ZeroDivisionError


def put_twice(connection: Connection, note: str) -> None:
    put(connection, f"{note} too")
    put(connection, note)
    put(connection, note)


def put_part(connection: Connection, *, failing: str) -> None:
    """Put notes in a savepoint; the work itself fails, or a write that waits."""
    with savepoint(connection):
        put(connection, "inside")
        if failing == "work":
            raise ZeroDivisionError
        put(connection, "before")


def stored(database: Database) -> list[str]:
    with database.read() as connection:
        return notes(connection)


def test_a_transaction_that_reads_nothing_is_one_round_trip(database, trips):
    with trips.counted() as made, database.write() as connection:
        put(connection, "a")
        put(connection, "b; it's 100 %")

    assert len(made) == 1
    assert stored(database) == ["a", "b; it's 100 %"]


def test_a_read_sees_what_was_kept_before_it(database, trips):
    with trips.counted() as made, database.write() as connection:
        put(connection, "a")
        assert notes(connection) == ["a"]
        assert stored(database) == []

    assert [sent.split(";")[0] for sent in made] == [
        "BEGIN",
        "SELECT note FROM notes ORDER BY note",
        "COMMIT",
    ]


def test_reading_alone_is_one_round_trip_without_a_transaction(database, trips):
    with trips.counted() as made:
        stored(database)

    assert made == ["SELECT note FROM notes ORDER BY note"]


def test_outside_a_transaction_nothing_waits(database):
    with database.read() as connection:
        put(connection, "a")
        assert stored(database) == ["a"]


def test_a_kept_write_that_fails_fails_the_commit_and_all_of_it(database):
    with pytest.raises(IntegrityError), database.write() as connection:
        put_twice(connection, "a")
    with database.write() as connection:
        put(connection, "c")

    assert stored(database) == ["c"]


def test_what_waits_is_forgotten_when_the_work_fails(database, trips):
    with trips.counted() as made, pytest.raises(ZeroDivisionError):
        fail(database, reading=False)

    assert made == []
    assert stored(database) == []


def test_what_was_sent_is_undone_when_the_work_fails(database):
    with pytest.raises(ZeroDivisionError):
        fail(database, reading=True)

    assert stored(database) == []


@pytest.mark.parametrize("failing", ["work", "write"])
def test_a_savepoint_undoes_its_own_part_also_of_what_waits(database, failing):
    with database.write() as connection:
        put(connection, "before")
        with pytest.raises((ZeroDivisionError, psycopg2.IntegrityError)):
            put_part(connection, failing=failing)
        put(connection, "after")

    assert stored(database) == ["after", "before"]


def test_a_streamed_result_sees_what_waits(database):
    with database.write() as connection:
        for number in range(30):
            put(connection, f"{number:02}")
        streaming = text("SELECT note FROM notes").execution_options(stream_results=True)
        with connection.execute(streaming) as found:
            assert len(found.all()) == 30
        put(connection, "more")

    assert len(stored(database)) == 31


def test_many_rows_and_copies_follow_what_waits(database):
    with database.write() as connection:
        put(connection, "a")
        cursor = connection.connection.cursor()
        cursor.executemany("UPDATE notes SET note = note || %s", [("b",), ("c",)])

    assert stored(database) == ["abc"]


def test_a_large_command_does_not_wait_in_memory(database, trips):
    with database.write() as connection:
        with trips.counted() as made:
            for number in range(3):
                put(connection, f"{number}" + "x" * (MOST // 2))
        assert len(made) == 1

    assert len(stored(database)) == 3
