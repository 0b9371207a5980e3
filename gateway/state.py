"""What a request finds of the application that serves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from chassis.clock import Clock, DemoClock
from chassis.security import TokenKey
from gateway.accounts import Accounts
from gateway.clients import ServiceCaller

EXTENSION = "hp3"


@dataclass(frozen=True, slots=True)
class Gateway:
    """The gateway's parts; ``demo_clock`` is None where time is real."""

    caller: ServiceCaller
    accounts: Accounts
    clock: Clock
    token_key: TokenKey
    cookie_secret: bytes = field(repr=False)
    demo_clock: DemoClock | None = None


def gateway() -> Gateway:
    """Return the parts of the application that serves this request."""
    return cast(Gateway, current_app.extensions[EXTENSION])
