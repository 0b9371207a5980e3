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
from gateway.refusals import IfMatchMalformed, KeyMalformed, KeyRequired
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
        raise refusal(KeyRequired(header=KEY_HEADER))
    return _checked(key)


def _checked(key: str) -> str:
    if KEY_PATTERN.fullmatch(key):
        return key
    raise refusal(KeyMalformed(header=KEY_HEADER))


def _version(header: str) -> int | None:
    if header.strip() == "*":
        return None
    match = ETAG_PATTERN.fullmatch(header.strip())
    if match:
        return int(match[1])
    raise refusal(IfMatchMalformed())
