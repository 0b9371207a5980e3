"""The pytest fixtures that hand out real servers and a real browser."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

import pytest

from tests.stack import needs

if TYPE_CHECKING:  # at run time imported late: their clients cost a unit test's start a second
    from tests.stack.postgresql import PostgreSQL
    from tests.stack.rabbitmq import RabbitMQ

FreshDatabase: TypeAlias = Callable[..., str]
MigratedDatabase: TypeAlias = Callable[[str], str]
FreshVhost: TypeAlias = Callable[..., str]


class _Server(Protocol):
    def start(self) -> None: ...

    def close(self) -> None: ...

    def addresses(self) -> list[str]: ...


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


@contextmanager
def shared(
    record: Path, provide: Callable[[], Server], join: Callable[..., Server]
) -> Iterator[Server]:
    """The server that ``record`` names, reached by ``join``; whoever finds none starts it.

    One at a time looks into the record. All who use the server hold a lock on it, and who started
    it ends it when the others have let go. The locks of a process that was killed go with it.
    """
    with record.open("a+") as file, record.with_suffix(".gate").open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(file, fcntl.LOCK_SH)
        file.seek(0)
        if told := file.read():
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield join(*json.loads(told))
            return
        with running(provide) as server:
            file.write(json.dumps(server.addresses()))
            file.flush()
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield server
            fcntl.flock(file, fcntl.LOCK_EX)
            file.truncate(0)


def _of_this_run(
    named: str,
    folder: pytest.TempPathFactory,
    provide: Callable[[], Server],
    join: Callable[..., Server],
) -> AbstractContextManager[Server]:
    """The server that all processes of a run share; one that somebody named is shared already."""
    if "PYTEST_XDIST_WORKER" not in os.environ or os.environ.get(named):
        return running(provide)
    # Each worker has a folder of its own in the run's.
    return shared(folder.getbasetemp().parent / named, provide, join)


@pytest.fixture(scope="session", name="postgresql")
def _postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """The PostgreSQL server that all tests share: leave it running."""
    from tests.stack.postgresql import join, provide

    with _of_this_run(needs.POSTGRESQL_URL, tmp_path_factory, provide, join) as server:
        yield server


@pytest.fixture(scope="session", name="rabbitmq")
def _rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMQ]:
    """The RabbitMQ server that all tests share: leave it running."""
    from tests.stack.rabbitmq import join, provide

    with _of_this_run(needs.AMQP_URL, tmp_path_factory, provide, join) as server:
        yield server


@pytest.fixture(scope="module")
def own_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of this module's own, to kill and restart."""
    from tests.stack.postgresql import provide

    with running(provide) as server:
        yield server


@pytest.fixture(scope="module")
def own_rabbitmq() -> Iterator[RabbitMQ]:
    """A RabbitMQ server of this module's own, to kill, freeze and restart."""
    from tests.stack.rabbitmq import provide

    with running(provide) as server:
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
def migrated_database(postgresql: PostgreSQL) -> MigratedDatabase:
    """``migrated_database("fees")`` creates an empty database of the service's newest revision.

    It copies one whose revisions ran once: processes that start on it spare themselves alembic.
    """
    from sqlalchemy.engine import make_url

    from chassis.eventsourcing.database import open_database
    from chassis.eventsourcing.migrate import migrate

    @cache
    def template(service: str) -> str:
        url = postgresql.fresh_database("template")
        database = open_database(url)
        migrate(database.engine, import_module(f"services.{service}.migrations"))
        database.close()  # nobody may be connected to what is copied
        return str(make_url(url).database)

    return lambda service: postgresql.fresh_database(service, template(service))


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
