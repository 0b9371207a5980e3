"""Safety's remote calls. Reads as the service's table of contents."""

from __future__ import annotations

from chassis.nameko_support.entrypoints import Dispatcher, remote


class SafetyService:
    """Commands and queries by nameko RPC."""

    name = "safety"
    application = Dispatcher()

    report_incident = remote("report_incident")
    notify_guardian = remote("notify_guardian")
    list_incidents = remote("list_incidents")
    read_events = remote("read_events")
    read_heads = remote("read_heads")
