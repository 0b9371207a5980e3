"""Attendance's remote calls. Reads as the service's table of contents."""

from __future__ import annotations

from chassis.nameko_support.entrypoints import Dispatcher, remote


class AttendanceService:
    """Commands and queries by nameko RPC."""

    name = "attendance"
    application = Dispatcher()

    declare_calendar_year = remote("declare_calendar_year")
    declare_calendar_day = remote("declare_calendar_day")
    open_session = remote("open_session")
    take_roll = remote("take_roll")
    authorise_pickup = remote("authorise_pickup")
    revoke_pickup = remote("revoke_pickup")
    issue_pickup_code = remote("issue_pickup_code")
    hand_over = remote("hand_over")
    refuse_pickup = remote("refuse_pickup")

    get_calendar = remote("get_calendar")
    list_sessions = remote("list_sessions")
    list_offering_sessions = remote("list_offering_sessions")
    get_session = remote("get_session")
    get_board = remote("get_board")
    find_code = remote("find_code")
    list_pickup_authorisations = remote("list_pickup_authorisations")
    get_pickup_code = remote("get_pickup_code")
    child_today = remote("child_today")
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
