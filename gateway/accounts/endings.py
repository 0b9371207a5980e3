"""Logins that ended early: people who logged out, accounts that were disabled.

A signed token is valid by itself until it expires; this small list takes it back. Every process
keeps a copy and reads it anew every few seconds, so a request costs no query.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time

from sqlalchemy import delete, select, text
from sqlalchemy.exc import SQLAlchemyError

from chassis.eventsourcing.database import Database
from chassis.security import LIFETIME_SECONDS
from gateway.accounts.tables import accounts, ended_tokens

log = logging.getLogger(__name__)

REFRESH_SECONDS = 5.0


class Endings:
    """The ended tokens and disabled accounts, as known to this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._tokens: frozenset[str] = frozenset()
        self._disabled: frozenset[str] = frozenset()
        self._fresh_until = 0.0

    def end(self, token: str) -> None:
        """Refuse ``token`` from now on."""
        now = int(time.time())
        with self._database.write() as connection:
            connection.execute(delete(ended_tokens).where(ended_tokens.c.forget_at < now))
            connection.execute(
                text(
                    "INSERT INTO ended_tokens (token_hash, forget_at) VALUES (:hash, :until) "
                    "ON CONFLICT (token_hash) DO NOTHING"
                ),
                {"hash": _hash(token), "until": now + LIFETIME_SECONDS},
            )
        self.refresh()

    def covers(self, account_id: str, token: str) -> bool:
        """Return whether this account or this token may no longer act."""
        if time.monotonic() >= self._fresh_until:
            self._refresh_if_possible()
        if account_id in self._disabled:
            return True
        return bool(self._tokens) and _hash(token) in self._tokens

    def _refresh_if_possible(self) -> None:
        try:
            self.refresh()
        except SQLAlchemyError:
            # Children go home also while this database is away: the last known list has to do.
            log.exception("the list of ended logins cannot be read")
            self._fresh_until = time.monotonic() + REFRESH_SECONDS

    def refresh(self) -> None:
        """Read the list anew."""
        with self._lock, self._database.read() as connection:
            self._tokens = frozenset(connection.scalars(select(ended_tokens.c.token_hash)))
            disabled = select(accounts.c.account_id).where(accounts.c.disabled)
            self._disabled = frozenset(connection.scalars(disabled))
            self._fresh_until = time.monotonic() + REFRESH_SECONDS


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
