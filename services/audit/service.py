"""Audit's remote calls. Reads as the service's table of contents."""

from __future__ import annotations

from chassis.nameko_support.entrypoints import Dispatcher, remote


class AuditService:
    """Queries by nameko RPC."""

    name = "audit"
    application = Dispatcher()

    oversight = remote("oversight")
    read_events = remote("read_events")
    read_heads = remote("read_heads")
