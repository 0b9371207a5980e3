"""The cluster's processes: two per service, and the gateway. Configured by the environment.

``HP3_<SERVICE>_DATABASE_URL``, ``HP3_AMQP_URL``, ``HP3_TOKEN_KEY``, ``HP3_MASTER_KEY``,
``HP3_SIGNING_KEY`` (or ``…_FILE``) and ``HP3_CLOCK`` are required as ``chassis.settings`` says.
Optional: ``HP3_RPC_WORKERS`` (requests at once per process), ``HP3_EVENT_QUEUES`` (queues per
consumer), ``HP3_ALLOW_UNSAFE`` (``yes``: start without looking at what would lose data, for
throw-away use), ``HP3_METRICS_PORT``, ``HP3_ALIVE_FILE``; for the gateway ``PORT``, ``HP3_BIND``,
``HP3_GATEWAY_PROCESSES`` and ``HP3_GATEWAY_THREADS``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from hp3.numbers import event_queues, number

if TYPE_CHECKING:  # nothing heavy is imported before a process is made green
    from flask import Flask

    from chassis.feature import Definition
    from chassis.messaging.subscriber import Source
    from chassis.service import Service
    from chassis.settings import Settings

OWNERS = ("enrollment", "fees", "attendance", "safety")
"""The services whose logs others listen to."""


def serve_rpc(service_name: str) -> int:
    """Become the process that answers a service's calls.

    It is a fresh interpreter: what this one has imported by now can no longer be made green.
    """
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "hp3.rpc_process", service_name])  # noqa: S606


def serve_worker(service_name: str) -> int:
    """Relay a service's events and consume those it listens to, until told to stop."""
    from chassis.worker import run_worker

    settings = _prepare(service_name, "worker")
    queues = event_queues()
    if status := _refuse(service_name, settings, with_bus=True):
        return status
    service = build_service(service_name, settings, remote_sources(service_name, settings))
    return run_worker(service, settings.amqp_url, queues=queues)


def serve_gateway() -> int:
    """Serve HTTP with gunicorn until told to stop."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in _gunicorn_settings().items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return gateway_app()

    Server().run()
    return 0


def gateway_app() -> Flask:
    """Return the gateway over the bus: a WSGI factory, called in each serving process."""
    from chassis.clock import clock_from
    from chassis.messaging.rpc_client import RpcCaller
    from chassis.observability import logs
    from gateway.accounts import Accounts
    from gateway.app import create_app
    from gateway.settings import from_environment

    logs.configure("gateway", "http")
    settings = from_environment(_with_cookie_secret(os.environ))
    caller = RpcCaller(settings.amqp_url, name="gateway")
    caller.start()
    return create_app(
        caller=caller,
        accounts=Accounts.open(settings.database_url),
        clock=clock_from(settings.clock),
        token_key=settings.token_key,
        cookie_secret=settings.cookie_secret,
        trusted_proxies=settings.trusted_proxies,
    )


def build_service(name: str, settings: Settings, sources: Mapping[str, Source]) -> Service:
    """Return a service over its own database, listening to ``sources``."""
    from chassis.assembly import build
    from chassis.clock import clock_from

    return build(definition_of(name), settings, clock_from(settings.clock), sources)


def definition_of(name: str) -> Definition:
    """Return what a service consists of; only this service's code is imported."""
    found: Definition = import_module(f"services.{name}.definition").DEFINITION
    return found


def remote_sources(name: str, settings: Settings) -> dict[str, Source]:
    """Return the other services' logs, read by calls; nothing connects before it is needed."""
    from chassis.messaging.remote_source import RemoteSource
    from chassis.messaging.rpc_client import RpcCaller

    caller = RpcCaller(settings.amqp_url, name=name)
    return {owner: RemoteSource(caller, owner, settings.token_key) for owner in OWNERS}


def rpc_main(service_name: str) -> int:
    """Answer a service's calls until told to stop; the process must be green by now."""
    from chassis.nameko_support.entrypoints import rpc_service
    from chassis.nameko_support.runner import serve
    from chassis.observability.alive import keep_alive_sign

    settings = _prepare(service_name, "rpc")
    if status := _refuse(service_name, settings, with_bus=False):
        return status
    service = build_service(service_name, settings, remote_sources(service_name, settings))
    return serve(
        rpc_service(definition_of(service_name)),
        service.application,
        settings.amqp_url,
        workers=number("HP3_RPC_WORKERS", 10, least=1),
        started=keep_alive_sign,
    )


def _prepare(service_name: str, process: str) -> Settings:
    from chassis.observability import logs, metrics
    from chassis.settings import from_environment

    logs.configure(service_name, process)
    port = number("HP3_METRICS_PORT", 0)
    if port:
        metrics.serve(port)
    return from_environment(service_name)


def _refuse(service_name: str, settings: Settings, *, with_bus: bool) -> int:
    """Say what would lose data, if anything, and return the exit status; 0 if all is well."""
    import logging

    from hp3.doctor import rounds

    if os.environ.get("HP3_ALLOW_UNSAFE") == "yes":
        return 0
    found = rounds.at_start(service_name, settings, with_bus=with_bus)
    for each in found:
        logging.getLogger(__name__).critical("start.refused", extra=each.shown())
        print(f"hp3: {each.line()}", file=sys.stderr)
    return rounds.REFUSED if found else 0


def _gunicorn_settings() -> dict[str, object]:
    return {
        "bind": f"{os.environ.get('HP3_BIND', '127.0.0.1')}:{number('PORT', 8000)}",
        "workers": number("HP3_GATEWAY_PROCESSES", 1, least=1),
        "worker_class": "gthread",
        "threads": number("HP3_GATEWAY_THREADS", 16, least=1),
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def _with_cookie_secret(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Derive the cookies' secret from the tokens' where none is given, as in the embedded mode."""
    import hmac

    from chassis.settings import _secret

    if "HP3_COOKIE_SECRET" in environment or "HP3_COOKIE_SECRET_FILE" in environment:
        return environment
    derived = hmac.digest(_secret(environment, "HP3_TOKEN_KEY"), b"cookie", "sha256")
    return {**environment, "HP3_COOKIE_SECRET": derived.hex()}
