"""The schools there are: name and district, so that every other view can say whose row it is."""

from __future__ import annotations

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "schools"
SERVICE = "enrollment"
TYPES = frozenset({"SchoolRegistered"})


def keys(_event: Event) -> tuple[str, ...]:
    """Return the one key a school has."""
    return ("",)


def fold(_row: Row | None, event: Event, _key: str) -> Row | None:
    """Return the school as last registered."""
    data = event["data"]
    return {name: data[name] for name in ("school_id", "district_id", "name", "stage", "area")}
