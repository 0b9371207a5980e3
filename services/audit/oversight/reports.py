"""What an oversight page shows of each school, made from the rows of the views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeAlias

from chassis.kernel.call import CHINA
from contracts.audit import oversight as said
from services.audit.views import enrollment
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


class School(NamedTuple):
    """A school as every view names it."""

    school_id: str
    school_name: str
    district_id: str


@dataclass(frozen=True, slots=True)
class Question:
    """Which schools, on which day; ``detailed`` when only one school is asked for."""

    schools: Sequence[School]
    today: date
    detailed: bool

    @property
    def ids(self) -> Sequence[str]:
        """The schools' ids: their partitions."""
        return [school.school_id for school in self.schools]


Report: TypeAlias = Callable[[Reader, Question], Sequence[said.SchoolItem]]
"""Each school's item, in the order of the question."""


def enrollment_report(reader: Reader, question: Question) -> Sequence[said.EnrollmentItem]:
    """Return applications and enrolments, summed and by term."""
    rows = reader.rows("enrollment", question.ids)
    zeros = dict.fromkeys(enrollment.COUNTS, 0)
    items = []
    for school in question.schools:
        found = rows.get(school.school_id, [])
        terms = tuple(said.EnrollmentTerm(**{**zeros, **row}) for row in found)
        sums = _sums(terms, said.EnrollmentTerm, said.EnrollmentItem)
        item = said.EnrollmentItem(
            school_id=school.school_id,
            school_name=school.school_name,
            district_id=school.district_id,
            **sums,
            terms=terms,
        )
        items.append(item)
    return items


def plans_report(reader: Reader, question: Question) -> Sequence[said.PlansItem]:
    """Return where each term's plan and filing stand, and for how many days a review waits."""
    rows = reader.rows("plans", question.ids)
    items = []
    for school in question.schools:
        terms = tuple(_term(row, question.today) for row in rows.get(school.school_id, []))
        counts = {
            standing: sum(each.standing in standings for each in terms)
            for standing, standings in PLANS.items()
        }
        item = said.PlansItem(
            school_id=school.school_id,
            school_name=school.school_name,
            district_id=school.district_id,
            **counts,
            unacknowledged=sum(each.filing > each.acknowledged for each in terms),
            longest_wait_days=max((each.days_waiting or 0 for each in terms), default=0),
            terms=terms,
        )
        items.append(item)
    return items


PLANS = {
    "preparing": ("none", "survey", "preparation"),
    "waiting": ("submitted",),
    "returned": ("returned",),
    "approved": ("approved",),
    "running": ("running",),
}
"""What plans are counted as, and the standings that count."""


def _term(row: Row, today: date) -> said.PlanTerm:
    since = row["submitted_at"]
    days = None
    if since is not None:
        begun = datetime.fromisoformat(since).astimezone(CHINA).date()
        days = max(0, (today - begun).days)
    return said.PlanTerm(**row, days_waiting=days)


def funds_report(reader: Reader, question: Question) -> Sequence[said.FundsItem]:
    """Return the ledger, summed and by month."""
    rows = reader.rows("funds", question.ids)
    items = []
    for school in question.schools:
        months = tuple(said.FundsMonth(**row) for row in rows.get(school.school_id, []))
        sums = _sums(months, said.FundsMonth, said.FundsItem)
        item = said.FundsItem(
            school_id=school.school_id,
            school_name=school.school_name,
            district_id=school.district_id,
            currency="CNY",
            **sums,
            open_fen=sums["charged_fen"] - sums["collected_fen"],
            months=months,
        )
        items.append(item)
    return items


def custody_report(reader: Reader, question: Question) -> Sequence[said.CustodyItem]:
    """Return today's numbers and who has not been handed over, today or on an earlier day."""
    today = question.today.isoformat()
    days = reader.one("custody_days", today, question.ids)
    children = reader.counts("custody", question.ids)
    named = reader.rows("custody", question.ids) if question.detailed else {}
    items = []
    for school in question.schools:
        day = days.get(school.school_id, {"rolls": {}, "handed_over": 0, "refusals": 0})
        rolls = day["rolls"].values()
        here = children.get(school.school_id, {})
        present = sum(here.values())
        item = said.CustodyItem(
            **school._asdict(),
            date=today,
            checked_in=sum(roll["checked_in"] for roll in rolls),
            absent=sum(roll["absent"] for roll in rolls),
            handed_over=day["handed_over"],
            refusals=day["refusals"],
            present=present,
            left_over=present - here.get(today, 0),
            children=tuple(said.PresentChild(**row) for row in named.get(school.school_id, [])),
        )
        items.append(item)
    return items


def incidents_report(reader: Reader, question: Question) -> Sequence[said.IncidentsItem]:
    """Return how many incidents there are, and the newest ones."""
    counts = reader.one("incident_counts", "", question.ids)
    newest = reader.newest("incidents", question.ids, SHOWN_INCIDENTS)
    nothing: Row = {"reported": 0, "not_notified": 0, "by_severity": {}}
    return [
        said.IncidentsItem(
            **school._asdict(),
            **counts.get(school.school_id, nothing),
            incidents=tuple(said.Incident(**row) for row in newest.get(school.school_id, [])),
        )
        for school in question.schools
    ]


@dataclass(frozen=True, slots=True)
class Oversight:
    """One page: its report and the service whose events it shows."""

    report: Report
    service: str


PAGES = {
    "enrollment": Oversight(enrollment_report, "enrollment"),
    "plans": Oversight(plans_report, "enrollment"),
    "funds": Oversight(funds_report, "fees"),
    "custody": Oversight(custody_report, "attendance"),
    "incidents": Oversight(incidents_report, "safety"),
}


def _sums(rows: Sequence[object], row: type[Any], item: type[Any]) -> dict[str, int]:
    """Return the sums of the columns that an item has in common with its rows."""
    totals = {column.name for column in fields(item)}
    return {
        column.name: sum(getattr(each, column.name) for each in rows)
        for column in fields(row)
        if column.name in totals
    }
