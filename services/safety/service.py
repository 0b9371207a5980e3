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
    record_screening = remote("record_screening")
    sign_responsibility_statement = remote("sign_responsibility_statement")
    get_responsibility_statement = remote("get_responsibility_statement")
    list_staff_fitness = remote("list_staff_fitness")
    report_breach = remote("report_breach")
    list_breaches = remote("list_breaches")
    admit_provider = remote("admit_provider")
    remove_provider = remote("remove_provider")
    list_providers = remote("list_providers")
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
