"""How the command line reaches an installation: embedded data, or a cluster by its environment."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chassis.clock import new_id
from chassis.kernel.call import SYSTEM, Principal
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.rpc_client import RpcCaller
from chassis.security import TokenKey, issue_token
from chassis.service import Service
from chassis.settings import from_environment
from gateway.accounts import Accounts
from gateway.clients import ServiceCaller
from hp3 import cluster
from hp3.demo_clock import running_clock
from hp3.embedded import open_accounts, open_embedded

PATIENCE_SECONDS = 300.0
"""An operator's call may take as long as a replay of many events does."""


class Refused(BusinessRuleViolation):
    """A service refused what the command line asked for."""

    code = "refused"


def data_folder() -> Path:
    """Return where the embedded mode keeps its data: ``HP3_DATA``, or ``var`` in this folder."""
    return Path(os.environ.get("HP3_DATA") or "var").resolve()


def in_cluster() -> bool:
    """Return whether the environment names a cluster."""
    return bool(os.environ.get("HP3_AMQP_URL"))


def operator() -> Principal:
    """Return whoever sits at this terminal, as the operator on record."""
    return Principal(account_id=f"cli:{getpass.getuser()}"[:64], role="operator")


def accounts() -> Accounts:
    """Open the gateway's accounts."""
    if in_cluster():
        return Accounts.open(os.environ["HP3_GATEWAY_DATABASE_URL"])
    return open_accounts(data_folder())


class Calls:
    """Calls of an installation's services, as ``principal``."""

    def __init__(self, caller: ServiceCaller, key: TokenKey) -> None:
        self._caller = caller
        self._key = key

    def ask(
        self,
        service: str,
        operation: str,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        *,
        principal: Principal = SYSTEM,
    ) -> dict[str, Any]:
        """Return the body of a query's or command's reply.

        Raises:
            Refused: the service said no; the message says why and what to do.
        """
        context = {"token": issue_token(principal, self._key), "idempotency_key": new_id()}
        reply = self._caller.call(service, operation, context, params or {}, body)
        if reply["status"] != "ok":
            raise Refused(
                "by-a-service",
                code=reply["code"],
                words=reply["detail"]["zh"],
                errors=str(reply.get("errors", "")),
            )
        return dict(reply["body"])


@contextmanager
def calls() -> Iterator[Calls]:
    """Yield the calls of the installation."""
    if in_cluster():
        settings = from_environment("enrollment")
        caller = RpcCaller(settings.amqp_url, name="hp3", timeout=PATIENCE_SECONDS)
        try:
            yield Calls(caller, settings.token_key)
        finally:
            caller.stop()
        return
    data = data_folder()
    embedded = open_embedded(data, running_clock(data, os.environ.get("HP3_CLOCK")))
    try:
        yield Calls(embedded.caller, embedded.keys.token)
    finally:
        embedded.close()


@contextmanager
def services(*names: str) -> Iterator[Mapping[str, Service]]:
    """Yield the named services over their own databases, for work beside the running processes."""
    if not in_cluster():
        data = data_folder()
        embedded = open_embedded(data, running_clock(data, os.environ.get("HP3_CLOCK")))
        try:
            yield embedded.services
        finally:
            embedded.close()
        return
    opened = {}
    for name in names:
        settings = from_environment(name)
        sources = cluster.remote_sources(name, settings)
        opened[name] = cluster.build_service(name, settings, sources)
    try:
        yield opened
    finally:
        for service in opened.values():
            service.database.close()


def confirmed(question: str, *, yes: bool) -> bool:
    """Return whether the person at the terminal agrees; ``yes`` was said on the command line."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise Refused("nobody-to-ask")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def show(answer: object) -> None:
    """Print an answer as JSON, for people and for programs."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))
