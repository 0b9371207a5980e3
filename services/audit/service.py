"""Audit's remote calls. Reads as the service's table of contents."""

from __future__ import annotations

from chassis.nameko_support.entrypoints import Dispatcher, remote


class AuditService:
    """Commands and queries by nameko RPC."""

    name = "audit"
    application = Dispatcher()

    oversight = remote("oversight")
    request_rebuild = remote("request_rebuild")
    pause_rebuild = remote("pause_rebuild")
    resume_rebuild = remote("resume_rebuild")
    cancel_rebuild = remote("cancel_rebuild")
    swap_rebuild = remote("swap_rebuild")
    rollback_views = remote("rollback_views")
    list_rebuilds = remote("list_rebuilds")
    get_rebuild = remote("get_rebuild")
    sign_tree_head = remote("sign_tree_head")
    list_tree_heads = remote("list_tree_heads")
    prove_event = remote("prove_event")
    prove_consistency = remote("prove_consistency")
    list_findings = remote("list_findings")
    read_events = remote("read_events")
    read_heads = remote("read_heads")
    read_digest = remote("read_digest")
    read_checkpoints = remote("read_checkpoints")
    list_parked = remote("list_parked")
    show_parked = remote("show_parked")
    retry_parked = remote("retry_parked")
    discard_parked = remote("discard_parked")
    replay = remote("replay")
