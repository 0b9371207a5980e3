"""Configuration from the environment only; a missing or wrong value fails at start by its name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chassis.security import TokenKey
from chassis.signing import SigningKey
from chassis.vault import MasterKey, Vault


class WrongSetting(Exception):
    """An environment variable is missing or unusable; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one service process needs to know.

    ``database_url`` is an SQLAlchemy URL; ``amqp_url`` is empty in the embedded mode. Tree heads
    are signed every ``tree_head_seconds`` and, where a folder is named, exported there.
    """

    database_url: str = field(repr=False)
    token_key: TokenKey
    master_key: MasterKey
    signing_key: SigningKey
    old_master_keys: tuple[MasterKey, ...] = ()
    reread_master_keys: Callable[[], Sequence[MasterKey]] | None = None
    amqp_url: str = field(default="", repr=False)
    clock: str = "real"
    tree_head_seconds: int = 3600
    tree_heads_folder: str = ""

    def vault(self) -> Vault:
        """Return the vault over these master keys; ``old_master_keys`` open what they wrapped."""
        return Vault(self.master_key, self.old_master_keys, reread=self.reread_master_keys)


def from_environment(service: str, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of ``service`` in a cluster.

    Reads ``HP3_<SERVICE>_DATABASE_URL``, ``HP3_AMQP_URL``, ``HP3_TOKEN_KEY``, ``HP3_MASTER_KEY``
    and ``HP3_SIGNING_KEY`` (64 hex digits each, or ``…_FILE`` naming a file that holds them) and
    ``HP3_CLOCK``; optional are ``HP3_MASTER_KEY_OLD`` (one or more,
    while a rotation is under way), ``HP3_TREE_HEAD_SECONDS`` and ``HP3_TREE_HEADS_FOLDER``.

    Raises:
        WrongSetting: a variable is missing or unusable.
    """
    return Settings(
        database_url=_required(environment, f"HP3_{service.upper()}_DATABASE_URL"),
        amqp_url=_required(environment, "HP3_AMQP_URL"),
        token_key=TokenKey(_secret(environment, "HP3_TOKEN_KEY")),
        master_key=MasterKey(_secret(environment, "HP3_MASTER_KEY")),
        signing_key=SigningKey(_secret(environment, "HP3_SIGNING_KEY")),
        clock=environment.get("HP3_CLOCK", "real"),
        old_master_keys=tuple(map(MasterKey, _secrets(environment, "HP3_MASTER_KEY_OLD"))),
        tree_head_seconds=_seconds(environment, "HP3_TREE_HEAD_SECONDS", 3600),
        tree_heads_folder=environment.get("HP3_TREE_HEADS_FOLDER", ""),
    )


def _seconds(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise WrongSetting(f"{name} must be a number of seconds")
    return int(value)


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise WrongSetting(f"{name} is not set")
    return value


def _secret(environment: Mapping[str, str], name: str) -> bytes:
    return _bytes(name, _text(environment, name))


def _secrets(environment: Mapping[str, str], name: str) -> list[bytes]:
    return [_bytes(name, each) for each in _text(environment, name).replace(",", " ").split()]


def _text(environment: Mapping[str, str], name: str) -> str:
    text = environment.get(name, "")
    if not text and (path := environment.get(f"{name}_FILE")):
        text = Path(path).read_text(encoding="ascii").strip()
    return text


def _bytes(name: str, text: str) -> bytes:
    try:
        secret = bytes.fromhex(text)
    except ValueError as error:
        raise WrongSetting(f"{name} must be 64 hex digits") from error
    if len(secret) != 32:
        raise WrongSetting(f"{name} must be 64 hex digits (32 random bytes)")
    return secret
