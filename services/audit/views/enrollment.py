"""Applications and enrolments of a school, counted per term.

``enrolled`` are those who take part or will: a withdrawal takes one off as soon as it is told,
whatever its day; a suspension takes nobody off.
"""

from __future__ import annotations

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "enrollment"
SERVICE = "enrollment"
COUNTED = {
    "ApplicationSubmitted": "applied",
    "ApplicationAccepted": "accepted",
    "ApplicationRejected": "rejected",
    "ParticipationDeclined": "declined",
    "StudentEnrolled": "enrolled",
    "StudentWithdrawn": "withdrawn",
}
TYPES = frozenset({*COUNTED, "TermOpened"})
COUNTS = tuple(COUNTED.values())
FROM_THE_START = tuple(name for name in COUNTS if name != "withdrawn")
"""A row has the later counts once there is something to count: older rows stay as they are."""


def keys(event: Event) -> tuple[str, ...]:
    """Return the term."""
    return (event["data"]["term_id"],)


def fold(row: Row | None, event: Event, key: str) -> Row | None:
    """Return the term's counts after one more fact."""
    before = row or {"term_id": key, "name": None, **dict.fromkeys(FROM_THE_START, 0)}
    if event["type"] == "TermOpened":
        return {**before, "name": event["data"]["name"]}
    counted = COUNTED[event["type"]]
    after = {**before, counted: before.get(counted, 0) + 1}
    if event["type"] == "StudentWithdrawn":
        after["enrolled"] -= 1
    return after
