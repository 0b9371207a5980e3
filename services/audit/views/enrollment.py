"""Applications and enrolments of a school, counted per term."""

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
}
TYPES = frozenset({*COUNTED, "TermOpened"})
COUNTS = tuple(COUNTED.values())


def keys(event: Event) -> tuple[str, ...]:
    """Return the term."""
    return (event["data"]["term_id"],)


def fold(row: Row | None, event: Event, key: str) -> Row | None:
    """Return the term's counts after one more fact."""
    before = row or {"term_id": key, "name": None, **dict.fromkeys(COUNTS, 0)}
    if event["type"] == "TermOpened":
        return {**before, "name": event["data"]["name"]}
    counted = COUNTED[event["type"]]
    return {**before, counted: before[counted] + 1}
