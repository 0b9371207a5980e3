"""What an oversight page shows of each school, made from the rows of the views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias

from chassis.kernel.call import CHINA
from services.audit.views import enrollment, funds
from services.audit.views.view import Row

SHOWN_INCIDENTS = 200


class Reader(Protocol):
    """Rows of views, wherever they come from: the live ones, or those of an instant."""

    def rows(self, view: str, partitions: Sequence[str]) -> Mapping[str, list[Row]]:
        """Return the rows of each partition, by key."""

    def one(self, view: str, key: str, partitions: Sequence[str]) -> Mapping[str, Row]:
        """Return the row under ``key`` of each partition that has one."""

    def counts(self, view: str, partitions: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Return how many rows each partition has by the day that their keys begin with."""

    def newest(self, view: str, partitions: Sequence[str], limit: int) -> Mapping[str, list[Row]]:
        """Return the rows with the highest keys, at most ``limit`` over all partitions."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which schools, on which day; ``detailed`` when only one school is asked for."""

    schools: Sequence[str]
    today: date
    detailed: bool


Report: TypeAlias = Callable[[Reader, Question], Mapping[str, dict[str, Any]]]
"""The fields of each school's item."""


def enrollment_report(reader: Reader, question: Question) -> dict[str, dict[str, Any]]:
    """Return applications and enrolments, summed and by term."""
    rows = reader.rows("enrollment", question.schools)
    zeros = dict.fromkeys(enrollment.COUNTS, 0)
    items = {}
    for school in question.schools:
        terms = [{**zeros, **row} for row in rows.get(school, [])]
        items[school] = {**_sums(terms, enrollment.COUNTS), "terms": terms}
    return items


def plans_report(reader: Reader, question: Question) -> dict[str, dict[str, Any]]:
    """Return where each term's plan and filing stand, and for how many days a review waits."""
    rows = reader.rows("plans", question.schools)
    items = {}
    for school in question.schools:
        terms = [_waiting(row, question.today) for row in rows.get(school, [])]
        items[school] = {
            **{
                standing: sum(each["standing"] in standings for each in terms)
                for standing, standings in PLANS.items()
            },
            "unacknowledged": sum(each["filing"] > each["acknowledged"] for each in terms),
            "longest_wait_days": max((each["days_waiting"] or 0 for each in terms), default=0),
            "terms": terms,
        }
    return items


PLANS = {
    "preparing": ("none", "survey", "preparation"),
    "waiting": ("submitted",),
    "returned": ("returned",),
    "approved": ("approved",),
    "running": ("running",),
}
"""What plans are counted as, and the standings that count."""


def _waiting(row: Row, today: date) -> Row:
    since = row["submitted_at"]
    days = None
    if since is not None:
        begun = datetime.fromisoformat(since).astimezone(CHINA).date()
        days = max(0, (today - begun).days)
    return {**row, "days_waiting": days}


def funds_report(reader: Reader, question: Question) -> dict[str, dict[str, Any]]:
    """Return the ledger, summed and by month."""
    rows = reader.rows("funds", question.schools)
    items = {}
    for school in question.schools:
        sums = _sums(rows.get(school, []), funds.SUMS)
        still_open = sums["charged_fen"] - sums["collected_fen"]
        items[school] = {
            "currency": "CNY",
            **sums,
            "open_fen": still_open,
            "months": rows.get(school, []),
        }
    return items


def custody_report(reader: Reader, question: Question) -> dict[str, dict[str, Any]]:
    """Return today's numbers and who has not been handed over, today or on an earlier day."""
    today = question.today.isoformat()
    days = reader.one("custody_days", today, question.schools)
    children = reader.counts("custody", question.schools)
    named = reader.rows("custody", question.schools) if question.detailed else {}
    items = {}
    for school in question.schools:
        day = days.get(school, {"rolls": {}, "handed_over": 0, "refusals": 0})
        here = children.get(school, {})
        present = sum(here.values())
        items[school] = {
            "date": today,
            **_sums(list(day["rolls"].values()), ("checked_in", "absent")),
            "handed_over": day["handed_over"],
            "refusals": day["refusals"],
            "present": present,
            "left_over": present - here.get(today, 0),
            "children": named.get(school, []),
        }
    return items


def incidents_report(reader: Reader, question: Question) -> dict[str, dict[str, Any]]:
    """Return how many incidents there are, and the newest ones."""
    counts = reader.one("incident_counts", "", question.schools)
    newest = reader.newest("incidents", question.schools, SHOWN_INCIDENTS)
    nothing = {"reported": 0, "not_notified": 0, "by_severity": {}}
    return {
        school: {**counts.get(school, nothing), "incidents": newest.get(school, [])}
        for school in question.schools
    }


@dataclass(frozen=True, slots=True)
class Oversight:
    """One page: its report and the services whose events it shows."""

    report: Report
    service: str


PAGES = {
    "enrollment": Oversight(enrollment_report, "enrollment"),
    "plans": Oversight(plans_report, "enrollment"),
    "funds": Oversight(funds_report, "fees"),
    "custody": Oversight(custody_report, "attendance"),
    "incidents": Oversight(incidents_report, "safety"),
}


def _sums(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in names}
