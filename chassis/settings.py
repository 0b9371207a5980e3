"""Configuration from the environment only; a missing or wrong value fails at start by its name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chassis.security import TokenKey
from chassis.signing import SigningKey
from chassis.vault import MasterKey


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
    amqp_url: str = field(default="", repr=False)
    clock: str = "real"
    tree_head_seconds: int = 3600
    tree_heads_folder: str = ""


def from_environment(service: str, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of ``service`` in a cluster.

    Reads ``HP3_<SERVICE>_DATABASE_URL``, ``HP3_AMQP_URL``, ``HP3_TOKEN_KEY``, ``HP3_MASTER_KEY``
    and ``HP3_SIGNING_KEY`` (64 hex digits each, or ``…_FILE`` naming a file that holds them) and
    ``HP3_CLOCK``; optional are ``HP3_TREE_HEAD_SECONDS`` and ``HP3_TREE_HEADS_FOLDER``.

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
    text = environment.get(name, "")
    if not text and (path := environment.get(f"{name}_FILE")):
        text = Path(path).read_text(encoding="ascii").strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError as error:
        raise WrongSetting(f"{name} must be 64 hex digits") from error
    if len(secret) != 32:
        raise WrongSetting(f"{name} must be 64 hex digits (32 random bytes)")
    return secret
