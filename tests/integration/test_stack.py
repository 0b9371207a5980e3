"""The servers that the tests run against are real, and can be hurt and mended."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pika
import pytest
import sqlalchemy as sa
from pika.adapters.utils.connection_workflow import AMQPConnectorStackTimeout
from pika.exceptions import AMQPError

from tests.stack import fixtures, install, needs, postgresql
from tests.stack.postgresql import PostgreSQL
from tests.stack.rabbitmq import RabbitMQ
from tests.stack.runners import ROOT, Private, new_folder
from tests.stack.waiting import StillNotSo, until

URL = sa.engine.make_url("postgresql+psycopg2://nobody:none@127.0.0.1:1/none")
DURABLE = pika.BasicProperties(delivery_mode=2)


def rows_of(url: str) -> list[int]:
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(sa.text("SELECT n FROM kept ORDER BY n")).scalars())
    finally:
        engine.dispose()


def keep(url: str, *numbers: int) -> None:
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE IF NOT EXISTS kept (n integer)"))
            connection.execute(sa.text("INSERT INTO kept VALUES (:n)"), [{"n": n} for n in numbers])
    finally:
        engine.dispose()


def publish(url: str, queue: str, body: bytes) -> None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum"})
        channel.confirm_delivery()
        channel.basic_publish("", queue, body, DURABLE, mandatory=True)


def take(url: str, queue: str) -> bytes | None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        return connection.channel().basic_get(queue, auto_ack=True)[2]


def test_a_fresh_database_is_empty_and_durable_by_default(fresh_database):
    first, second = fresh_database("one"), fresh_database("two")

    keep(first, 1, 2)

    assert rows_of(first) == [1, 2]
    with pytest.raises(sa.exc.ProgrammingError, match="kept"):
        rows_of(second)


def test_the_server_writes_through_to_the_disk(postgresql_url):
    engine = sa.create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SHOW fsync")).scalar() == "on"
        assert connection.execute(sa.text("SHOW synchronous_commit")).scalar() == "on"
    engine.dispose()


def test_a_message_goes_through_a_fresh_virtual_host(amqp_url):
    publish(amqp_url, "letters", b"hello")

    assert take(amqp_url, "letters") == b"hello"


def test_virtual_hosts_do_not_see_each_other(fresh_vhost):
    first, second = fresh_vhost("one"), fresh_vhost("two")
    publish(first, "letters", b"hello")

    with pytest.raises(AMQPError, match="NOT_FOUND"):
        take(second, "letters")


def test_committed_rows_survive_the_servers_death(own_postgresql: PostgreSQL):
    url = own_postgresql.fresh_database()
    keep(url, 1, 2, 3)

    own_postgresql.kill()
    with pytest.raises(sa.exc.OperationalError):
        rows_of(url)
    own_postgresql.restart()

    assert rows_of(url) == [1, 2, 3]


def test_confirmed_messages_survive_the_brokers_death(own_rabbitmq: RabbitMQ):
    url = own_rabbitmq.fresh_vhost()
    publish(url, "letters", b"kept")
    own_rabbitmq.settle()

    own_rabbitmq.kill()
    with pytest.raises((AMQPError, OSError)):
        take(url, "letters")
    own_rabbitmq.restart()

    assert take(url, "letters") == b"kept"


def test_a_frozen_broker_answers_again_once_thawed(own_rabbitmq: RabbitMQ):
    parameters = pika.URLParameters(own_rabbitmq.url)
    parameters.socket_timeout = parameters.stack_timeout = 1

    own_rabbitmq.freeze()
    try:
        with pytest.raises(AMQPConnectorStackTimeout):
            pika.BlockingConnection(parameters)
    finally:
        own_rabbitmq.thaw()

    pika.BlockingConnection(pika.URLParameters(own_rabbitmq.url)).close()


STARTS_A_SERVER_AND_DIES = """
import os, signal, sys
from pathlib import Path
from tests.stack.runners import Private
from tests.stack.waiting import until

folder = Path(sys.argv[1])
# Like a server: the child leaves its parent's session and outlives it.
script = "setsid sleep 600 & echo $$ $! > pids; mv pids ready; sleep 600"
Private("server", folder, ["sh", "-c", f"cd {folder}; {script}"]).start()
until((folder / "ready").exists)
print((folder / "ready").read_text(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_private_server_does_not_outlive_tests_that_were_killed():
    folder = new_folder("orphan")

    killed = subprocess.run(
        [sys.executable, "-c", STARTS_A_SERVER_AND_DIES, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    processes = [Path("/proc", pid) for pid in killed.stdout.split()]
    assert len(processes) == 2
    until(lambda: not any(process.exists() for process in processes))
    until(lambda: not folder.exists())


def test_a_server_that_does_not_start_is_reported_with_its_log():
    folder = new_folder("broken")
    server = PostgreSQL(Private("broken", folder, ["sh", "-c", "echo no space left; exit 1"]), URL)

    with pytest.raises(StillNotSo, match="no space left"):
        server.start()
    server.close()

    assert not folder.exists()


def test_a_machine_without_servers_fails_with_what_to_install(monkeypatch):
    monkeypatch.delenv(needs.POSTGRESQL_URL, raising=False)
    monkeypatch.setattr(needs, "docker_answers", lambda: False)
    monkeypatch.setattr(needs, "postgresql_programs", lambda: None)

    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"):
        fixtures.running(postgresql.provide).__enter__()


def test_installing_leaves_debians_service_policy_as_it_was(monkeypatch, tmp_path):
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(install, "POLICY", policy)

    with install.services_stay_down():
        assert subprocess.run([policy], check=False).returncode == 101
    assert not policy.exists()

    policy.write_text("an administrator's own")
    with install.services_stay_down():
        pass
    assert policy.read_text() == "an administrator's own"


def test_installing_as_somebody_else_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(needs, "missing", lambda: ["RabbitMQ", "Chromium"])
    monkeypatch.setattr(install.os, "geteuid", lambda: 1000)

    assert install.main() == 1
    assert "apt-get install rabbitmq-server chromium" in capsys.readouterr().err


def test_a_server_that_somebody_named_is_used_and_never_hurt(monkeypatch, own_postgresql):
    # Not the shared one: to drop a database, PostgreSQL first writes down all others.
    monkeypatch.setenv(needs.POSTGRESQL_URL, own_postgresql.url)

    with fixtures.running(postgresql.provide) as named:
        url = named.fresh_database()
        keep(url, 7)
        assert rows_of(url) == [7]
        with pytest.raises(pytest.fail.Exception, match="did not start"):
            named.kill()

    with pytest.raises(sa.exc.OperationalError, match="does not exist"):
        rows_of(url)


class Brief:
    """A server that only notes what is done to it."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self.name, self.notes = name, notes

    def start(self) -> None:
        self.notes.append(f"{self.name} started")

    def close(self) -> None:
        self.notes.append(f"{self.name} closed")

    def addresses(self) -> list[str]:
        return [self.name]


def test_processes_of_a_run_share_a_server_until_the_last_lets_go(tmp_path):
    notes: list[str] = []

    def share(name: str) -> AbstractContextManager[Brief]:
        return fixtures.shared(
            tmp_path / "record", lambda: Brief(name, notes), lambda found: Brief(found, notes)
        )

    starter, joiner = ExitStack(), ExitStack()
    assert starter.enter_context(share("first")).name == "first"
    assert joiner.enter_context(share("second")).name == "first"
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(starter.close)
        with pytest.raises(TimeoutError):
            ending.result(timeout=0.2)
        assert notes == ["first started"]
        joiner.close()
        ending.result(timeout=30)
    assert notes == ["first started", "first closed"]

    with share("third") as server:
        assert server.name == "third"
