"""One way from a view to a service: the caller's token and the request's headers travel along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import g, request

from chassis.eventsourcing.application import WireReply
from contracts.language import OPERATIONS
from gateway.problems import Refused, refusal
from gateway.readings import record_reading
from gateway.sessions import principal, token
from gateway.state import gateway

__all__ = ["Refused", "call", "idempotency_key"]

KEY_HEADER = "Idempotency-Key"
KEY_PATTERN = re.compile(r"[\x21-\x7e]{1,100}")
ETAG_PATTERN = re.compile(r'"([1-9][0-9]{0,8})"')


def call(
    service: str,
    operation: str,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    *,
    key: str | None = None,
) -> WireReply:
    """Return a service's reply; ``["body"]`` is the answer, ``["version"]`` of a command its ETag.

    ``key`` is the idempotency key of a command; pages carry it in a hidden field, API clients in
    the header, which is taken when ``key`` is None.

    Raises:
        Refused: the service said no; left alone, it becomes the problem document.
        NotAuthenticated: nobody is logged in.
        ServiceUnavailable: nobody answered.
    """
    principal()
    context: dict[str, Any] = {"token": token(), "correlation_id": g.request_id}
    key = key or request.headers.get(KEY_HEADER)
    if key:
        context["idempotency_key"] = _checked(key)
    wanted = request.headers.get("If-Match")
    if wanted:
        context["if_match"] = _version(wanted)
    reply = gateway().caller.call(service, operation, context, params, body)
    if reply["status"] != "ok":
        raise Refused(reply)
    known = OPERATIONS[service].get(operation)
    if known is not None and known.reads is not None:
        record_reading(operation, known.reads, params or {}, reply["body"])
    return reply


def idempotency_key() -> str:
    """Return the request's Idempotency-Key.

    Raises:
        Refused: there is none; a command over the API needs one.
    """
    key = request.headers.get(KEY_HEADER, "")
    if not key:
        raise refusal(
            "malformed",
            "idempotency-key-required",
            (
                f"请加上 {KEY_HEADER} 请求头（每个新请求一个新值，例如 UUID；重试时不变）。",
                f"Send {KEY_HEADER}: a new value per new request, the same when repeating it.",
            ),
        )
    return _checked(key)


def _checked(key: str) -> str:
    if KEY_PATTERN.fullmatch(key):
        return key
    raise refusal(
        "malformed",
        "idempotency-key-malformed",
        (
            f"{KEY_HEADER} 应为 1 到 100 个可见的 ASCII 字符。",
            f"{KEY_HEADER} is 1 to 100 visible ASCII characters.",
        ),
    )


def _version(header: str) -> int | None:
    if header.strip() == "*":
        return None
    match = ETAG_PATTERN.fullmatch(header.strip())
    if match:
        return int(match[1])
    raise refusal(
        "malformed",
        "if-match-malformed",
        (
            'If-Match 应为命令答复里的 ETag，例如 "3"。',
            'If-Match is the ETag of a command\'s answer, such as "3".',
        ),
    )
