"""All of it in one process: the same services on SQLite, direct calls, the in-process bus."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from chassis.assembly import build
from chassis.chores import ChoreThread
from chassis.clock import Clock
from chassis.eventsourcing.application import WireReply
from chassis.eventsourcing.envelope import Event
from chassis.messaging.in_process import InProcessBus
from chassis.messaging.subscriber import PAGE
from chassis.service import Service
from chassis.settings import Settings
from gateway.accounts import Accounts
from hp3.keys import Keys, keys_of, masters_of
from services.attendance.definition import DEFINITION as ATTENDANCE
from services.audit.definition import DEFINITION as AUDIT
from services.enrollment.definition import DEFINITION as ENROLLMENT
from services.fees.definition import DEFINITION as FEES
from services.safety.definition import DEFINITION as SAFETY

DEFINITIONS = (ENROLLMENT, FEES, ATTENDANCE, SAFETY, AUDIT)
OWNERS = ("enrollment", "fees", "attendance", "safety")
"""The services whose logs others listen to."""


@dataclass(frozen=True, slots=True)
class LogOf:
    """A service's log, looked up when it is read: services may listen to each other."""

    services: Mapping[str, Service]
    owner: str

    def heads(self) -> dict[str, int]:
        return self.services[self.owner].log.heads()

    def read(self, partition: str, after_seq: int = 0, limit: int = PAGE) -> list[Event]:
        return self.services[self.owner].log.read(partition, after_seq, limit)

    def digest(self, partition: str, after_seq: int, to_seq: int) -> tuple[int, int]:
        return self.services[self.owner].log.digest(partition, after_seq, to_seq)


@dataclass(frozen=True, slots=True)
class DirectCaller:
    """Calls the application objects directly.

    A command whose events other services listen to returns after they have taken them in, so that
    a person who goes on to the next page meets no gap; the audit copy follows by itself.
    """

    services: Mapping[str, Service]
    live: bool = True

    def call(
        self,
        service: str,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> WireReply:
        reply = self.services[service].application.handle(operation, context, params, body)
        if self.live and "position" in reply:
            self._spread(*reply["position"])
        # The same values as over the wire, so that nothing works here and fails in a cluster.
        plain: WireReply = msgspec.to_builtins(reply)
        return plain

    def _spread(self, owner: str, partition: str, seq: int) -> None:
        for name, service in self.services.items():
            if service.subscriber is not None and name != "audit":
                service.subscriber.catch_up_with(owner, partition, seq)


@dataclass(frozen=True, slots=True)
class Embedded:
    """The running whole, for the web server, the command line and the tests."""

    data: Path
    keys: Keys
    clock: Clock
    services: Mapping[str, Service]
    bus: InProcessBus
    caller: DirectCaller
    chores: ChoreThread

    def close(self) -> None:
        """Stop delivering and close the databases; what is stored stays."""
        self.chores.stop()
        self.bus.stop()
        for service in self.services.values():
            service.database.close()


def settings_for(data: Path, keys: Keys, service: str) -> Settings:
    """Return the settings of one service under the data folder."""
    return Settings(
        database_url=f"sqlite:///{(data / service).with_suffix('.sqlite')}",
        token_key=keys.token,
        master_key=keys.master,
        signing_key=keys.signing,
        old_master_keys=keys.old_masters,
        reread_master_keys=lambda: masters_of(data),
        tree_heads_folder=os.environ.get("HP3_TREE_HEADS_FOLDER", ""),
    )


def open_accounts(data: Path) -> Accounts:
    """Open the gateway's accounts under the data folder."""
    data.mkdir(parents=True, exist_ok=True)
    return Accounts.open(f"sqlite:///{data / 'gateway.sqlite'}")


def open_embedded(data: Path, clock: Clock, *, live: bool = True, works: bool = False) -> Embedded:
    """Open (and at the first time create) everything under ``data`` and start delivering.

    Not ``live``, events travel only when ``bus.deliver()`` is called: for loading a lot at once.
    ``works``: do the services' chores too, as a server does and a short command does not.
    """
    data.mkdir(parents=True, exist_ok=True)
    keys = keys_of(data)
    services: dict[str, Service] = {}
    sources = {owner: LogOf(services, owner) for owner in OWNERS}
    for definition in DEFINITIONS:
        settings = settings_for(data, keys, definition.name)
        services[definition.name] = build(definition, settings, clock, sources)
    subscribers = [s.subscriber for s in services.values() if s.subscriber is not None]
    bus = InProcessBus(subscribers)
    for service in services.values():
        service.log.listeners.append(bus.announce)
    chores = ChoreThread([chore for service in services.values() for chore in service.chores])
    if live:
        bus.start()
    if live and works:
        threading.Thread(target=chores.run, name="chores", daemon=True).start()
    return Embedded(data, keys, clock, services, bus, DirectCaller(services, live), chores)
