"""Alive (this process answers) and ready (every part behind it answers too)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from flask import Flask, Response

from chassis.kernel.call import SYSTEM
from chassis.security import issue_token
from gateway.state import Gateway, gateway

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")
TOKEN_SECONDS = 60


def install(app: Flask) -> None:
    """Add ``/healthz`` and ``/readyz`` to ``app``."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def healthz() -> Response:
    """Say that this process answers."""
    return _answer(200, {"status": "ok"})


def readyz() -> Response:
    """Say which of the parts answer; 503 while one does not."""
    parts = gateway()
    with ThreadPoolExecutor(len(SERVICES)) as pool:
        answers = pool.map(lambda name: _asked(parts, name), SERVICES)
        states = dict(zip(SERVICES, answers, strict=True))
    states["accounts"] = "ok" if parts.accounts.answers() else "no answer"
    ready = all(state == "ok" for state in states.values())
    response = _answer(
        200 if ready else 503, {"status": "ok" if ready else "unavailable", "parts": states}
    )
    if not ready:
        response.headers["Retry-After"] = "2"
    return response


def _asked(parts: Gateway, service: str) -> str:
    context = {
        "token": issue_token(SYSTEM, parts.token_key, lifetime=TOKEN_SECONDS),
        "correlation_id": "readyz",
    }
    try:
        reply = parts.caller.call(service, "read_heads", context)
    except Exception:  # whatever went wrong, the service is not there for anybody
        return "no answer"
    return "ok" if reply.get("status") == "ok" else "no answer"


def _answer(status: int, body: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), status, content_type="application/json")
