"""Runs one service under nameko until it is told to stop. Import ``green`` before anything else."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import eventlet
import kombu.pools
from nameko.constants import AMQP_URI_CONFIG_KEY, MAX_WORKERS_CONFIG_KEY
from nameko.runners import ServiceRunner

from chassis.eventsourcing.application import Application
from chassis.nameko_support import wire
from chassis.nameko_support.entrypoints import APPLICATION
from chassis.nameko_support.replies import SteadyQueueConsumer

log = logging.getLogger(__name__)

STOP_SECONDS = 10
CONNECTIONS = 2


def serve(
    service_class: type,
    application: Application,
    amqp_url: str,
    *,
    workers: int,
    started: Callable[[Callable[[], bool]], None] = lambda well: None,
) -> int:
    """Serve until a signal comes; return the exit status, 1 when the service died by itself.

    ``started`` is told once requests are taken, with a function that says whether all is well.
    """
    kombu.pools.set_limit(CONNECTIONS)  # type: ignore[no-untyped-call]  # nameko's own pools; replies do not use them
    runner = ServiceRunner(
        {
            AMQP_URI_CONFIG_KEY: amqp_url,
            MAX_WORKERS_CONFIG_KEY: workers,
            APPLICATION: application,
            **wire.CONFIGURATION,
        }
    )
    runner.add_service(service_class)
    _stop_on_signals(runner)
    runner.start()
    started(lambda: _connected(runner))
    log.info("rpc.started")
    try:
        eventlet.spawn(runner.wait).wait()
    except Exception:
        log.critical("rpc.died", exc_info=True)
        return 1
    log.info("rpc.stopped")
    return 0


def _stop_on_signals(runner: Any) -> None:
    asked = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal asked
        if asked:  # a second signal while nameko stops has hung it
            return
        asked = True
        _exit_hard_after(STOP_SECONDS)
        eventlet.spawn_n(runner.stop)  # a signal handler itself must not block

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _exit_hard_after(seconds: float) -> None:
    real = eventlet.patcher.original("threading")
    timer: threading.Timer = real.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _connected(runner: Any) -> bool:
    return any(
        extension.is_connected
        for container in runner.containers
        for extension in container.subextensions
        if isinstance(extension, SteadyQueueConsumer)
    )
