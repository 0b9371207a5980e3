"""What happened to the children of a school on each day, in numbers."""

from __future__ import annotations

from collections import Counter

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "custody_days"
SERVICE = "attendance"
TYPES = frozenset({"RollTaken", "ChildHandedOver", "PickupRefused"})
COUNTED = {"ChildHandedOver": "handed_over", "PickupRefused": "refusals"}


def keys(event: Event) -> tuple[str, ...]:
    """Return the day."""
    return (event["data"]["date"],)


def fold(row: Row | None, event: Event, key: str) -> Row | None:
    """Return the day's numbers; a session's last roll corrects the earlier ones."""
    before = row or {"date": key, "rolls": {}, "handed_over": 0, "refusals": 0}
    if event["type"] in COUNTED:
        counted = COUNTED[event["type"]]
        return {**before, counted: before[counted] + 1}
    data = event["data"]
    statuses = Counter(exception["status"] for exception in data["exceptions"])
    roll = {
        "checked_in": len(data["present"]),
        "absent": statuses["absent"] + statuses["leave"],
    }
    return {**before, "rolls": {**before["rolls"], data["session_id"]: roll}}
