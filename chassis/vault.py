"""Personal data, encrypted with a key per subject; destroying the key erases the person.

Events carry opaque ids only. Names, phones, identity numbers and free text live here, under
AES-256-GCM with a data key per subject, itself wrapped by the master key. Subject and field are
bound in as associated data, so a ciphertext moved to another row does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

ERASED = "（已删除）"
"""Shown where a name was, once its key is destroyed."""

_NONCE = 12


@dataclass(frozen=True, slots=True)
class MasterKey:
    """32 random bytes that wrap the subjects' keys; from a file or the environment."""

    secret: bytes = field(repr=False)

    @property
    def key_id(self) -> str:
        """A short public name of the key, to tell rotated keys apart."""
        return hashlib.sha256(b"id" + self.secret).hexdigest()[:16]

    def fingerprint(self, purpose: str, text: str) -> str:
        """Return a keyed hash of ``text``: equal texts match, nobody without the key can guess."""
        key = hmac.digest(self.secret, f"fingerprint:{purpose}".encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()


class Vault:
    """Opens sessions on a service's vault tables."""

    def __init__(self, master: MasterKey) -> None:
        self.master = master
        self._wrapper = AESGCM(hmac.digest(master.secret, b"wrap", "sha256"))

    def session(self, connection: Connection) -> VaultSession:
        """Return the vault as seen by one database transaction."""
        return VaultSession(self, connection)

    def wrap(self, subject_id: str, key: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._wrapper.encrypt(nonce, key, subject_id.encode())

    def unwrap(self, subject_id: str, wrapped: bytes) -> bytes:
        return self._wrapper.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], subject_id.encode())


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
        """Store the fields of many subjects, hundreds of rows per statement."""
        keys = self._keys(subjects)
        fresh = {subject: os.urandom(32) for subject in subjects if subject not in keys}
        key_id = self._vault.master.key_id
        self._insert(
            "vault_keys (subject_id, wrapped_key, master_key_id)",
            [(subject, self._vault.wrap(subject, key), key_id) for subject, key in fresh.items()],
        )
        keys |= fresh
        self._insert(
            "vault",
            [
                (subject, name, _seal(keys[subject], subject, name, value))
                for subject, fields in subjects.items()
                for name, value in fields.items()
                if value is not None
            ],
            "ON CONFLICT (subject_id, field) DO UPDATE SET ciphertext = excluded.ciphertext",
        )

    def _insert(
        self, table: str, rows: Sequence[tuple[str, object, object]], conflict: str = ""
    ) -> None:
        # psycopg2 sends the rows of an executemany one round trip each; a roster has thousands.
        row_marks = f"({', '.join([self._mark] * 3)})"
        for start in range(0, len(rows), 500):
            chunk = rows[start : start + 500]
            self._connection.exec_driver_sql(
                f"INSERT INTO {table} VALUES {', '.join([row_marks] * len(chunk))} {conflict}",
                tuple(value for row in chunk for value in row),
            )

    def get(self, subject_id: str, name: str) -> str | None:
        """Return one field of a subject: None if never stored, ``ERASED`` if the key is gone."""
        return self.get_many([subject_id]).get(subject_id, {}).get(name)

    def get_many(self, subject_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return all fields of many subjects."""
        wanted = list(dict.fromkeys(subject_ids))
        keys = self._keys(wanted)
        found: dict[str, dict[str, str]] = {}
        mark = self._mark
        for start in range(0, len(wanted), 500):
            chunk = wanted[start : start + 500]
            rows = self._connection.exec_driver_sql(
                "SELECT subject_id, field, ciphertext FROM vault "
                f"WHERE subject_id IN ({', '.join([mark] * len(chunk))})",
                tuple(chunk),
            )
            for subject, name, ciphertext in rows:
                fields = found.setdefault(subject, {})
                key = keys.get(subject)
                fields[name] = _open(key, subject, name, bytes(ciphertext)) if key else ERASED
        return found

    def _keys(self, subject_ids: Iterable[str]) -> dict[str, bytes]:
        wanted = list(subject_ids)
        keys: dict[str, bytes] = {}
        mark = self._mark
        for start in range(0, len(wanted), 500):
            chunk = wanted[start : start + 500]
            rows = self._connection.exec_driver_sql(
                "SELECT subject_id, wrapped_key FROM vault_keys "
                f"WHERE subject_id IN ({', '.join([mark] * len(chunk))})",
                tuple(chunk),
            )
            for subject, wrapped in rows:
                keys[subject] = self._vault.unwrap(subject, bytes(wrapped))
        return keys


def _seal(key: bytes, subject: str, name: str, value: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value.encode(), f"{subject}/{name}".encode())


def _open(key: bytes, subject: str, name: str, ciphertext: bytes) -> str:
    associated = f"{subject}/{name}".encode()
    return AESGCM(key).decrypt(ciphertext[:_NONCE], ciphertext[_NONCE:], associated).decode()
