"""Puts on record who reads children's data and what for, before the answer goes out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from flask import current_app, g

from contracts.shapes import Reads
from gateway.accounts.reading import Read
from gateway.sessions import principal
from gateway.state import gateway

AGAIN_AFTER_SECONDS = 600
MAX_RECENT = 10_000
RECENT = "HP3_RECENT_READINGS"


def record_reading(
    operation: str, reads: Reads, params: Mapping[str, Any], body: Mapping[str, Any]
) -> None:
    """Keep that the caller reads this; ``reads`` says whose data it is, and what for.

    A board that a page asks for every few seconds is one reading: the same person, operation and
    subject goes on record once in ten minutes.
    """
    subject = params.get(reads.subject) or body.get(reads.subject)
    if not subject:
        return
    reader = principal()
    recent: dict[tuple[str, str, str], float] = current_app.config.setdefault(RECENT, {})
    key = (reader.account_id, operation, str(subject))
    now = time.monotonic()
    if recent.get(key, 0.0) > now:
        return
    gateway().accounts.record_read(
        Read(
            at=gateway().clock.now().isoformat(),
            account_id=reader.account_id,
            role=reader.role,
            operation=operation,
            subject_kind=reads.subject.removesuffix("_id"),
            subject_id=str(subject),
            purpose=reads.purpose,
            request_id=g.request_id,
        )
    )
    if len(recent) >= MAX_RECENT:
        recent.clear()
    recent[key] = now + AGAIN_AFTER_SECONDS
