"""From the owner's log to the listener's tables, over a real broker."""

from __future__ import annotations

import json
import logging

import pika
import pytest

from chassis.messaging import topology
from chassis.messaging.relay import Relay
from tests.integration.messaging import town
from tests.stack.waiting import until

SCHOOLS = ("school-a", "school-b", "school-c")


def everything(times: int) -> dict[str, list[int]]:
    return {school: list(range(1, times + 1)) for school in SCHOOLS}


def test_events_arrive_once_and_in_order(crew, log, listener, amqp_url):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: consumer.arrivals.is_connected)
    relay = crew.relay(log, amqp_url)
    until(lambda: relay.is_connected)

    for _ in range(4):
        for school in SCHOOLS:
            town.ring(log, school, 250)

    until(lambda: town.heard_in(listener) == everything(1000))
    until(lambda: town.relayed(log) == dict.fromkeys(SCHOOLS, 1000))


def test_two_queues_carry_the_same_as_one(crew, log, listener, amqp_url):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url, queues=2)
    until(lambda: consumer.arrivals.is_connected)

    for school in SCHOOLS:
        town.ring(log, school, 300)
    crew.relay(log, amqp_url)

    until(lambda: town.heard_in(listener) == everything(300))


def test_messages_carry_the_envelope_under_its_name(crew, log, amqp_url):
    town.ring(log, "school-a", 1)
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        channel = connection.channel()
        topology.declare_exchange(channel, "bell")
        channel.queue_declare("ear", exclusive=True)
        channel.queue_bind("ear", "bell.events", "#")
        crew.relay(log, amqp_url)
        until(lambda: channel.queue_declare("ear", passive=True).method.message_count)
        method, properties, body = channel.basic_get("ear")

    (event,) = log.read("school-a")
    assert json.loads(body) == event
    assert method.routing_key == f"{topology.slot_of('school-a')}.BellRung"
    assert properties.message_id == event["event_id"]
    assert properties.delivery_mode == 2


def test_a_second_relay_stands_by_and_takes_over(crew, log, listener, amqp_url):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: consumer.arrivals.is_connected)
    first = crew.relay(log, amqp_url)
    until(lambda: first.is_connected)
    second = crew.relay(log, amqp_url)
    until(lambda: second.is_standby)

    first.stop()
    until(lambda: second.is_connected)
    for school in SCHOOLS:
        town.ring(log, school, 10)

    until(lambda: town.heard_in(listener) == everything(10))


def test_two_relays_at_once_do_no_harm(crew, log, listener, amqp_url, monkeypatch):
    monkeypatch.setattr("chassis.messaging.relay_log.RelayLog.try_lock", lambda self: True)
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: consumer.arrivals.is_connected)
    for school in SCHOOLS:
        town.ring(log, school, 500)

    for relay in (crew.relay(log, amqp_url), crew.relay(log, amqp_url)):
        until(lambda relay=relay: relay.is_connected)
    for school in SCHOOLS:
        town.ring(log, school, 500)

    until(lambda: town.heard_in(listener) == everything(1000))
    until(lambda: town.relayed(log) == dict.fromkeys(SCHOOLS, 1000))


def test_what_nobody_is_bound_to_is_told_and_fetched_later(crew, log, listener, amqp_url, caplog):
    town.ring(log, "school-a", 20)
    with caplog.at_level(logging.WARNING):
        crew.relay(log, amqp_url)
        until(lambda: town.relayed(log) == {"school-a": 20})
    assert "relay.unroutable" in caplog.messages

    crew.consumer(town.pupils(listener, log), amqp_url)

    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 21))})


def test_a_refused_event_is_sent_again_until_it_is_taken(crew, log, amqp_url):
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        channel = connection.channel()
        topology.declare_exchange(channel, "bell")
        full = {"x-queue-type": "quorum", "x-max-length": 5, "x-overflow": "reject-publish"}
        channel.queue_declare("full", durable=True, arguments=full)
        channel.queue_bind("full", "bell.events", "#")
        town.ring(log, "school-a", 200)
        crew.relay(log, amqp_url)
        arrived: list[int] = []

        def drained() -> bool:
            method, _, body = channel.basic_get("full", auto_ack=True)
            if method:
                arrived.append(json.loads(body)["seq"])
            return town.relayed(log) == {"school-a": 200}

        until(drained, within=100)
        while (taken := channel.basic_get("full", auto_ack=True))[0]:
            arrived.append(json.loads(taken[2])["seq"])
    assert set(arrived) == set(range(1, 201))


@pytest.mark.parametrize("schools", [700])
def test_more_schools_than_the_window_all_get_their_turn(crew, log, listener, amqp_url, schools):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), amqp_url)
    until(lambda: consumer.arrivals.is_connected)
    for n in range(schools):
        town.ring(log, f"school-{n}", 2)

    crew.relay(log, amqp_url)

    until(lambda: len(town.heard_in(listener)) == schools)
    until(lambda: all(numbers == [1, 2] for numbers in town.heard_in(listener).values()))


def test_news_before_the_channel_is_open_does_no_harm(log, amqp_url):
    relay = Relay(log, amqp_url)
    relay.post = lambda callback: callback() or True  # as if the loop ran before the channel opens

    relay.wake()

    assert not relay.is_connected
