"""What the broker's death, freezing and return cost: time, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.messaging import connection, relay
from chassis.messaging.calls import ServiceUnavailable
from chassis.messaging.rpc_client import RpcCaller
from tests.integration.messaging import town
from tests.integration.messaging.test_calls import CONTEXT, SERVICE
from tests.stack.processes import Process, ending
from tests.stack.rabbitmq import RabbitMQ
from tests.stack.waiting import until

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def url(own_rabbitmq: RabbitMQ) -> str:
    return own_rabbitmq.fresh_vhost()


@pytest.fixture
def echo(url: str, tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, "echo", [SERVICE, url], {})
    with ending([process]):
        yield process.start().ready()


@pytest.fixture
def caller(url: str) -> Iterator[RpcCaller]:
    caller = RpcCaller(url, name="tests", timeout=20)
    yield caller
    caller.stop()


class Ringing:
    """Somebody who goes on appending, broker or no broker."""

    def __init__(self, log) -> None:
        self._log = log
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._ring)
        self.times = 0

    def __enter__(self) -> Ringing:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def _ring(self) -> None:
        while not self._enough.wait(0.02):
            town.ring(self._log, "school-a", 20)
            self.times += 20


def test_killed_under_a_publishing_relay_it_loses_and_doubles_nothing(
    crew, log, listener, own_rabbitmq, url
):
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), url)
    until(lambda: consumer.arrivals.is_connected)
    own_rabbitmq.settle()  # a queue that is younger may be forgotten (see the next test)
    crew.relay(log, url)

    with Ringing(log) as ringing:
        until(lambda: town.relayed(log).get("school-a", 0) > 500)
        for _ in range(2):
            before = town.relayed(log).get("school-a", 0)
            until(lambda before=before: town.relayed(log).get("school-a", 0) > before)
            own_rabbitmq.kill()
            until(lambda: not consumer.arrivals.is_connected)
            own_rabbitmq.restart()
            until(lambda: consumer.arrivals.is_connected, within=60)

    everything = list(range(1, ringing.times + 1))
    until(lambda: len(town.heard_in(listener)["school-a"]) >= ringing.times, within=60)
    assert town.heard_in(listener)["school-a"] == everything
    until(lambda: town.relayed(log) == {"school-a": ringing.times})


def test_a_queue_that_came_back_unusable_is_replaced_and_healed(
    crew, log, listener, own_rabbitmq, url, monkeypatch
):
    monkeypatch.setattr(connection, "SETUP_SECONDS", 6)
    monkeypatch.setattr(connection, "RECONNECT_SECONDS", (0.1,))
    town.ring(log, "school-a", 100)
    consumer = crew.consumer(town.pupils(listener, log), url)
    until(lambda: consumer.arrivals.is_connected)
    own_rabbitmq.kill()  # before the broker has written down where the queue's data is
    own_rabbitmq.restart()

    until(lambda: consumer.arrivals.is_connected, within=90)
    crew.relay(log, url)
    town.ring(log, "school-a", 100)

    until(lambda: town.relayed(log) == {"school-a": 200}, within=60)
    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 201))})


def test_frozen_it_is_noticed_and_what_waited_goes_out_afterwards(
    crew, log, listener, own_rabbitmq, url, monkeypatch
):
    monkeypatch.setattr(connection, "HEARTBEAT_SECONDS", 2)
    monkeypatch.setattr(relay, "CONFIRM_SECONDS", 2)
    consumer = crew.consumer(town.pupils(listener, town.Deaf()), url)
    relaying = crew.relay(log, url)
    until(lambda: consumer.arrivals.is_connected and relaying.is_connected)

    own_rabbitmq.freeze()
    try:
        town.ring(log, "school-a", 100)
        until(lambda: not relaying.is_connected and not consumer.arrivals.is_connected)
    finally:
        own_rabbitmq.thaw()

    until(lambda: town.heard_in(listener) == {"school-a": list(range(1, 101))}, within=60)


def test_calls_fail_clearly_while_it_is_away_and_work_when_it_is_back(echo, caller, own_rabbitmq):
    assert caller.call("echo", "echo", CONTEXT)["status"] == "ok"
    own_rabbitmq.kill()

    with pytest.raises(ServiceUnavailable):
        caller.call("echo", "echo", CONTEXT)

    own_rabbitmq.restart()
    until(
        lambda: caller.call("echo", "echo", CONTEXT)["status"] == "ok",
        within=60,
        trying=(ServiceUnavailable,),
        told=echo.output,
    )


def test_a_service_whose_reply_cannot_be_sent_lives_on(echo, caller, own_rabbitmq):
    assert caller.call("echo", "echo", CONTEXT)["status"] == "ok"
    refused: list[Exception] = []

    def dawdle() -> None:
        try:
            caller.call("echo", "dawdle", CONTEXT, None, {"seconds": 4})
        except ServiceUnavailable as refusal:
            refused.append(refusal)

    calling = threading.Thread(target=dawdle)
    calling.start()
    until(lambda: caller._replies._pending)
    assert caller.call("echo", "echo", CONTEXT)["status"] == "ok"  # the slow one came before it
    own_rabbitmq.kill()
    calling.join(timeout=30)
    assert refused, "the caller is told, and does not wait for ever"

    own_rabbitmq.restart()
    until(
        lambda: caller.call("echo", "echo", CONTEXT)["status"] == "ok",
        within=60,
        trying=(ServiceUnavailable,),
        told=echo.output,
    )
    assert echo.running()


def test_a_request_in_the_hands_of_a_killed_service_is_answered_by_the_next(echo, caller):
    answers: list[dict] = []
    calling = threading.Thread(
        target=lambda: answers.append(caller.call("echo", "dawdle", CONTEXT, None, {"seconds": 2}))
    )
    calling.start()
    until(lambda: caller._replies._pending)
    assert caller.call("echo", "echo", CONTEXT)["status"] == "ok"  # the slow one came before it

    echo.kill()
    echo.start().ready()
    calling.join(timeout=30)

    assert [answer["status"] for answer in answers] == ["ok"]
