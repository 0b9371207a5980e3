"""What a school-term plan looks like: the checklist, who answers for what, the reviews."""

from __future__ import annotations

from contracts import roles
from contracts.enrollment.filing import FilingState
from contracts.enrollment.plans import OnPlan, PlanState
from contracts.enrollment.policy import TwoLanguages
from contracts.shapes import (
    Id,
    query,
    reply,
    request,
)


@request
class ListPlans:
    """For a bureau: what waits for it."""

    district_id: Id


@reply
class ChecklistItem:
    """``state``: done, explained or missing; ``stage``: survey, preparation or opening."""

    item: str
    stage: str
    state: str
    explainable: bool
    clauses: tuple[str, ...]
    name: TwoLanguages
    reason: str | None


@reply
class Answerable:
    """Who answers for a duty, a post, a venue or an offering; or is in the leading group.

    ``kind``: duty, head, member, post, venue or offering.
    """

    what: str
    kind: str
    staff_id: str | None
    name: str | None


@reply
class Meeting:
    """The newest of its kind; ``minutes`` are for the office and the bureau."""

    kind: str
    held_on: str
    minutes: str | None


@reply
class Review:
    """``reason`` says why a version was returned."""

    version: int
    submitted_at: str
    decided_at: str | None
    outcome: str | None
    items: tuple[str, ...]
    reason: str | None
    documents: dict[str, object]


@reply
class TeacherLeaving:
    """From ``from_day`` on the offering needs another teacher."""

    offering_id: str
    title: str
    staff_id: str
    name: str | None
    from_day: str


@reply
class TermPlan(PlanState):
    """The cockpit: one list of what is there and what is missing before the service may open."""

    first_day: str
    last_day: str
    checklist: tuple[ChecklistItem, ...]
    missing: int
    next: str
    answerable: tuple[Answerable, ...]
    teachers_leaving: tuple[TeacherLeaving, ...]
    reviews: tuple[Review, ...]
    meetings: tuple[Meeting, ...]
    disclosed: bool
    feature_share_bp: int | None
    contacts_short: int
    applications_open: bool


@reply
class Disclosure:
    """What the public reads of a school's service."""

    term_id: str
    school_id: str
    school_name: str
    mode: str
    content: str
    safety_measures: str
    text_sha256: str


@reply
class WaitingReview:
    """A plan that waits for the bureau."""

    term_id: str
    term_name: str
    school_id: str
    school_name: str
    version: int
    submitted_at: str
    days_waiting: int


@reply
class DistrictPlans:
    """Reviews with the days that they have waited, and the filings that are missing or late."""

    reviews: tuple[WaitingReview, ...]
    filings: tuple[FilingState, ...]


GET_TERM_PLAN = query(
    "get_term_plan",
    "/terms/{term_id}/plan",
    "Show a term's plan: one list of what is missing before it may open",
    OnPlan,
    TermPlan,
    roles=("teacher", "school_office", "school_finance", "bureau"),
)
GET_DISCLOSURE = query(
    "get_disclosure",
    "/terms/{term_id}/disclosure",
    "Show what a school discloses of its service",
    OnPlan,
    Disclosure,
    roles=roles.ANYBODY,
)
LIST_DISTRICT_PLANS = query(
    "list_district_plans",
    "/districts/{district_id}/plans",
    "List the plans that wait for the bureau and the filings that are missing or late",
    ListPlans,
    DistrictPlans,
    roles=("bureau",),
)
