"""The pytest fixtures that hand out real servers and a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeAlias, TypeVar

import pytest

from tests.stack import needs, postgresql, rabbitmq
from tests.stack.postgresql import PostgreSQL
from tests.stack.rabbitmq import RabbitMQ

FreshDatabase: TypeAlias = Callable[..., str]
FreshVhost: TypeAlias = Callable[..., str]


class _Server(Protocol):
    def start(self) -> None: ...

    def close(self) -> None: ...


Server = TypeVar("Server", bound=_Server)


@contextmanager
def running(provide: Callable[[], Server]) -> Iterator[Server]:
    """A started server; a machine that has none fails the test and says what to install."""
    try:
        server = provide()
    except LookupError as nothing:
        pytest.fail(str(nothing.args[0]), pytrace=False)
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session", name="postgresql")
def _postgresql() -> Iterator[PostgreSQL]:
    """The PostgreSQL server that all tests share: leave it running."""
    with running(postgresql.provide) as server:
        yield server


@pytest.fixture(scope="session", name="rabbitmq")
def _rabbitmq() -> Iterator[RabbitMQ]:
    """The RabbitMQ server that all tests share: leave it running."""
    with running(rabbitmq.provide) as server:
        yield server


@pytest.fixture(scope="module")
def own_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of this module's own, to kill and restart."""
    with running(postgresql.provide) as server:
        yield server


@pytest.fixture(scope="module")
def own_rabbitmq() -> Iterator[RabbitMQ]:
    """A RabbitMQ server of this module's own, to kill, freeze and restart."""
    with running(rabbitmq.provide) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_url(postgresql: PostgreSQL) -> str:
    """The SQLAlchemy URL of a server's superuser."""
    return postgresql.url


@pytest.fixture(scope="session")
def fresh_database(postgresql: PostgreSQL) -> FreshDatabase:
    """``fresh_database(name_prefix="hp3")`` creates an empty database and returns its URL."""
    return postgresql.fresh_database


@pytest.fixture(scope="session")
def fresh_vhost(rabbitmq: RabbitMQ) -> FreshVhost:
    """``fresh_vhost(name_prefix="hp3")`` creates an empty virtual host and returns its URL."""
    return rabbitmq.fresh_vhost


@pytest.fixture
def amqp_url(rabbitmq: RabbitMQ) -> str:
    """The AMQP URL of a virtual host that is this test's own."""
    return rabbitmq.fresh_vhost()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium executable."""
    path = needs.chromium()
    if path is None:
        pytest.fail(needs.how_to_get(["Chromium"]), pytrace=False)
    return path
