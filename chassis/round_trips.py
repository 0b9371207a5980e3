"""PostgreSQL: what needs no answer travels with the next statement that does.

A round trip costs a command more than its statements do. So BEGIN is sent in front of the first
statement of a transaction, writes that nobody waits for are kept until something is read, and
what is left goes with the COMMIT. Order stays; an error of a kept write is raised where it
travelled, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import psycopg2
from psycopg2 import extensions
from sqlalchemy import Connection

from chassis.kernel.errors import ConcurrencyConflict

Values: TypeAlias = Sequence[Any] | Mapping[str, Any]

LOG = ("events", "outcomes")
"""Tables in which a row that is there already means that somebody else wrote first."""

MOST = 256 * 1024
"""Bytes that may wait: a large command must not be kept in memory."""


def post(connection: Connection, statement: str, values: Values = ()) -> None:
    """Execute what has no answer, in its order; on SQLite, where nothing travels, at once.

    Raises:
        ConcurrencyConflict: a kept row of the log was there already; also from a later statement.
    """
    cursor = connection.connection.cursor()
    if isinstance(cursor, Cursor):
        cursor.post(statement, values)
    else:
        cursor.execute(statement, values)


def forget(connection: Connection) -> None:
    """Forget what waits to be sent: its part of the transaction is undone."""
    driver = connection.connection.driver_connection
    if isinstance(driver, Line):
        driver.waiting.clear()


class Line(extensions.connection):  # type: ignore[misc]
    """A connection that begins and ends transactions itself, together with other statements.

    Made with ``cursor_factory=Cursor``.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        super().set_isolation_level(extensions.ISOLATION_LEVEL_AUTOCOMMIT)
        self.transactional = True
        self.waiting: list[bytes] = []

    def set_isolation_level(self, level: int) -> None:
        """Autocommit or not, as SQLAlchemy asks for it; costs nothing."""
        self.rollback()
        self.transactional = level != extensions.ISOLATION_LEVEL_AUTOCOMMIT

    @property
    def begun(self) -> bool:
        """Whether the server knows of a transaction."""
        return bool(self.get_transaction_status() != extensions.TRANSACTION_STATUS_IDLE)

    def ahead(self) -> list[bytes]:
        """Return what must go ahead of the next statement."""
        begin = [b"BEGIN"] if self.transactional and not self.begun else []
        return [*begin, *self.waiting]

    def commit(self) -> None:
        """Send what waits, and the COMMIT with it."""
        if self.waiting or self.begun:
            with self.cursor() as cursor:
                cursor.execute("COMMIT")

    def rollback(self) -> None:
        """Forget what waits, and undo what was sent."""
        self.waiting.clear()
        if self.begun:
            with self.cursor() as cursor:
                cursor.execute("ROLLBACK")


class Cursor(extensions.cursor):  # type: ignore[misc]
    """Sends what waits on its connection ahead of each statement, in one message.

    Whatever it executes raises ConcurrencyConflict if a row of the log is there already.
    """

    def post(self, query: str, values: Values) -> None:
        """Keep a statement for the next that is executed."""
        line = self.connection
        if not line.transactional:
            self.execute(query, values)
            return
        line.waiting.append(self.mogrify(query, values))
        if sum(map(len, line.waiting)) > MOST:
            self._go_ahead()

    def execute(self, query: str | bytes, values: Values | None = None) -> None:
        """Execute a statement behind what waits."""
        if self.name is not None:  # psycopg2 declares a named cursor in a message of its own,
            with self.connection.cursor() as other:
                other._go_ahead()
            self.withhold = True  # and knows of no transaction that would end it
        elif ahead := self.connection.ahead():
            query, values = b"; ".join([*ahead, self.mogrify(query, values)]), None
            self.connection.waiting.clear()
        self._execute(query, values)

    def executemany(self, query: str, vars_list: Sequence[Values]) -> None:
        """Execute once per row, behind what waits."""
        self._go_ahead()
        super().executemany(query, vars_list)

    def copy_expert(self, sql: str, file: Any, size: int = 8192) -> None:
        """Copy, behind what waits."""
        self._go_ahead()
        super().copy_expert(sql, file, size)

    def _go_ahead(self) -> None:
        if ahead := self.connection.ahead():
            self.connection.waiting.clear()
            self._execute(b"; ".join(ahead))

    def _execute(self, query: str | bytes, values: Values | None = None) -> None:
        try:
            super().execute(query, values)
        except psycopg2.IntegrityError as error:
            if error.diag.table_name in LOG:
                raise ConcurrencyConflict(str(error)) from error
            raise
