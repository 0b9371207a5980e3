"""Commands per second through the application object: check, load, decide, append, project, commit.

The command is ``safety.notify_guardian``: one stream loaded, one event appended, one row of a read
model changed, the outcome stored under the idempotency key. 50 schools, all writers on all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from chassis.assembly import build
from chassis.kernel.call import CHINA, Principal
from chassis.security import issue_token
from chassis.service import Service
from chassis.testing.world import TOKEN_KEY, FixedClock, Silent, settings_for
from services.safety.definition import DEFINITION
from tests.bench.place import Kind, Place
from tests.bench.threads import shared_out
from tests.bench.units import Count, PerSecond

SCHOOLS = 50
NOW = datetime(2026, 9, 1, 16, 0, tzinfo=CHINA)

Incident = tuple[str, str]
"""(school, incident)."""


class Figures(TypedDict):
    threads: Count
    commands: Count
    per_second: PerSecond


def measure(place: Place, commands: int, *, database: Kind, threads: int) -> Figures:
    """Return commands per second with ``threads`` writers."""
    reported = Reported(place.database(database), commands)
    seconds = shared_out(reported.notify, reported.incidents, threads)
    reported.close()
    return {"threads": threads, "commands": commands, "per_second": round(commands / seconds)}


class Reported:
    """Safety with incidents that no guardian knows of yet."""

    def __init__(self, database_url: str, count: int) -> None:
        sources = {"enrollment": Silent()}
        self._safety: Service = build(
            DEFINITION, settings_for(database_url), FixedClock(NOW), sources
        )
        self._tokens = {f"school-{n}": _token(f"school-{n}") for n in range(SCHOOLS)}
        self.incidents: list[Incident] = [self._report(number) for number in range(count)]

    def _report(self, number: int) -> Incident:
        school = f"school-{number % SCHOOLS}"
        body = {
            "severity": "minor",
            "category": "injury",
            "occurred_at": "2026-09-01T15:50:00+08:00",
            "student_ids": ["student"],
            "narrative": "擦伤",
        }
        reply = self._ask("report_incident", school, f"r{number}", {"school_id": school}, body)
        return school, reply["incident_id"]

    def notify(self, incidents: Sequence[Incident]) -> None:
        """Send the command for each."""
        for school, incident_id in incidents:
            at = {"incident_id": incident_id}
            self._ask("notify_guardian", school, f"n{incident_id}", at, {})

    def close(self) -> None:
        """Close the database; every incident has been notified of once."""
        stored, expected = sum(self._safety.log.heads().values()), 2 * len(self.incidents)
        self._safety.database.close()
        assert stored == expected, f"{stored} events for {len(self.incidents)} incidents"

    def _ask(
        self,
        operation: str,
        school: str,
        key: str,
        params: Mapping[str, str],
        body: Mapping[str, object],
    ) -> Mapping[str, str]:
        context = {"token": self._tokens[school], "idempotency_key": key}
        reply = self._safety.application.handle(operation, context, params, body)
        assert reply["status"] == "ok", reply
        answer: Mapping[str, str] = reply["body"]
        return answer


def _token(school_id: str) -> str:
    who = Principal(account_id=f"{school_id}-teacher", role="teacher", school_id=school_id)
    return issue_token(who, TOKEN_KEY)
