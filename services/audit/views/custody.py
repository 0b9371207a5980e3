"""Children in a school's care: one row per child checked in and not yet handed over."""

from __future__ import annotations

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "custody"
SERVICE = "attendance"
TYPES = frozenset({"PupilCheckedIn", "PupilMarkedAbsent", "ChildHandedOver"})


def keys(event: Event) -> tuple[str, ...]:
    """Return day and child, so that a child left over from yesterday is not forgotten today."""
    data = event["data"]
    return (f"{data['date']}/{data['student_id']}",)


def fold(row: Row | None, event: Event, _key: str) -> Row | None:
    """Return the child's row while the school answers for the child.

    A child marked absent after being checked in was never there; a second session of the same
    day moves the child and keeps the time of arrival.
    """
    if event["type"] != "PupilCheckedIn":
        return None
    data = event["data"]
    present = {name: data[name] for name in ("student_id", "class_id", "session_id", "date")}
    return {**present, "since": row["since"] if row else event["occurred_at"]}
