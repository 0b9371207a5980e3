"""The doctor on real servers: what would lose data is found, and services do not start on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pika
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from chassis.messaging import topology
from chassis.testing.world import MASTER_KEY, SIGNING_KEY, TOKEN_KEY
from hp3.cli import main
from hp3.doctor import broker, databases, rounds
from tests.stack.processes import Process, ending
from tests.stack.rabbitmq import RabbitMQ

CONSUMERS = {"fees": ("enrollment",)}
QUEUE = topology.queues_of("fees", 1)[0]


@pytest.fixture
def channel(amqp_url: str) -> Iterator[Any]:
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        yield connection.channel()


def look(amqp_url: str, api_url: str | None = None) -> dict[str, str]:
    """The levels of what is not fine, by where; nobody needs to read in these tests."""
    api = broker.api_of(amqp_url, api_url) if api_url else None
    found = broker.check(amqp_url, CONSUMERS, 1, api)
    return {
        each.where: each.level
        for each in found
        if each.level != "fine" and each.en != "nobody reads it."
    }


def stops(amqp_url: str, api_url: str) -> list[str]:
    api = broker.api_of(amqp_url, api_url)
    found = broker.check(amqp_url, CONSUMERS, 1, api)
    return [each.en for each in found if each.level == "stop"]


def policy(
    rabbitmq: RabbitMQ,
    amqp_url: str,
    kind: str,
    pattern: str = "fees.*",
    priority: int = 0,
    name: str = "careless",
    **definition: Any,
) -> None:
    vhost = urlsplit(amqp_url).path.removeprefix("/")
    body = {"pattern": pattern, "definition": definition, "apply-to": "queues"}
    rabbitmq.api("PUT", f"{kind}/{vhost}/{name}", json={**body, "priority": priority})


def test_queues_as_the_code_declares_them_are_fine(amqp_url: str, channel: Any):
    assert look(amqp_url) == {QUEUE: "attention"}, "not there yet"
    topology.declare_subscription(channel, "fees", ("enrollment",))
    assert look(amqp_url) == {}


def test_a_queue_that_nobody_reads_is_told_at_once(amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))

    def told() -> list[str]:
        return [each.en for each in broker.check(amqp_url, CONSUMERS, 1, None)][1:]

    assert told() == ["nobody reads it."]
    channel.basic_consume(QUEUE, lambda *_: None)
    assert told() == []


def test_queues_of_a_larger_number_are_told(amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",), 3)
    assert look(amqp_url) == dict.fromkeys(topology.queues_of("fees", 3)[1:], "attention")

    topology.declare_subscription(channel, "fees", ("enrollment",), 1)
    assert look(amqp_url) == {}


def test_what_was_no_event_is_told(amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))
    dead = topology.dead_letters_of("fees")
    channel.confirm_delivery()
    channel.basic_publish("", dead, b"hello", mandatory=True)

    assert look(amqp_url) == {dead: "attention"}


def test_a_queue_with_other_arguments_stops_and_is_mended(amqp_url: str, channel: Any):
    channel.queue_declare(QUEUE, durable=True)  # a classic queue, as an old release had it
    assert look(amqp_url) == {QUEUE: "stop"}

    assert broker.mend(amqp_url, CONSUMERS, 1) == [QUEUE]
    assert look(amqp_url) == {}
    assert broker.mend(amqp_url, CONSUMERS, 1) == []


@pytest.mark.parametrize(
    "definition", [{"message-ttl": 1000}, {"max-length": 10}, {"expires": 60_000}]
)
def test_a_policy_that_drops_stops(rabbitmq, amqp_url: str, channel: Any, definition):
    topology.declare_subscription(channel, "fees", ("enrollment",))
    policy(rabbitmq, amqp_url, "policies", **definition)

    (words,) = stops(amqp_url, rabbitmq.api_url)
    assert "careless" in words
    assert next(iter(definition)) in words


def test_an_operators_policy_that_drops_stops(rabbitmq, amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))
    policy(rabbitmq, amqp_url, "operator-policies", **{"message-ttl": 1000})

    assert len(stops(amqp_url, rabbitmq.api_url)) == 1


def test_a_policy_that_another_outranks_has_no_effect(rabbitmq, amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))
    policy(rabbitmq, amqp_url, "policies", **{"message-ttl": 1000})
    policy(
        rabbitmq,
        amqp_url,
        "policies",
        name="harmless",
        priority=1,
        **{"queue-leader-locator": "balanced"},
    )

    assert stops(amqp_url, rabbitmq.api_url) == []


def test_a_pattern_of_the_brokers_dialect_is_told(rabbitmq, amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))
    policy(rabbitmq, amqp_url, "policies", r"^(?<which>other)$", **{"message-ttl": 1000})

    assert look(amqp_url, rabbitmq.api_url) == {"rabbitmq": "attention"}


def test_what_answers_but_is_no_management_api_is_told(amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))

    class Mute(StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(b"220 no HTTP here\r\n")

    with TCPServer(("127.0.0.1", 0), Mute) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert look(amqp_url, f"http://127.0.0.1:{server.server_address[1]}/api") == {
            "rabbitmq": "attention"
        }
        server.shutdown()


def test_beside_a_broker_behind_tls_the_password_goes_through_tls():
    assert broker.api_of("amqps://u:p@broker.example/hp3").url == "https://broker.example:15671/api"
    assert broker.api_of("amqp://u:p@broker.example/hp3").url == "http://broker.example:15672/api"


def test_without_the_management_api_it_says_what_was_not_looked_at(amqp_url: str, channel: Any):
    topology.declare_subscription(channel, "fees", ("enrollment",))

    assert look(amqp_url, "http://127.0.0.1:9/api") == {"rabbitmq": "attention"}


def test_a_broker_that_is_away_is_no_reason_to_refuse():
    (away,) = rounds.bus("amqp://guest:guest@127.0.0.1:9/%2F", CONSUMERS)
    assert away.level == "attention"


def test_a_server_that_may_forget_stops(fresh_database):
    url = make_url(fresh_database("careless"))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f'ALTER DATABASE "{url.database}" SET synchronous_commit = off'))
    engine.dispose()
    with engine.connect() as connection:
        found = [f for f in databases.settings("fees", connection) if f.level == "stop"]
    engine.dispose()

    assert ["synchronous_commit" in each.en for each in found] == [True]


@pytest.fixture
def environment(fresh_database, amqp_url: str, rabbitmq: RabbitMQ) -> dict[str, str]:
    return {
        "HP3_FEES_DATABASE_URL": fresh_database("fees"),
        "HP3_AMQP_URL": amqp_url,
        "HP3_RABBITMQ_API_URL": rabbitmq.api_url,
        "HP3_TOKEN_KEY": TOKEN_KEY.secret.hex(),
        "HP3_MASTER_KEY": MASTER_KEY.secret.hex(),
        "HP3_SIGNING_KEY": SIGNING_KEY.secret.hex(),
    }


def test_a_worker_does_not_start_on_a_queue_that_would_lose(environment, channel, tmp_path: Path):
    channel.queue_declare(QUEUE, durable=True)
    worker = Process(tmp_path, "worker", ["hp3", "worker", "fees"], environment)
    with ending([worker]):
        assert worker.start().wait() == rounds.REFUSED, worker.output()

    assert "hp3 doctor --mend" in worker.output()


@pytest.mark.parametrize("kind", ["rpc", "worker"])
def test_no_process_starts_on_a_newer_database(environment, tmp_path: Path, kind: str):
    engine = create_engine(environment["HP3_FEES_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    engine.dispose()
    process = Process(tmp_path, kind, ["hp3", kind, "fees"], environment)
    with ending([process]):
        assert process.start().wait() == rounds.REFUSED, process.output()


def test_mending_mends_queues_and_says_what_is_left(
    rabbitmq, amqp_url: str, channel: Any, monkeypatch, capsys
):
    monkeypatch.setenv("HP3_AMQP_URL", amqp_url)
    monkeypatch.setenv("HP3_RABBITMQ_API_URL", rabbitmq.api_url)
    assert main(["doctor", "--mend", "--yes"]) == 0
    assert "no queue to mend" in capsys.readouterr().out

    channel.queue_declare(QUEUE, durable=True)
    assert main(["doctor", "--mend", "--yes"]) == 0
    assert f"{QUEUE}: declared anew" in capsys.readouterr().out

    policy(rabbitmq, amqp_url, "policies", **{"message-ttl": 1000})
    assert main(["doctor", "--mend", "--yes"]) == 3
    told = capsys.readouterr().out
    assert "careless" in told
    assert "no queue to mend" in told
