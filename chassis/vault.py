"""Personal data, encrypted with a key per subject; destroying the key erases the person.

Events carry opaque ids only. Names, phones, identity numbers and free text live here, under
AES-256-GCM with a data key per subject, itself wrapped by the master key. Subject and field are
bound in as associated data, so a ciphertext moved to another row does not open.

Rotating the master key wraps the subjects' keys anew and touches no data. Erasing destroys a
subject's key; its row stays, so that names show as erased and nothing is stored again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, text

from chassis.kernel.errors import BusinessRuleViolation
from chassis.many_rows import binary, insert_many

ERASED = "（已删除）"
"""Shown where a name was, once its key is destroyed."""

FINGERPRINT = "fingerprint:"
"""Where the keys of fingerprints stand among the subjects."""

_NONCE = 12
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class MasterKey:
    """32 random bytes that wrap the subjects' keys; from a file or the environment."""

    secret: bytes = field(repr=False)

    @property
    def key_id(self) -> str:
        """A short public name of the key, to tell rotated keys apart."""
        return hashlib.sha256(b"id" + self.secret).hexdigest()[:16]

    @property
    def wrapper(self) -> AESGCM:
        """What wraps and unwraps subjects' keys."""
        return AESGCM(hmac.digest(self.secret, b"wrap", "sha256"))

    def fingerprint_key(self, purpose: str) -> bytes:
        """Return the first key of ``purpose``; stored once, it outlives the master key."""
        return hmac.digest(self.secret, f"fingerprint:{purpose}".encode(), "sha256")


class Transactions(Protocol):
    """What the vault needs of a database."""

    def read(self) -> AbstractContextManager[Connection]:
        """Open a connection for reading committed data."""

    def write(self) -> AbstractContextManager[Connection]:
        """Open a transaction."""


class WrongMasterKey(Exception):
    """The vault holds keys that no master key given here opens."""


class Vault:
    """Opens sessions on a service's vault tables.

    ``older`` master keys still open what they wrapped, until ``rewrap`` has wrapped it anew.
    ``reread`` returns the keys as they are now (current first), for a process that was started
    before a rotation.
    """

    def __init__(
        self,
        master: MasterKey,
        older: Sequence[MasterKey] = (),
        *,
        reread: Callable[[], Sequence[MasterKey]] | None = None,
    ) -> None:
        self._reread = reread
        self._fingerprints: dict[str, bytes] = {}
        self._take((master, *older))

    def session(self, connection: Connection) -> VaultSession:
        """Return the vault as seen by one database transaction."""
        return VaultSession(self, connection)

    def begin(self, database: Transactions, purposes: Iterable[str] = ()) -> None:
        """Check that the stored keys open, and load (at first make) the keys of fingerprints.

        Raises:
            WrongMasterKey: they do not.
        """
        with database.read() as connection:
            check_keys(connection, self)
        self.learn(database, purposes)

    def learn(self, database: Transactions, purposes: Iterable[str]) -> None:
        """Load the keys of fingerprints that are not known yet, or make them at their first use."""
        unknown = [purpose for purpose in purposes if purpose not in self._fingerprints]
        if not unknown:
            return
        with database.write() as connection:
            session = self.session(connection)
            oldest = list(self._keys.values())[-1]
            for purpose in unknown:
                self._fingerprints[purpose] = session.keep_key(
                    f"{FINGERPRINT}{purpose}", oldest.fingerprint_key(purpose)
                )

    def fingerprint(self, purpose: str, text: str) -> str:
        """Return a keyed hash of ``text``: equal texts match, nobody without the key can guess."""
        return hmac.digest(self._fingerprints[purpose], text.encode(), "sha256").hex()

    def wrap(self, subject_id: str, key: bytes) -> tuple[bytes, str]:
        """Return a subject's key wrapped, and the name of the master key that did it."""
        nonce = os.urandom(_NONCE)
        wrapped = nonce + self._wrappers[self._current].encrypt(nonce, key, subject_id.encode())
        return wrapped, self._current

    def unwrap(self, subject_id: str, wrapped: bytes, key_id: str) -> bytes:
        """Return a subject's key.

        Raises:
            WrongMasterKey: it was wrapped by a master key that is not here.
        """
        if key_id not in self._keys and self._reread is not None:
            self._take(self._reread())
        if key_id not in self._keys:
            raise WrongMasterKey(
                f"{subject_id}: wrapped by master key {key_id}, which is not given here "
                f"(given: {', '.join(self._keys)}). Set HP3_MASTER_KEY_OLD to it."
            )
        wrapper = self._wrappers[key_id]
        return wrapper.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], subject_id.encode())

    def _take(self, keys: Sequence[MasterKey]) -> None:
        self.master = keys[0]
        self._keys = {key.key_id: key for key in keys}
        # Made once: a roster wraps keys by the hundred thousand.
        self._wrappers = {key_id: key.wrapper for key_id, key in self._keys.items()}
        self._current = self.master.key_id


def check_keys(connection: Connection, vault: Vault) -> None:
    """Open one stored key per master key that wrapped any.

    Raises:
        WrongMasterKey: one cannot be opened with the master keys given.
    """
    found = connection.execute(
        text(
            "SELECT MIN(subject_id) AS subject_id, master_key_id FROM vault_keys "
            "WHERE erased_at IS NULL GROUP BY master_key_id"
        )
    ).all()
    for row in found:
        query = text("SELECT wrapped_key FROM vault_keys WHERE subject_id = :subject")
        wrapped = connection.execute(query, {"subject": row.subject_id}).scalar_one()
        try:
            vault.unwrap(row.subject_id, bytes(wrapped), row.master_key_id)
        except InvalidTag:
            raise WrongMasterKey(f"{row.subject_id}: its key does not open") from None


def wrapped_by(connection: Connection) -> dict[str, int]:
    """Return how many keys each master key wraps, by its name."""
    query = text(
        "SELECT master_key_id, COUNT(*) FROM vault_keys WHERE erased_at IS NULL "
        "GROUP BY master_key_id ORDER BY master_key_id"
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def rewrap(database: Transactions, vault: Vault, *, at_once: int = 500) -> int:
    """Wrap every key that an older master key wrapped with the current one; return how many.

    A batch a transaction, rows untouched: killed, it goes on where it was. Others go on meanwhile.
    """
    select = text(
        "SELECT subject_id, wrapped_key, master_key_id FROM vault_keys "
        "WHERE erased_at IS NULL AND master_key_id <> :current ORDER BY subject_id LIMIT :n"
    )
    update = text(
        "UPDATE vault_keys SET wrapped_key = :wrapped, master_key_id = :now "
        "WHERE subject_id = :subject AND master_key_id = :before AND erased_at IS NULL"
    )
    done = 0
    while True:
        with database.write() as connection:
            values = {"current": vault.master.key_id, "n": at_once}
            rows = connection.execute(select, values).all()
            for row in rows:
                key = vault.unwrap(row.subject_id, bytes(row.wrapped_key), row.master_key_id)
                wrapped, now = vault.wrap(row.subject_id, key)
                connection.execute(
                    update,
                    {
                        "wrapped": wrapped,
                        "now": now,
                        "subject": row.subject_id,
                        "before": row.master_key_id,
                    },
                )
        done += len(rows)
        if len(rows) < at_once:
            return done


class SubjectErased(BusinessRuleViolation):
    """Nothing more is stored about somebody whose data were erased."""

    code = "vault.subject-erased"


class VaultSession:
    """Reads and writes of personal data inside one transaction."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection
        self._mark = "?" if connection.dialect.name == "sqlite" else "%s"

    def put(self, subject_id: str, **fields: str | None) -> None:
        """Store a subject's fields, making the subject's key at the first time. None is skipped."""
        self.put_many({subject_id: fields})

    def put_many(self, subjects: Mapping[str, Mapping[str, str | None]]) -> None:
        """Store the fields of many subjects, in a few statements."""
        keys, erased = self._found(subjects)
        if erased:
            raise SubjectErased()
        fresh = {subject: os.urandom(32) for subject in subjects if subject not in keys}
        self._insert_keys(fresh)
        keys |= fresh
        insert_many(
            self._connection,
            "vault",
            ("subject_id", "field", "ciphertext"),
            [
                (subject, name, binary(self._connection, sealed))
                for subject, fields in subjects.items()
                for name, sealed in _seal(keys[subject], subject, fields)
            ],
            "ON CONFLICT (subject_id, field) DO UPDATE SET ciphertext = excluded.ciphertext",
        )

    def _insert_keys(self, keys: Mapping[str, bytes], then: str = "") -> None:
        rows = []
        for subject, key in keys.items():
            wrapped, master_key_id = self._vault.wrap(subject, key)
            rows.append((subject, binary(self._connection, wrapped), master_key_id))
        columns = ("subject_id", "wrapped_key", "master_key_id")
        insert_many(self._connection, "vault_keys", columns, rows, then)

    def get(self, subject_id: str, name: str) -> str | None:
        """Return one field of a subject: None if never stored, ``ERASED`` if the key is gone."""
        return self.get_many([subject_id]).get(subject_id, {}).get(name)

    def get_many(self, subject_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return all fields of many subjects."""
        wanted = list(dict.fromkeys(subject_ids))
        found: dict[str, dict[str, str]] = {}
        mark = self._mark
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            # With the keys in one statement: a name then is either readable or erased, and it
            # costs one round trip.
            rows = self._connection.exec_driver_sql(
                "SELECT v.subject_id, v.field, v.ciphertext, k.wrapped_key, k.master_key_id "
                "FROM vault v LEFT JOIN vault_keys k "
                "ON k.subject_id = v.subject_id AND k.erased_at IS NULL "
                f"WHERE v.subject_id IN ({', '.join([mark] * len(chunk))})",
                tuple(chunk),
            )
            ciphers: dict[str, AESGCM] = {}
            for subject, name, ciphertext, wrapped, key_id in rows:
                fields = found.setdefault(subject, {})
                if wrapped is None:
                    fields[name] = ERASED
                    continue
                if subject not in ciphers:
                    key = self._vault.unwrap(subject, bytes(wrapped), key_id)
                    ciphers[subject] = AESGCM(key)
                fields[name] = _open(ciphers[subject], subject, name, bytes(ciphertext))
        return found

    def keep_key(self, subject_id: str, key: bytes) -> bytes:
        """Store ``key`` for a subject unless there is one; return the one that is stored."""
        self._insert_keys({subject_id: key}, "ON CONFLICT (subject_id) DO NOTHING")
        return self._keys([subject_id])[subject_id]

    def held(self, subject_ids: Iterable[str]) -> list[str]:
        """Return those subjects that have a key, and so data."""
        return sorted(self._found(subject_ids)[0])

    def erased(self, subject_ids: Iterable[str]) -> set[str]:
        """Return those subjects whose key was destroyed."""
        return self._found(subject_ids)[1]

    def destroy(self, subject_ids: Sequence[str], at: datetime) -> int:
        """Destroy subjects' keys for ever; return how many fields can no longer be read."""
        fields = 0
        when = at.isoformat(timespec="milliseconds")
        for subject in subject_ids:
            values = {"subject": subject, "at": when, "none": b""}
            self._connection.execute(
                text(
                    "UPDATE vault_keys SET wrapped_key = :none, erased_at = :at "
                    "WHERE subject_id = :subject AND erased_at IS NULL"
                ),
                values,
            )
            count = text("SELECT COUNT(*) FROM vault WHERE subject_id = :subject")
            fields += int(self._connection.execute(count, values).scalar() or 0)
        return fields

    def _keys(self, subject_ids: Iterable[str]) -> dict[str, bytes]:
        return self._found(subject_ids)[0]

    def _found(self, subject_ids: Iterable[str]) -> tuple[dict[str, bytes], set[str]]:
        """Return the keys of subjects, and those subjects whose key was destroyed."""
        wanted = list(subject_ids)
        keys: dict[str, bytes] = {}
        erased: set[str] = set()
        mark = self._mark
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            rows = self._connection.exec_driver_sql(
                "SELECT subject_id, wrapped_key, master_key_id, erased_at FROM vault_keys "
                f"WHERE subject_id IN ({', '.join([mark] * len(chunk))})",
                tuple(chunk),
            )
            for subject, wrapped, key_id, erased_at in rows:
                if erased_at is not None:
                    erased.add(subject)
                else:
                    keys[subject] = self._vault.unwrap(subject, bytes(wrapped), key_id)
        return keys, erased


def _seal(
    key: bytes, subject: str, fields: Mapping[str, str | None]
) -> Iterator[tuple[str, bytes]]:
    cipher = AESGCM(key)
    for name, value in fields.items():
        if value is not None:
            nonce = os.urandom(_NONCE)
            associated = f"{subject}/{name}".encode()
            yield name, nonce + cipher.encrypt(nonce, value.encode(), associated)


def _open(cipher: AESGCM, subject: str, name: str, ciphertext: bytes) -> str:
    associated = f"{subject}/{name}".encode()
    return cipher.decrypt(ciphertext[:_NONCE], ciphertext[_NONCE:], associated).decode()
