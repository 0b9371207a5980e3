"""Fees' remote calls. Reads as the service's table of contents."""

from __future__ import annotations

from chassis.nameko_support.entrypoints import Dispatcher, remote


class FeesService:
    """Commands and queries by nameko RPC."""

    name = "fees"
    application = Dispatcher()

    set_tariff = remote("set_tariff")
    grant_waiver = remote("grant_waiver")
    run_charges = remote("run_charges")
    record_payment = remote("record_payment")
    list_charges = remote("list_charges")
    list_refunds = remote("list_refunds")
    list_waivers = remote("list_waivers")
    get_tariff = remote("get_tariff")
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
