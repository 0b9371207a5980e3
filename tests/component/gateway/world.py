"""A gateway over services that answer what a test says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from chassis.clock import DemoClock
from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import CHINA, Principal
from chassis.security import issue_token
from chassis.testing.world import TOKEN_KEY, FixedClock
from gateway.accounts import Accounts
from gateway.app import create_app

NOW = datetime(2026, 9, 1, 15, 30, tzinfo=CHINA)
PASSWORD = "three-thirty"

OFFICE = Principal(account_id="a-office", role="school_office", school_id="s1")
GUARD = Principal(account_id="a-guard", role="gate_guard", school_id="s1", person_id="p-guard")
GUARDIAN = Principal(account_id="a-guardian", role="guardian", person_id="g1")
OPERATOR = Principal(account_id="a-operator", role="operator")


@dataclass
class Call:
    """What a service was asked."""

    service: str
    operation: str
    context: dict[str, Any]
    params: dict[str, Any]
    body: dict[str, Any]


@dataclass
class FakeServices:
    """Answers every call with ``replies[operation]``, or an empty success; remembers the calls."""

    replies: dict[str, WireReply | Exception] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def call(
        self,
        service: str,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> WireReply:
        self.calls.append(
            Call(service, operation, dict(context), dict(params or {}), dict(body or {}))
        )
        reply = self.replies.get(operation, {"status": "ok", "body": {}})
        if isinstance(reply, Exception):
            raise reply
        return reply

    def answers(self, operation: str, **body: Any) -> None:
        self.replies[operation] = {"status": "ok", "body": body}

    def refuses(self, operation: str, kind: str, code: str = "test.refused", **more: Any) -> None:
        self.replies[operation] = {
            "status": "refused",
            "kind": kind,
            "code": code,
            "clauses": ["P1-084"],
            "detail": {"zh": "不行，请改。", "en": "No; change it."},
            **more,
        }

    @property
    def last(self) -> Call:
        return self.calls[-1]


@dataclass(frozen=True, eq=False)
class World:
    """A gateway, its accounts and the services behind it."""

    app: Flask
    services: FakeServices
    accounts: Accounts

    @property
    def client(self) -> FlaskClient:
        """A client of its own that is nobody."""
        return self.app.test_client()

    def as_(self, principal: Principal) -> dict[str, str]:
        """Return the headers of an API client acting as ``principal``."""
        return {"Authorization": f"Bearer {issue_token(principal, TOKEN_KEY)}"}


def world_over(accounts: Accounts, demo_clock: DemoClock | None = None) -> World:
    """Return a gateway over ``accounts`` and fake services."""
    services = FakeServices()
    app = create_app(
        caller=services,
        accounts=accounts,
        clock=demo_clock or FixedClock(NOW),
        token_key=TOKEN_KEY,
        cookie_secret=b"c" * 32,
        demo_clock=demo_clock,
    )
    return World(app, services, accounts)
