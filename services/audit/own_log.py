"""Audit's own log: what it says is about every school, so it has a partition of its own."""

from __future__ import annotations

from sqlalchemy import Connection

from chassis.kernel.call import Call

PLATFORM = "platform"


def own_log(_connection: Connection, _request: object, _call: Call) -> str:
    """Return the partition of a command that is about no single school."""
    return PLATFORM
