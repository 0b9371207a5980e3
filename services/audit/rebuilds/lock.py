"""One worker of rebuilds at a time, whichever process it is in; freed by the end of the process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chassis.eventsourcing.database import Database

NAME = "hp3.rebuild"


@contextmanager
def alone(database: Database) -> Iterator[bool]:
    """Yield whether this process is now the one that rebuilds; it is until the block ends."""
    if database.engine.dialect.name == "sqlite":
        path = Path(f"{database.engine.url.database}.rebuilding")
        with path.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True
        return
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        held = connection.exec_driver_sql(
            "SELECT pg_try_advisory_lock(hashtext(%s))", (NAME,)
        ).scalar()
        yield bool(held)
    finally:
        connection.invalidate()  # the server frees a session's locks with the session
        connection.close()
