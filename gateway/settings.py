"""The gateway's configuration from the environment only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from chassis.security import TokenKey
from chassis.settings import WrongSetting, _required, _secret


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """What a gateway process in a cluster needs to know."""

    database_url: str = field(repr=False)
    amqp_url: str = field(repr=False)
    token_key: TokenKey
    cookie_secret: bytes = field(repr=False)
    trusted_proxies: int = 0
    clock: str = "real"


def from_environment(environment: Mapping[str, str] = os.environ) -> GatewaySettings:
    """Return the gateway's settings.

    Reads ``HP3_GATEWAY_DATABASE_URL``, ``HP3_AMQP_URL``, ``HP3_TOKEN_KEY`` and
    ``HP3_COOKIE_SECRET`` (64 hex digits each, or ``…_FILE`` naming a file that holds them),
    ``HP3_TRUSTED_PROXIES`` (reverse proxies in front, 0 if unset) and ``HP3_CLOCK``.

    Raises:
        WrongSetting: a variable is missing or unusable.
    """
    return GatewaySettings(
        database_url=_required(environment, "HP3_GATEWAY_DATABASE_URL"),
        amqp_url=_required(environment, "HP3_AMQP_URL"),
        token_key=TokenKey(_secret(environment, "HP3_TOKEN_KEY")),
        cookie_secret=_secret(environment, "HP3_COOKIE_SECRET"),
        trusted_proxies=_count(environment, "HP3_TRUSTED_PROXIES"),
        clock=environment.get("HP3_CLOCK", "real"),
    )


def _count(environment: Mapping[str, str], name: str) -> int:
    text = environment.get(name, "0")
    if not text.isascii() or not text.isdigit():
        raise WrongSetting(f"{name} must be a number such as 0 or 1")
    return int(text)
