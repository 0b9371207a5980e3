"""The doctor's rounds: everything there is to look at, here and in a cluster; and at a start."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pika.exceptions
import sqlalchemy.exc
from sqlalchemy import create_engine

from chassis.clock import Clock, clock_from
from chassis.settings import Settings, WrongSetting, from_environment
from hp3.demo_clock import running_clock
from hp3.doctor import broker, databases
from hp3.doctor.finding import Finding, attention, fine, stop
from hp3.keys import keys_of
from hp3.numbers import event_queues

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")
CONSUMERS = {
    "enrollment": ("safety",),
    "fees": ("enrollment",),
    "attendance": ("enrollment",),
    "safety": ("enrollment",),
    "audit": SERVICES,
}
REFUSED = 78
"""Exit status of a process that will not start as things are (EX_CONFIG)."""


def cluster() -> Iterator[Finding]:
    """Look at a whole cluster, by its environment."""
    yield from machine()
    for name in SERVICES:
        if f"HP3_{name.upper()}_DATABASE_URL" not in os.environ:
            yield attention(
                name,
                "没有给出它的数据库地址，没有检查。",
                "its database is not named here, so it was not looked at.",
                f"HP3_{name.upper()}_DATABASE_URL",
            )
            continue
        try:
            settings = from_environment(name)
        except WrongSetting as wrong:
            yield stop(name, f"配置有误：{wrong}。", f"wrong setting: {wrong}.")
            continue
        yield from database(name, settings, clock_from(settings.clock))
    yield from secrets()
    yield from bus(os.environ["HP3_AMQP_URL"], CONSUMERS)


def embedded(data: Path) -> Iterator[Finding]:
    """Look at what ``hp3 run`` keeps under ``data``."""
    from hp3.embedded import settings_for

    yield from machine()
    if not (data / "keys.json").exists():
        yield attention("data", f"{data} 还是空的。", f"{data} is empty.", "hp3 run")
        return
    clock = running_clock(data, os.environ.get("HP3_CLOCK"))
    for name in SERVICES:
        if (data / f"{name}.sqlite").exists():
            yield from database(name, settings_for(data, keys_of(data), name), clock)
    mode = (data / "keys.json").stat().st_mode & 0o077
    if mode:
        yield attention(
            "keys.json",
            "别人也能读密钥文件。",
            "others can read the key file.",
            f"chmod 600 {data / 'keys.json'}",
        )


def machine() -> Iterator[Finding]:
    """Look at Python."""
    told = platform.python_version()
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start it with an older one
        yield stop("python", f"Python {told} 太旧。", f"Python {told} is older than 3.11.")
    else:
        yield fine("python", f"Python {told}。", f"Python {told}.")


def database(
    name: str, settings: Settings, clock: Clock, *, thorough: bool = True
) -> Iterator[Finding]:
    """Look at one service's database; one that is away is said to be away."""
    migrations = import_module(f"services.{name}.migrations")
    engine = create_engine(settings.database_url)
    try:
        yield from databases.check(
            name, engine, migrations, settings.vault(), clock, thorough=thorough
        )
    except sqlalchemy.exc.OperationalError as away:
        yield attention(
            name,
            "数据库连不上。",
            f"its database cannot be reached: {away.orig}",
            "docker compose up -d postgres; services wait and go on by themselves",
        )
    finally:
        engine.dispose()


def secrets() -> Iterator[Finding]:
    """Look at the keys: each its own."""
    names = ("HP3_TOKEN_KEY", "HP3_MASTER_KEY", "HP3_SIGNING_KEY", "HP3_COOKIE_SECRET")
    given = [os.environ[name] for name in names if os.environ.get(name)]
    if len(set(given)) < len(given):
        yield attention(
            "keys",
            "有两个密钥相同。",
            "two of the keys are the same; each must be its own.",
            "deploy/make-env writes fresh ones",
        )


def bus(amqp_url: str, consumers: broker.Consumers) -> Iterator[Finding]:
    """Look at the broker; one that is away is said to be away."""
    api = broker.api_of(amqp_url, os.environ.get("HP3_RABBITMQ_API_URL", ""))
    queues = event_queues()
    try:
        yield from broker.check(amqp_url, consumers, queues, api)
    except (pika.exceptions.AMQPError, OSError) as away:
        yield attention(
            "rabbitmq",
            "连不上；事件留在各服务的日志里，恢复后补发。",
            f"cannot be reached ({away!r}); events stay in the logs and follow later.",
            "docker compose up -d rabbitmq",
        )


def embedded_at_start(data: Path) -> Sequence[Finding]:
    """Return what forbids ``hp3 run`` to start on ``data``."""
    from hp3.embedded import settings_for

    if not (data / "keys.json").exists():
        return []
    clock = running_clock(data, os.environ.get("HP3_CLOCK"))
    found: list[Finding] = []
    for name in SERVICES:
        if (data / f"{name}.sqlite").exists():
            settings = settings_for(data, keys_of(data), name)
            found += database(name, settings, clock, thorough=False)
    return [each for each in found if each.level == "stop"]


def at_start(name: str, settings: Settings, *, with_bus: bool) -> Sequence[Finding]:
    """Return what forbids a service to start; whatever is merely away is waited for instead."""
    found = list(database(name, settings, clock_from(settings.clock), thorough=False))
    if with_bus and name in CONSUMERS:
        found += bus(settings.amqp_url, {name: CONSUMERS[name]})
    return [each for each in found if each.level == "stop"]
