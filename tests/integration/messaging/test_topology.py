"""What is declared on the broker, and that declaring again, or otherwise, does no harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pika
import pytest

from chassis.messaging import topology
from tests.stack.rabbitmq import RabbitMQ


@pytest.fixture
def channel(amqp_url: str) -> Iterator[Any]:
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        yield connection.channel()


def seen_by_the_broker(rabbitmq: RabbitMQ, amqp_url: str, what: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = rabbitmq.api("GET", f"{what}{urlsplit(amqp_url).path}").json()
    return answer


def bindings(rabbitmq: RabbitMQ, amqp_url: str) -> Counter[str]:
    found = seen_by_the_broker(rabbitmq, amqp_url, "bindings")
    return Counter(b["destination"] for b in found if b["source"] == "bell.events")


def test_queues_are_replicated_ordered_and_never_drop(channel, rabbitmq, amqp_url):
    topology.declare_subscription(channel, "pupils", ["bell"])

    queues = {q["name"]: q for q in seen_by_the_broker(rabbitmq, amqp_url, "queues")}

    arguments = queues["pupils.events.v1.1"]["arguments"]
    assert queues["pupils.events.v1.1"]["durable"]
    assert arguments["x-queue-type"] == "quorum"
    assert arguments["x-single-active-consumer"] is True
    assert arguments["x-delivery-limit"] >= 1_000_000_000
    assert arguments["x-dead-letter-strategy"] == "at-least-once"
    assert arguments["x-dead-letter-exchange"] in queues


def test_declaring_twice_changes_nothing(channel, rabbitmq, amqp_url):
    for _ in range(2):
        topology.declare_subscription(channel, "pupils", ["bell", "clock"], n=2)

    assert bindings(rabbitmq, amqp_url) == {"pupils.events.v1.1": 32, "pupils.events.v1.2": 32}


@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1)])
def test_another_number_of_queues_moves_bindings_only(channel, rabbitmq, amqp_url, before, after):
    topology.declare_subscription(channel, "pupils", ["bell"], n=before)
    topology.declare_subscription(channel, "pupils", ["bell"], n=after)

    found = bindings(rabbitmq, amqp_url)
    assert sum(found.values()) == topology.SLOTS
    assert set(found) == set(topology.queues_of("pupils", after))


def test_an_event_reaches_exactly_one_of_the_queues(channel):
    topology.declare_subscription(channel, "pupils", ["bell"], n=4)
    channel.confirm_delivery()

    for n in range(50):
        key = topology.routing_key(f"school-{n}", "BellRung")
        channel.basic_publish("bell.events", key, b"{}", mandatory=True)

    depths = [
        channel.queue_declare(queue, passive=True).method.message_count
        for queue in topology.queues_of("pupils", 4)
    ]
    assert sum(depths) == 50
    assert all(depths)
