"""Secrets of the embedded mode: made once per data folder, readable by its owner only."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from chassis.security import TokenKey
from chassis.vault import MasterKey

FILE = "keys.json"


@dataclass(frozen=True, slots=True)
class Keys:
    """``token`` signs logins, ``master`` wraps the vault's keys."""

    token: TokenKey
    master: MasterKey
    sample_password: str = field(repr=False)


def keys_of(data: Path) -> Keys:
    """Return the keys under ``data``, making them at the first start."""
    path = data / FILE
    if not path.exists():
        _write(path)
    stored = json.loads(path.read_text(encoding="ascii"))
    return Keys(
        token=TokenKey(bytes.fromhex(stored["token"])),
        master=MasterKey(bytes.fromhex(stored["master"])),
        sample_password=stored["sample_password"],
    )


def _write(path: Path) -> None:
    fresh = {
        "token": secrets.token_hex(32),
        "master": secrets.token_hex(32),
        "sample_password": f"demo-{secrets.token_hex(4)}",
    }
    # Written aside and renamed: a kill between the two leaves no half-written key file.
    aside = path.with_suffix(".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(fresh, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
