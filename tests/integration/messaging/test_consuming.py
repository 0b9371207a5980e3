"""Whatever the bus does to messages, each effect happens once and in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from threading import Barrier, Event, Thread
from typing import Any

import msgspec
import pika
import pytest

from chassis.kernel.errors import NotYet
from chassis.messaging import consumer as consumer_module
from chassis.messaging import topology
from tests.integration.messaging import town
from tests.stack.waiting import until

QUEUE = topology.queues_of(town.LISTENER, 1)[0]


@pytest.fixture
def channel(amqp_url: str) -> Iterator[Any]:
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        topology.declare_subscription(channel, town.LISTENER, [town.OWNER])
        yield channel


def publish(channel: Any, *events: dict[str, Any]) -> None:
    for event in events:
        key = topology.routing_key(event["partition"], event["type"])
        body = msgspec.json.encode(event)
        channel.basic_publish("bell.events", key, body, pika.BasicProperties(delivery_mode=2))


def waiting(channel: Any, queue: str = QUEUE) -> int:
    count: int = channel.queue_declare(queue, passive=True).method.message_count
    return count


def test_duplicates_reordering_and_holes_heal(crew, log, listener, channel, amqp_url):
    town.ring(log, "school-a", 300)
    events = log.read("school-a")
    chaos = random.Random(7)
    kept = [event for event in events if chaos.random() < 0.7]
    sent = kept + chaos.choices(kept, k=100)
    chaos.shuffle(sent)

    crew.consumer(town.pupils(listener, log), amqp_url)
    publish(channel, *sent, events[-1])

    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 301))})
    until(lambda: waiting(channel) == 0)


def test_a_listener_without_a_bus_hears_everything_all_the_same(crew, log, listener, monkeypatch):
    monkeypatch.setattr(consumer_module, "SWEEP_SECONDS", 0.1)
    town.ring(log, "school-a", 50)

    crew.consumer(town.pupils(listener, log), "amqp://guest:guest@127.0.0.1:1/%2F")
    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 51))})
    town.ring(log, "school-a", 50)

    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 101))})


def test_a_failing_effect_keeps_only_its_own_school_back(crew, log, listener, channel, amqp_url):
    healthy = [f"school-{n}" for n in range(5)]
    for school in ["ill", *healthy]:
        town.ring(log, school, 10)
    ill = True

    def apply(connection: Any, events: list[dict[str, Any]]) -> None:
        if ill and any(event["partition"] == "ill" for event in events):
            raise ZeroDivisionError("on purpose")
        town.note(connection, events)

    crew.consumer(town.pupils(listener, town.Deaf(), apply), amqp_url)
    publish(channel, *(e for school in ["ill", *healthy] for e in log.read(school)))

    until(lambda: town.heard_in(listener) == {s: list(range(1, 11)) for s in healthy})
    ill = False
    until(lambda: town.heard_in(listener).get("ill") == list(range(1, 11)))


def test_what_waits_for_another_place_goes_on_once_that_has_come(
    crew, log, listener, channel, amqp_url
):
    for place in ("district", "school-a"):
        town.ring(log, place, 5)
    known: set[str] = set()

    def apply(connection: Any, events: list[dict[str, Any]]) -> None:
        for event in events:
            if event["partition"] == "school-a" and "district" not in known:
                raise NotYet("the district is not known yet")
            known.add(event["partition"])
        town.note(connection, events)

    crew.consumer(town.pupils(listener, town.Deaf(), apply), amqp_url)
    publish(channel, *log.read("school-a"), *log.read("district"))

    until(lambda: set(town.heard_in(listener)) == {"district", "school-a"})


def test_nothing_is_acknowledged_before_its_effect_is_durable(
    crew, log, listener, channel, amqp_url
):
    town.ring(log, "school-a", 5)

    def apply(connection: Any, events: list[dict[str, Any]]) -> None:
        raise OSError("the database is away")

    failing = crew.consumer(town.pupils(listener, town.Deaf(), apply), amqp_url)
    publish(channel, *log.read("school-a"))
    until(lambda: failing._failures > 2)
    crew.stop()
    until(lambda: waiting(channel) == 5)

    crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: town.heard_in(listener) == {"school-a": [1, 2, 3, 4, 5]})


@pytest.mark.parametrize("body", [b"\xff not json", b"[1]", b"{}", b'{"service":"x","seq":1}'])
def test_what_is_no_event_is_kept_for_a_person(crew, log, listener, channel, amqp_url, body):
    crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    channel.basic_publish("bell.events", "0.BellRung", body)
    town.ring(log, "school-a", 1)
    publish(channel, *log.read("school-a"))

    until(lambda: town.heard_in(listener) == {"school-a": [1]})
    until(lambda: waiting(channel, topology.dead_letters_of(town.LISTENER)) == 1)


def test_two_processes_that_apply_the_same_events_apply_them_once(log, listener):
    for n in range(20):
        town.ring(log, f"school-{n}", 50)
    together = Barrier(4)

    def race() -> None:
        subscriber = town.pupils(listener, log)
        together.wait()
        subscriber.catch_up()

    racers = [Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert town.heard_in(listener) == {f"school-{n}": list(range(1, 51)) for n in range(20)}


def test_a_queue_deleted_under_the_consumer_is_declared_again(
    crew, log, listener, channel, amqp_url
):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: consumer.arrivals.is_connected)
    channel.queue_delete(QUEUE)
    until(lambda: not consumer.arrivals.is_connected)
    until(lambda: consumer.arrivals.is_connected)

    town.ring(log, "school-a", 3)
    publish(channel, *log.read("school-a"))

    until(lambda: town.heard_in(listener) == {"school-a": [1, 2, 3]})


def test_another_number_of_queues_under_traffic_loses_and_reorders_nothing(
    crew, log, listener, amqp_url, monkeypatch
):
    monkeypatch.setattr(consumer_module, "SWEEP_SECONDS", 600.0)  # the queues must do it
    schools = [f"school-{n}" for n in range(12)]
    told = Event()

    def ring_on() -> None:
        while not told.is_set():
            for school in schools:
                town.ring(log, school, 3)

    def heard_more() -> None:
        """Wait until something of every school has come that was rung from now on."""
        before = log.heads()
        until(
            lambda: all(
                len(town.heard_in(listener).get(school, ())) > before.get(school, 0)
                for school in schools
            ),
            within=30,
        )

    ringer = Thread(target=ring_on)
    ringer.start()
    try:
        for queues in (1, 4, 2):
            crew.relay(log, amqp_url)
            crew.consumer(town.pupils(listener, log), amqp_url, queues=queues)
            heard_more()
            crew.stop()
    finally:
        told.set()
        ringer.join()
    crew.relay(log, amqp_url)
    crew.consumer(town.pupils(listener, log), amqp_url, queues=3)

    rung = {school: list(range(1, head + 1)) for school, head in log.heads().items()}
    until(lambda: town.heard_in(listener) == rung, within=30)
