"""The accounts of one installation, over their own database (SQLite or PostgreSQL)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Update, select, text, update

from chassis.clock import new_id
from chassis.eventsourcing.database import Database, open_database
from chassis.eventsourcing.migrate import migrate
from gateway import migrations
from gateway.accounts import passwords, reading, throttle
from gateway.accounts.endings import Endings
from gateway.accounts.model import (
    Account,
    NewAccount,
    UsernameTaken,
    WrongCredentials,
    account_of,
    canonical,
    row_of,
)
from gateway.accounts.tables import accounts

_COLUMNS = ", ".join(column.name for column in accounts.columns)
_VALUES = ", ".join(f":{column.name}" for column in accounts.columns)
_INSERT = text(
    f"INSERT INTO accounts ({_COLUMNS}) VALUES ({_VALUES}) "  # noqa: S608 (columns of our own)
    "ON CONFLICT (username) DO NOTHING"
)
CHUNK = 500


class Accounts:
    """Who may log in, in which role, and what they read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._endings = Endings(database)

    @classmethod
    def open(cls, url: str) -> Accounts:
        """Open, and bring up to date, the accounts at an SQLAlchemy ``url``."""
        database = open_database(url)
        migrate(database.engine, migrations)
        return cls(database)

    def close(self) -> None:
        """Release the database."""
        self._database.close()

    def create(
        self,
        *,
        username: str,
        password: str,
        role: str,
        person_id: str | None = None,
        school_id: str | None = None,
        district_id: str | None = None,
        class_ids: Iterable[str] = (),
        password_change_due: bool = False,
    ) -> tuple[Account, bool]:
        """Return the account of a user name, and whether it was made just now.

        Raises:
            UsernameTaken: it exists with another role or scope.
        """
        new = NewAccount(
            username=username,
            password=password,
            role=role,
            person_id=person_id,
            school_id=school_id,
            district_id=district_id,
            class_ids=tuple(class_ids),
            password_change_due=password_change_due,
        )
        return self.create_many([new])[0]

    def create_many(self, new: Iterable[NewAccount]) -> list[tuple[Account, bool]]:
        """Make accounts, all or none; those that exist already stay as they are.

        Equal passwords of one batch are hashed once: only a sample has them, and hashing a
        thousand takes half a minute.

        Raises:
            UsernameTaken: one exists with another role or scope.
        """
        wanted = list(new)
        hashes = {p: passwords.hash_password(p) for p in {n.password for n in wanted}}
        at = datetime.now(UTC).isoformat()
        rows = [row_of(n, new_id(), hashes[n.password], at) for n in wanted]
        if not rows:
            return []
        with self._database.write() as connection:
            connection.execute(_INSERT, rows)
            stored = _by_name(connection, [row["username"] for row in rows])
            if not all(stored[canonical(n.username)].is_like(n) for n in wanted):
                raise UsernameTaken
        found = [stored[row["username"]] for row in rows]
        return [(a, a.account_id == r["account_id"]) for a, r in zip(found, rows, strict=True)]

    def login(self, username: str, password: str, address: str = "") -> Account:
        """Return the account that a user name and a password open.

        Raises:
            WrongCredentials: they do not, or the account is disabled.
            TooManyAttempts: this user name failed too often from ``address``.
        """
        name = canonical(username)
        key = throttle.key_of(name, address)
        with self._database.write() as connection:
            throttle.count_attempt(connection, key)
        row = self._row(accounts.c.username == name)
        if not passwords.matches(password, row["password_hash"] if row else None):
            raise WrongCredentials()
        assert row is not None
        if row["disabled"]:
            raise WrongCredentials("disabled")
        with self._database.write() as connection:
            throttle.clear(connection, key)
            if passwords.outdated(row["password_hash"]):
                connection.execute(_set(name, password_hash=passwords.hash_password(password)))
        return account_of(row)

    def set_password(self, username: str, password: str, *, change_due: bool = False) -> None:
        """Set a new password."""
        hashed = passwords.hash_password(password)
        with self._database.write() as connection:
            connection.execute(
                _set(canonical(username), password_hash=hashed, password_change_due=change_due)
            )

    def set_disabled(self, username: str, disabled: bool = True) -> None:
        """Disable or enable an account; its tokens end in this process at once."""
        with self._database.write() as connection:
            connection.execute(_set(canonical(username), disabled=disabled))
        self._endings.refresh()

    def close_person(self, person_id: str) -> int:
        """End the accounts of somebody whose data are erased; return how many were open.

        A user name may say who it was, so the account keeps its id alone.
        """
        query = select(accounts.c.account_id).where(
            accounts.c.person_id == person_id, accounts.c.disabled.is_(False)
        )
        with self._database.write() as connection:
            found = [str(row.account_id) for row in connection.execute(query)]
            for account_id in found:
                connection.execute(
                    update(accounts)
                    .where(accounts.c.account_id == account_id)
                    .values(username=f"erased-{account_id}"[:64], disabled=True, password_hash="")
                )
        self._endings.refresh()
        return len(found)

    def find(self, username: str) -> Account | None:
        """Return the account of a user name, or None."""
        row = self._row(accounts.c.username == canonical(username))
        return account_of(row) if row else None

    def get(self, account_id: str) -> Account | None:
        """Return an account by its id, or None."""
        row = self._row(accounts.c.account_id == account_id)
        return account_of(row) if row else None

    def of_school(self, school_id: str, *, after: str | None, limit: int) -> list[Account]:
        """Return up to ``limit`` accounts of a school by user name, after ``after``."""
        query = select(accounts).where(
            accounts.c.school_id == school_id, accounts.c.username > (after or "")
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(accounts.c.username).limit(limit)).mappings()
            return [account_of(row) for row in rows]

    def end(self, token: str) -> None:
        """Refuse ``token`` from now on (its owner logged out)."""
        self._endings.end(token)

    def is_ended(self, account_id: str, token: str) -> bool:
        """Return whether this account or this token may no longer act."""
        return self._endings.covers(account_id, token)

    def record_read(self, read: reading.Read) -> None:
        """Keep who read what; on return it is durable."""
        with self._database.write() as connection:
            reading.record(connection, read)

    def reads_of(self, subject_id: str, *, after: str | None, limit: int) -> list[dict[str, Any]]:
        """Return who read a subject's data, newest first."""
        with self._database.read() as connection:
            return reading.of_subject(connection, subject_id, after=after, limit=limit)

    def answers(self) -> bool:
        """Return whether the database answers."""
        try:
            with self._database.read() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # whatever is wrong, nobody can log in
            return False
        return True

    def _row(self, condition: Any) -> Mapping[Any, Any] | None:
        with self._database.read() as connection:
            return connection.execute(select(accounts).where(condition)).mappings().first()


def _set(username: str, **values: Any) -> Update:
    return update(accounts).where(accounts.c.username == username).values(**values)


def _by_name(connection: Connection, names: list[str]) -> dict[str, Account]:
    found: dict[str, Account] = {}
    for start in range(0, len(names), CHUNK):
        query = select(accounts).where(accounts.c.username.in_(names[start : start + CHUNK]))
        for row in connection.execute(query).mappings():
            found[row["username"]] = account_of(row)
    return found
