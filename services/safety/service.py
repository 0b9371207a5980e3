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
    read_digest = remote("read_digest")
    erase_person = remote("erase_person")
    read_checkpoints = remote("read_checkpoints")
    list_parked = remote("list_parked")
    show_parked = remote("show_parked")
    retry_parked = remote("retry_parked")
    discard_parked = remote("discard_parked")
    replay = remote("replay")
