"""Slows down guessing: after some failed logins a user name waits, from that address only.

An attempt is counted before the password is looked at, so that parallel guesses count too, and
forgotten when it succeeds. Times are the machine's: a demo clock must not open the door.
"""

from __future__ import annotations

import hashlib
import time

from sqlalchemy import Connection, delete, func, select, text

from chassis.kernel.errors import BusinessRuleViolation
from gateway.accounts.tables import login_attempts

FREE_ATTEMPTS = 5
FIRST_WAIT = 15
LONGEST_WAIT = 900
FORGET_AFTER = 3600
MAX_ROWS = 10_000


class TooManyAttempts(BusinessRuleViolation):
    """This user name failed too often from this address; ``seconds`` is how long to wait."""

    code = "too-many-logins"
    kind = "too-many"

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds


def key_of(username: str, address: str) -> str:
    """Return the row of a user name from an address; a hash, so that no address is kept."""
    return hashlib.sha256(f"{address}\x00{username}".encode()).hexdigest()


def count_attempt(connection: Connection, key: str) -> None:
    """Count one attempt.

    Raises:
        TooManyAttempts: the wait after the last failures is not over.
    """
    now = int(time.time())
    row = connection.execute(
        select(login_attempts).where(
            login_attempts.c.key == key, login_attempts.c.last_at > now - FORGET_AFTER
        )
    ).first()
    failures = row.failures if row else 0
    if row and failures >= FREE_ATTEMPTS:
        wait = min(LONGEST_WAIT, FIRST_WAIT << min(failures - FREE_ATTEMPTS, 10))
        if now < row.last_at + wait:
            raise TooManyAttempts(seconds=row.last_at + wait - now)
    connection.execute(
        text(
            "INSERT INTO login_attempts (key, failures, last_at) VALUES (:key, :failures, :now) "
            "ON CONFLICT (key) DO UPDATE "
            "SET failures = excluded.failures, last_at = excluded.last_at"
        ),
        {"key": key, "failures": failures + 1, "now": now},
    )
    _forget_old(connection, now)


def clear(connection: Connection, key: str) -> None:
    """Forget the failures of a user name that has just logged in."""
    connection.execute(delete(login_attempts).where(login_attempts.c.key == key))


def _forget_old(connection: Connection, now: int) -> None:
    last_at = login_attempts.c.last_at
    connection.execute(delete(login_attempts).where(last_at <= now - FORGET_AFTER))
    rows = connection.execute(select(func.count()).select_from(login_attempts)).scalar_one()
    if rows > MAX_ROWS:
        oldest = select(login_attempts.c.key).order_by(last_at).limit(rows - MAX_ROWS)
        connection.execute(delete(login_attempts).where(login_attempts.c.key.in_(oldest)))
