"""The peer's own process: ``python -m tests.bench.peer_process COMMANDS THREADS`` prints JSON.

It is run by the interpreter of ``.venv-peers`` and imports nothing of the project but the threads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from tests.bench.threads import shared_out


class Incident(Aggregate):
    """As much state as the command that it is compared with needs."""

    @event("Reported")
    def __init__(self, school_id: str, narrative: str) -> None:
        self.school_id = school_id
        self.narrative = narrative
        self.notified_by = ""

    @event("GuardianNotified")
    def notify_guardian(self, by: str) -> None:
        self.notified_by = by


class Safety(Application):
    """Reports incidents and notifies guardians of them."""

    def report(self, school_id: str) -> UUID:
        incident = Incident(school_id, "擦伤")
        self.save(incident)
        return incident.id

    def notify_guardian(self, incident_id: UUID) -> None:
        incident: Incident = self.repository.get(incident_id)
        incident.notify_guardian("teacher")
        self.save(incident)


def main(commands: int, threads: int) -> None:
    """Report, then time the notifications."""
    safety = Safety()
    incidents = [safety.report(f"school-{number % 50}") for number in range(commands)]

    def notify(share: Sequence[UUID]) -> None:
        for incident_id in share:
            safety.notify_guardian(incident_id)

    seconds = shared_out(notify, incidents, threads)
    stored = safety.recorder.max_notification_id()
    safety.close()
    print(json.dumps({"seconds": seconds, "stored": stored}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
