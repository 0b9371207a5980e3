"""Back-ups of the embedded mode in two parts, so that an erasure reaches into old ones.

``data`` holds the databases without the subjects' keys; any number may be kept for as long as one
likes. ``keys`` holds the keys of persons who are not erased, and the master key; the newest
replaces the one before. Without its key nobody reads a person's data out of an old ``data``.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

from chassis.kernel.errors import BusinessRuleViolation
from contracts.language import SERVICES
from hp3.keys import FILE

DATABASES = (*SERVICES, "gateway")
KEYS = "keys"


class BackupUnusable(BusinessRuleViolation):
    """There is no whole back-up in the folder, or data where it should go."""

    code = "backup.unusable"


def back_up(data: Path, folder: Path, name: str) -> Path:
    """Copy what is under ``data``, while it is in use; return the folder of the data part."""
    target, aside = folder / name, folder / f".{name}.part"
    keys, keys_aside = folder / KEYS, folder / f".{KEYS}.part"
    if target.exists():
        raise BackupUnusable("exists", target=target)
    for part in (aside, keys_aside):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
    for database in DATABASES:
        _copy(data / f"{database}.sqlite", aside / f"{database}.sqlite")
        _split(aside / f"{database}.sqlite", keys_aside / f"{database}.json")
    shutil.copy2(data / FILE, keys_aside / FILE)
    for each in ("sample.json", "demo-clock.json"):
        if (data / each).exists():
            shutil.copy2(data / each, aside / each)
    aside.rename(target)
    shutil.rmtree(keys, ignore_errors=True)
    keys_aside.rename(keys)
    return target


def restore(folder: Path, name: str, data: Path) -> None:
    """Put a data part under the empty folder ``data``, with the newest keys."""
    source, keys = folder / name, folder / KEYS
    if not source.is_dir() or not keys.is_dir():
        raise BackupUnusable("missing", source=source, keys=keys)
    if data.exists() and any(data.iterdir()):
        raise BackupUnusable("not-empty", data=data)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    for database in DATABASES:
        shutil.copy2(source / f"{database}.sqlite", data / f"{database}.sqlite")
        _join(data / f"{database}.sqlite", keys / f"{database}.json")
    for path in source.glob("*.json"):
        shutil.copy2(path, data / path.name)
    shutil.copy2(keys / FILE, data / FILE)


def _copy(source: Path, target: Path) -> None:
    read, write = sqlite3.connect(source), sqlite3.connect(target)
    try:
        read.backup(write)
    finally:
        read.close()
        write.close()


def _split(database: Path, keys: Path) -> None:
    connection = sqlite3.connect(database)
    try:
        found = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'vault_keys'"
        ).fetchone()
        rows = []
        if found:
            connection.execute("PRAGMA secure_delete=ON")
            for subject, wrapped, key_id, erased_at in connection.execute(
                "SELECT subject_id, wrapped_key, master_key_id, erased_at FROM vault_keys"
            ):
                rows.append([subject, wrapped.hex(), key_id, erased_at])
            connection.execute("DELETE FROM vault_keys")
            connection.commit()
            connection.execute("VACUUM")
        keys.write_text(json.dumps(rows), encoding="ascii")
    finally:
        connection.close()


def _join(database: Path, keys: Path) -> None:
    rows = [
        (subject, bytes.fromhex(wrapped), key_id, erased_at)
        for subject, wrapped, key_id, erased_at in json.loads(keys.read_text(encoding="ascii"))
    ]
    if not rows:
        return
    connection = sqlite3.connect(database)
    try:
        connection.executemany("INSERT INTO vault_keys VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    finally:
        connection.close()
