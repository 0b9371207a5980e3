"""Calls to a nameko service in a process of its own, over a real broker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.messaging.calls import RemoteFailure, ServiceUnavailable
from chassis.messaging.rpc_client import RpcCaller
from tests.stack.processes import Process, ending

CONTEXT = {"token": "t", "correlation_id": "c"}
SERVICE = "tests.integration.messaging.echo_service"


@pytest.fixture(scope="module")
def url(fresh_vhost) -> str:
    return fresh_vhost("calls")


@pytest.fixture(scope="module", autouse=True)
def echo(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("echo"), "echo", [SERVICE, url], {})
    with ending([process]):
        yield process.start().ready()


@pytest.fixture
def caller(url: str) -> Iterator[RpcCaller]:
    caller = RpcCaller(url, name="tests", timeout=10)
    yield caller
    caller.stop()


def test_a_call_comes_back_with_what_was_sent(caller):
    reply = caller.call("echo", "echo", CONTEXT, {"id": "7"}, {"name": "三点半", "n": 1.5})

    assert reply["body"] == {
        "context": CONTEXT,
        "params": {"id": "7"},
        "body": {"name": "三点半", "n": 1.5},
    }


def test_objects_that_kombu_would_interpret_arrive_as_they_are(caller):
    tricky = {"__type__": "date", "__value__": "not a date"}

    assert caller.call("echo", "echo", CONTEXT, None, tricky)["body"]["body"] == tricky


def test_a_large_reply_arrives_whole(caller):
    items = [{"seq": n, "data": "x" * 500} for n in range(3000)]

    assert (
        caller.call("echo", "echo", CONTEXT, None, {"items": items})["body"]["body"]["items"]
        == items
    )


def test_many_threads_share_the_connection_and_get_their_own_answers(caller):
    with ThreadPoolExecutor(16) as pool:
        answers = pool.map(lambda n: caller.call("echo", "echo", CONTEXT, {"n": n}), range(500))
        assert [answer["body"]["params"]["n"] for answer in answers] == list(range(500))


def test_a_slow_call_does_not_hold_up_the_others(caller):
    slow = threading.Thread(
        target=caller.call, args=("echo", "dawdle", CONTEXT, None, {"seconds": 2})
    )
    slow.start()
    started = time.monotonic()

    for _ in range(5):
        caller.call("echo", "echo", CONTEXT)

    assert time.monotonic() - started < 1.5
    slow.join()


def test_a_call_that_takes_too_long_is_unavailable(url):
    impatient = RpcCaller(url, timeout=0.3)
    try:
        with pytest.raises(ServiceUnavailable) as refusal:
            impatient.call("echo", "dawdle", CONTEXT, None, {"seconds": 1})
    finally:
        impatient.stop()
    assert (refusal.value.code, refusal.value.kind) == ("service-unavailable", "unavailable")


def test_a_service_that_is_not_there_is_unavailable_at_once(caller):
    caller.call("echo", "echo", CONTEXT)
    started = time.monotonic()

    with pytest.raises(ServiceUnavailable):
        caller.call("nobody", "echo", CONTEXT)

    assert time.monotonic() - started < 1


def test_a_failure_of_the_service_is_not_a_refusal(caller):
    with pytest.raises(RemoteFailure, match=r"echo\.fail: ZeroDivisionError"):
        caller.call("echo", "fail", CONTEXT)


def test_an_operation_that_does_not_exist_is_a_failure(caller):
    with pytest.raises(RemoteFailure, match="MethodNotFound"):
        caller.call("echo", "sing", CONTEXT)


def test_an_answer_that_json_cannot_carry_is_a_failure_and_the_service_lives_on(caller):
    with pytest.raises(RemoteFailure, match="UnserializableValueError"):
        caller.call("echo", "answer_nonsense", CONTEXT)

    assert caller.call("echo", "echo", CONTEXT)["status"] == "ok"


def test_without_a_broker_calls_are_unavailable_soon():
    lonely = RpcCaller("amqp://guest:guest@127.0.0.1:1/%2F", timeout=0.5)
    started = time.monotonic()
    try:
        with pytest.raises(ServiceUnavailable):
            lonely.call("echo", "echo", CONTEXT)
    finally:
        lonely.stop()
    assert time.monotonic() - started < 5
