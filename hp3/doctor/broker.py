"""Checks of RabbitMQ: are the queues what the code declares, and would anything drop a message?

What AMQP can tell is asked over AMQP, which knows it at once; policies and alarms over the
management API, where there is one (its counts are seconds old, so nothing is read from them).
"""

from __future__ import annotations

import json
import re
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from itertools import takewhile
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pika
from pika.exceptions import ChannelClosedByBroker

from chassis.messaging import topology
from hp3.doctor.finding import Finding, attention, fine, stop

OLDEST = (3, 10)
DROPPING = frozenset(
    {
        "message-ttl",
        "expires",
        "max-length",
        "max-length-bytes",
        "delivery-limit",
        "overflow",
        "dead-letter-exchange",
        "dead-letter-strategy",
    }
)
"""What a policy could say that makes the broker throw a message away, or out of its queue."""

OURS = frozenset({"all", "queues", "quorum_queues"})
"""What a policy can be applied to that reaches a quorum queue."""

LOOK_SECONDS = 3.0
MANY = 100_000

Consumers = Mapping[str, Sequence[str]]
"""Consumer → the services that it listens to."""


@dataclass(frozen=True, slots=True)
class Api:
    """The management API, as far as the doctor asks it."""

    url: str
    user: str
    password: str
    vhost: str

    def get(self, path: str) -> Any:
        """Return an answer; OSError if there is none."""
        secret = b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
            f"{self.url}/{path}", headers={"Authorization": f"Basic {secret}"}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=LOOK_SECONDS) as answer:
            return json.load(answer)


def api_of(amqp_url: str, named: str = "") -> Api:
    """Return the management API beside a broker; ``named`` is where an operator says it is."""
    parts = urlsplit(amqp_url)
    vhost = unquote(parts.path.removeprefix("/")) or "/"
    tls = parts.scheme == "amqps"  # the password must not travel in clear where AMQP would not
    beside = f"https://{parts.hostname}:15671" if tls else f"http://{parts.hostname}:15672"
    url = named or f"{beside}/api"
    return Api(url, unquote(parts.username or "guest"), unquote(parts.password or "guest"), vhost)


def check(amqp_url: str, consumers: Consumers, n: int, api: Api | None) -> Iterator[Finding]:
    """Look at a broker that can be reached."""
    with pika.BlockingConnection(_parameters(amqp_url)) as connection:
        yield from version(connection)
        for consumer in consumers:
            yield from queues(connection, consumer, n)
            yield from left_over(connection, consumer, n)
            yield from dead_letters(connection, consumer)
    if api is not None:
        yield from managed(api, consumers, n)


def version(connection: Any) -> Iterator[Finding]:
    """Look at the broker's version."""
    told = connection._impl.server_properties.get("version", "0")
    number = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
    if number < OLDEST:
        yield stop(
            "rabbitmq",
            f"RabbitMQ {told} 太旧，需要 3.10 以上。",
            f"RabbitMQ {told} is too old; 3.10 or newer is needed.",
            "Upgrade the broker; 4.x is what docker compose runs.",
        )
    else:
        yield fine("rabbitmq", f"版本 {told}。", f"version {told}.")


def queues(connection: Any, consumer: str, n: int) -> Iterator[Finding]:
    """Declare each queue that exists as the code does: the broker refuses if it is another."""
    for queue in topology.queues_of(consumer, n):
        if (there := _there(connection, queue)) is None:
            yield attention(
                queue,
                "队列还不存在，服务启动时会建立。",
                "does not exist yet; the worker declares it.",
            )
        elif refused := _refusal(connection, consumer, queue):
            yield stop(
                queue,
                "队列的参数与程序要求的不同，消息可能丢失。",
                f"has other arguments than the code needs: {refused}",
                "hp3 doctor --mend (deletes and declares it; what was in it is in the logs)",
            )
        else:
            yield from counts(consumer, queue, there)


def counts(consumer: str, queue: str, there: Any) -> Iterator[Finding]:
    """Tell of a queue that nobody reads or that grows."""
    if not there.consumer_count:
        yield attention(
            queue,
            "没有进程在读这个队列。",
            "nobody reads it.",
            f"docker compose up -d {consumer}-worker",
        )
    if there.message_count > MANY:
        yield attention(
            queue,
            f"积压 {there.message_count} 条。",
            f"{there.message_count} messages wait.",
            "hp3 status",
        )


def left_over(connection: Any, consumer: str, n: int) -> Iterator[Finding]:
    """Tell of queues of a larger number, which two workers with different numbers leave behind."""
    beyond = topology.queues_of(consumer, topology.MAX_QUEUES)[n:]
    for queue in takewhile(lambda queue: _there(connection, queue), beyond):
        yield attention(
            queue,
            "是队列数较大时留下的，事件只能靠补读，会晚几秒。",
            "is left of a larger number of queues; its events come late, by fetching.",
            f"docker compose restart {consumer}-worker",
        )


def dead_letters(connection: Any, consumer: str) -> Iterator[Finding]:
    """Tell of messages that were no events."""
    queue = topology.dead_letters_of(consumer)
    there = _there(connection, queue)
    if there is not None and there.message_count:
        yield attention(
            queue,
            f"有 {there.message_count} 条不是事件的消息。",
            f"holds {there.message_count} messages that were no events.",
            "Look at them in the management page; nothing of a log is missing for them.",
        )


def managed(api: Api, consumers: Consumers, n: int) -> Iterator[Finding]:
    """Look at what only the management API tells: policies and alarms."""
    try:
        yield from policies(api, consumers, n)
        yield from alarms(api)
    except (OSError, HTTPException, ValueError) as reason:
        yield attention(
            "rabbitmq",
            "管理接口没有回答，策略与告警没有检查。",
            f"its management API does not answer ({reason}); policies and alarms were not looked "
            "at.",
            "rabbitmq-plugins enable rabbitmq_management; HP3_RABBITMQ_API_URL names it",
        )


def policies(api: Api, consumers: Consumers, n: int) -> Iterator[Finding]:
    """Look for policies on our queues that would drop, cap or expire anything.

    Of the policies that match a queue only those of the highest priority have an effect.
    """
    ours = [queue for consumer in consumers for queue in topology.queues_of(consumer, n)]
    for kind in ("policies", "operator-policies"):
        there = []
        for policy in api.get(f"{kind}/{quote(api.vhost, safe='')}"):
            if policy["apply-to"] not in OURS:
                continue
            try:
                there.append((re.compile(policy["pattern"]), policy))
            except re.error:  # the broker speaks another dialect of patterns
                yield from unreadable(policy)
        told = set()
        for queue in ours:
            matching = [policy for pattern, policy in there if pattern.search(queue)]
            highest = max((policy["priority"] for policy in matching), default=0)
            for policy in matching:
                if policy["priority"] == highest and policy["name"] not in told:
                    told.add(policy["name"])
                    yield from dropping(api, kind, policy, queue)


def unreadable(policy: Mapping[str, Any]) -> Iterator[Finding]:
    """Tell of a policy that would drop, where nobody here can say which queues it is for."""
    if DROPPING & set(policy["definition"]):
        yield attention(
            "rabbitmq",
            f"策略 {policy['name']} 的匹配式无法在此判断；请确认它不涉及本系统的队列。",
            f"the policy {policy['name']} has a pattern that cannot be judged here; see that it "
            "is not for our queues.",
            "rabbitmqctl list_policies",
        )


def dropping(api: Api, kind: str, policy: Mapping[str, Any], queue: str) -> Iterator[Finding]:
    """Tell of a policy that has an effect on a queue of ours, if it would lose messages."""
    if bad := sorted(DROPPING & set(policy["definition"])):
        clear = "clear_operator_policy" if kind.startswith("op") else "clear_policy"
        yield stop(
            queue,
            f"策略 {policy['name']} 设了 {'、'.join(bad)}，会丢消息。",
            f"the policy {policy['name']} sets {', '.join(bad)}: messages would be lost.",
            f"rabbitmqctl {clear} -p {api.vhost} {policy['name']}",
        )


def alarms(api: Api) -> Iterator[Finding]:
    """Look for memory and disk alarms: publishers stand still while there is one."""
    for node in api.get("nodes"):
        for alarm, zh in (("mem_alarm", "内存"), ("disk_free_alarm", "磁盘")):
            if node.get(alarm):
                yield attention(
                    node["name"],
                    f"{zh}告警：发布暂停，数据都在各服务的日志里。",
                    f"{alarm} is set: publishing stands still; everything is safe in the logs.",
                    "Free memory or disk, or raise the limit in rabbitmq.conf.",
                )


def mend(amqp_url: str, consumers: Consumers, n: int) -> list[str]:
    """Delete and declare anew the queues that have other arguments; return their names.

    What was in them is in their owners' logs; consumers fetch it from there.
    """
    mended = []
    with pika.BlockingConnection(_parameters(amqp_url)) as connection:
        for consumer, sources in consumers.items():
            wrong = [
                queue
                for queue in topology.queues_of(consumer, n)
                if _there(connection, queue) and _refusal(connection, consumer, queue)
            ]
            channel = connection.channel()
            for queue in wrong:
                channel.queue_delete(queue)
            if wrong:
                topology.declare_subscription(channel, consumer, sources, n)
            mended += wrong
    return mended


def _there(connection: Any, queue: str) -> Any:
    """Return what the broker knows of a queue, ``None`` if it has none of that name."""
    try:
        return connection.channel().queue_declare(queue, passive=True).method
    except ChannelClosedByBroker as closed:
        if closed.reply_code == 404:
            return None
        raise


def _refusal(connection: Any, consumer: str, queue: str) -> str:
    """Return why the broker does not accept the queue as the code declares it, or nothing."""
    try:
        connection.channel().queue_declare(
            queue, durable=True, arguments=topology.arguments_of(consumer)
        )
    except ChannelClosedByBroker as closed:
        if closed.reply_code == 406:
            return str(closed.reply_text)
        raise
    return ""


def _parameters(amqp_url: str) -> pika.URLParameters:
    parameters = pika.URLParameters(amqp_url)
    parameters.socket_timeout = parameters.stack_timeout = LOOK_SECONDS
    parameters.blocked_connection_timeout = LOOK_SECONDS
    return parameters
