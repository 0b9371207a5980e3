"""Oversight views, built from the log alone, with their lag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from contracts.shapes import Id, Length, Nothing, Range, query, reply, request

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


@request
class Oversight:
    """Narrow a view to one district or school; ``after`` is the ``next`` of the page before.

    ``as_of``: as it was at that instant, folded from the events recorded by then.
    """

    view: Id
    district_id: Id | None = None
    school_id: Id | None = None
    limit: Annotated[int, Range(1, 500)] = 200
    after: Annotated[str, Length(0, 200)] | None = None
    as_of: Annotated[dt.datetime, Range(EARLIEST, LATEST)] | None = None


@reply
class SchoolItem:
    """What every view says of a school."""

    school_id: str
    school_name: str
    district_id: str


@reply
class EnrollmentTerm:
    """The facts counted in one term; ``enrolled`` without those who withdrew."""

    term_id: str
    name: str | None
    applied: int
    accepted: int
    rejected: int
    declined: int
    enrolled: int
    withdrawn: int


@reply
class EnrollmentItem(SchoolItem):
    """Applications and enrolments of a school; the totals span ``terms``."""

    applied: int
    accepted: int
    rejected: int
    declined: int
    enrolled: int
    withdrawn: int
    terms: tuple[EnrollmentTerm, ...]


@reply
class PlanTerm:
    """One term's plan and filing. ``submitted_at`` and ``days_waiting`` while a review is open."""

    term_id: str
    name: str | None
    first_day: str | None
    standing: str
    in_force: int | None
    submitted_at: str | None
    decided_at: str | None
    days_waiting: int | None
    returns: int
    started_on: str | None
    filing: int
    filed_at: str | None
    acknowledged: int


@reply
class PlansItem(SchoolItem):
    """How many terms' plans are being prepared, wait, were returned, are approved, run."""

    preparing: int
    waiting: int
    returned: int
    approved: int
    running: int
    unacknowledged: int
    longest_wait_days: int
    terms: tuple[PlanTerm, ...]


@reply
class FundsMonth:
    """One month of a school's ledger."""

    month: str
    standard_fen: int
    waived_fen: int
    charged_fen: int
    collected_fen: int
    pupils_charged: int
    pupils_waived: int


@reply
class FundsItem(SchoolItem):
    """A school's ledger: charged = standard - waived, open = charged - collected; by ``months``."""

    currency: str
    standard_fen: int
    waived_fen: int
    charged_fen: int
    collected_fen: int
    open_fen: int
    months: tuple[FundsMonth, ...]


@reply
class PresentChild:
    """A child in the school's care; since when, and on which day the child was checked in."""

    student_id: str
    class_id: str
    session_id: str
    date: str
    since: str


@reply
class CustodyItem(SchoolItem):
    """Today's counts of a school, and who has not been handed over.

    ``present`` counts every child in the school's care, ``left_over`` those from earlier days.
    ``children`` names them by id when one school is asked for.
    """

    date: str
    checked_in: int
    handed_over: int
    absent: int
    refusals: int
    present: int
    left_over: int
    children: tuple[PresentChild, ...]


@reply
class Incident:
    """One incident; ``minutes_to_notice`` is None until the guardians were told."""

    incident_id: str
    severity: str
    category: str
    occurred_at: str
    guardian_notified_at: str | None
    minutes_to_notice: int | None
    pupils: int


@reply
class IncidentsItem(SchoolItem):
    """Incidents of a school: counts over all, and the newest ones."""

    reported: int
    not_notified: int
    by_severity: dict[str, int]
    incidents: tuple[Incident, ...]


@reply
class Freshness:
    """How far an answer can be trusted.

    ``complete``: everything that the owners are known to have recorded is in. ``lag_ms`` is 0 then,
    else the age of what the slowest school shows. ``heads_seen_at`` is when the owners were last
    asked how far they are.
    """

    view: str
    as_of: str
    lag_ms: int
    complete: bool
    heads_seen_at: str | None
    next: str | None


@reply
class Enrollment(Freshness):
    items: tuple[EnrollmentItem, ...]


@reply
class Plans(Freshness):
    items: tuple[PlansItem, ...]


@reply
class Funds(Freshness):
    items: tuple[FundsItem, ...]


@reply
class Custody(Freshness):
    items: tuple[CustodyItem, ...]


@reply
class Incidents(Freshness):
    items: tuple[IncidentsItem, ...]


VIEWS: Mapping[str, type] = {
    "enrollment": Enrollment,
    "plans": Plans,
    "funds": Funds,
    "custody": Custody,
    "incidents": Incidents,
}
"""View → what is answered about it."""

OVERSIGHT = query(
    "oversight",
    "/oversight/{view}",
    "Oversee {view}, one item per school",
    Oversight,
    Nothing,
    roles=("school_office", "school_finance", "bureau", "operator"),
)
