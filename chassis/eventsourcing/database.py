"""One service's database: durable writes, plain reads, on SQLite or PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from chassis.round_trips import Cursor, Line, forget

MAX_UNITS_PER_COMMIT = 64


class Database(Protocol):
    """What the log needs of a database."""

    engine: Engine

    def write(self) -> AbstractContextManager[Connection]:
        """Open a transaction; on exit it is durable, or it never happened."""

    def turn(self) -> AbstractContextManager[None]:
        """Wait for this thread's turn to write, where writers take turns; ``write`` does so itself.

        What is written inside is durable when it ends, not before.
        """

    def read(self) -> AbstractContextManager[Connection]:
        """Open a connection for reading committed data."""

    def close(self) -> None:
        """Release all connections."""


def open_database(url: str, *, pool_size: int = 10) -> SqliteDatabase | PostgresqlDatabase:
    """Open the database at an SQLAlchemy ``url`` (``sqlite:///…`` or ``postgresql+psycopg2://…``)."""
    if make_url(url).get_backend_name() == "sqlite":
        return SqliteDatabase(url)
    return PostgresqlDatabase(url, pool_size)


class PostgresqlDatabase:
    """Writers and readers from one pool; readers in autocommit, writers' BEGIN and COMMIT along
    with their statements (see ``round_trips``).
    """

    def __init__(self, url: str, pool_size: int) -> None:
        self.engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=False,
            connect_args={"connection_factory": Line, "cursor_factory": Cursor},
        )
        event.listen(self.engine, "do_execute", _post)
        self._writers = self.engine.execution_options(writes_wait=True)
        self._readers = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def write(self) -> AbstractContextManager[Connection]:
        return self._writers.begin()

    def turn(self) -> AbstractContextManager[None]:
        return nullcontext()

    def read(self) -> AbstractContextManager[Connection]:
        return self._readers.connect()

    def close(self) -> None:
        self.engine.dispose()


def _post(cursor: Any, statement: str, values: Any, context: Any) -> bool:
    # A writer's INSERT, UPDATE or DELETE without RETURNING waits too. Its ``rowcount`` is -1: who
    # needs that writes text(). What is done here SQLAlchemy does not do again.
    writes = context.isinsert or context.isupdate or context.isdelete
    waits = writes and context.execution_options.get("writes_wait")
    if not waits or context.compiled.effective_returning:
        return False
    cursor.post(statement, values)
    return True


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo what was written inside if it raises, and only that: the transaction goes on.

    Plain SQL on the driver, as SQLAlchemy's nested transactions know nothing of writers that
    share a commit.
    """
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT part")
    try:
        yield
        cursor.execute("RELEASE SAVEPOINT part")  # what still waits to be sent can fail here
    except BaseException:
        forget(connection)
        cursor.execute("ROLLBACK TO SAVEPOINT part")
        cursor.execute("RELEASE SAVEPOINT part")
        raise


class _Batch:
    """Units of work that share one commit."""

    def __init__(self) -> None:
        self.size = 0
        self.committed = threading.Event()
        self.error: BaseException | None = None


class SqliteDatabase:
    """One writing connection whose waiting writers share a commit; readers beside it (WAL).

    A commit costs an fsync (``synchronous=FULL``, so that an acknowledged command survives a power
    cut). Writers that queue up while one works each run in a savepoint, and the last of them
    commits for all; nobody returns before that commit.
    """

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})
        event.listen(self.engine, "connect", _configure)
        self._writer: Connection = self.engine.connect()
        driver: Any = self._writer.connection.driver_connection
        self._driver = driver
        self._driver.execute("PRAGMA synchronous=FULL")
        self._lock = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._owner: int | None = None
        self._batch: _Batch | None = None
        self._joined = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        if self._owner == threading.get_ident():
            yield
            return
        with self._counting:
            self._waiting += 1
        self._lock.acquire()
        with self._counting:
            self._waiting -= 1
        self._owner, self._joined = threading.get_ident(), False
        batch = None
        try:
            yield
        finally:
            batch = self._batch if self._joined else None
            self._commit_unless_others_go_on()
            self._owner = None
            self._lock.release()
        if batch is not None:
            batch.committed.wait()
            if batch.error is not None:
                raise batch.error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with self.turn():
            if self._batch is None:
                self._driver.execute("BEGIN IMMEDIATE")
                self._batch = _Batch()
            self._batch.size += 1
            self._joined = True
            self._driver.execute("SAVEPOINT unit")
            try:
                yield self._writer
            except BaseException:
                self._driver.execute("ROLLBACK TO unit")
                raise
            finally:
                self._driver.execute("RELEASE unit")

    def _commit_unless_others_go_on(self) -> None:
        batch = self._batch
        if batch is None or (self._waiting and batch.size < MAX_UNITS_PER_COMMIT):
            return  # the next in line goes on in this transaction and commits for us too
        self._batch = None
        try:
            self._driver.execute("COMMIT")
        except BaseException as error:
            batch.error = error
            self._driver.execute("ROLLBACK")
        finally:
            batch.committed.set()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        with self._lock:
            self._writer.close()
            self.engine.dispose()


def _configure(connection: Any, _record: object) -> None:
    # Autocommit at the driver: transactions are begun by hand, savepoints work, and a reader
    # never holds a snapshot longer than its statement.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    # A destroyed key must not stay behind in the free space of a page.
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA wal_autocheckpoint=8000")
