"""Secrets of the embedded mode: made once per data folder, readable by its owner only."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chassis.security import TokenKey
from chassis.signing import SigningKey
from chassis.vault import MasterKey

FILE = "keys.json"


@dataclass(frozen=True, slots=True)
class Keys:
    """``token`` signs logins, ``master`` wraps the vault's keys, ``signing`` signs proofs."""

    token: TokenKey
    master: MasterKey
    signing: SigningKey
    sample_password: str = field(repr=False)
    old_masters: tuple[MasterKey, ...] = ()


def keys_of(data: Path) -> Keys:
    """Return the keys under ``data``, making them at the first start."""
    path = data / FILE
    stored = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
    fresh = {name: make() for name, make in _KINDS.items() if name not in stored}
    if fresh:  # a new folder, or one of a release that knew fewer keys
        stored |= fresh
        _write(path, stored)
    return Keys(
        token=TokenKey(bytes.fromhex(stored["token"])),
        master=MasterKey(bytes.fromhex(stored["master"])),
        signing=SigningKey(bytes.fromhex(stored["signing"])),
        old_masters=tuple(MasterKey(bytes.fromhex(each)) for each in _old(stored)),
        sample_password=stored["sample_password"],
    )


def masters_of(data: Path) -> list[MasterKey]:
    """Return the master keys under ``data``, the current one first."""
    keys = keys_of(data)
    return [keys.master, *keys.old_masters]


def new_master(data: Path) -> Keys:
    """Make another master key the current one; the one before still opens what it wrapped."""
    path = data / FILE
    stored = json.loads(path.read_text(encoding="ascii"))
    stored["master_old"] = " ".join([stored["master"], *_old(stored)])
    stored["master"] = secrets.token_hex(32)
    _write(path, stored)
    return keys_of(data)


def forget_old_masters(data: Path) -> None:
    """Destroy the master keys before the current one: nothing is wrapped by them any more."""
    path = data / FILE
    stored = json.loads(path.read_text(encoding="ascii"))
    if stored.pop("master_old", ""):
        _write(path, stored)


def _old(stored: Mapping[str, str]) -> list[str]:
    return stored.get("master_old", "").split()


_KINDS: Mapping[str, Callable[[], str]] = {
    "token": lambda: secrets.token_hex(32),
    "master": lambda: secrets.token_hex(32),
    "signing": lambda: secrets.token_hex(32),
    "sample_password": lambda: f"demo-{secrets.token_hex(4)}",
}


def _write(path: Path, stored: dict[str, str]) -> None:
    # Written aside and renamed: a kill between the two leaves no half-written key file.
    aside = path.with_suffix(".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(stored, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
