"""Helpers to build a service on a throw-away SQLite file and call it as somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from chassis.eventsourcing.application import WireReply
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.migrate import migrate
from chassis.kernel.call import Principal
from chassis.security import TokenKey, issue_token
from chassis.service import Service
from chassis.settings import Settings
from chassis.signing import SigningKey
from chassis.vault import MasterKey

TOKEN_KEY = TokenKey(b"t" * 32)
MASTER_KEY = MasterKey(b"m" * 32)
SIGNING_KEY = SigningKey(b"s" * 32)


class FixedClock:
    """A clock that a test sets."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant


class Silent:
    """A log without events, for a service whose owners have nothing to say in a test."""

    def heads(self) -> dict[str, int]:
        return {}

    def read(self, partition: str, after_seq: int = 0, limit: int = 1000) -> list[Event]:
        return []

    def digest(self, partition: str, after_seq: int, to_seq: int) -> tuple[int, int]:
        return 0, 0


def settings_for(database_url: str) -> Settings:
    """Return settings with the tests' keys over ``database_url``."""
    return Settings(
        database_url=database_url,
        token_key=TOKEN_KEY,
        master_key=MASTER_KEY,
        signing_key=SIGNING_KEY,
    )


def call(
    service: Service,
    principal: Principal,
    operation: str,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    **context: Any,
) -> WireReply:
    """Call ``operation`` as ``principal``, the way the gateway does."""
    token = issue_token(principal, TOKEN_KEY)
    return service.application.handle(operation, {"token": token, **context}, params, body)


def fresh_sqlite(path: Path, migrations: ModuleType) -> str:
    """Put an empty database of the newest revision at ``path``; return its URL.

    The revisions run once per test session; a copy takes a hundredth of their time.
    """
    path.write_bytes(_migrated(migrations))
    return f"sqlite:///{path}"


@cache
def _migrated(migrations: ModuleType) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite"
        database = open_database(f"sqlite:///{path}")
        migrate(database.engine, migrations)
        database.close()
        return path.read_bytes()
