"""Pupils who pay less, and why."""

from __future__ import annotations

from typing import Annotated

from contracts.fees.vocabulary import Category
from contracts.shapes import Id, Length, Month, Page, Range, command, event, query, reply, request


@event
class FeeWaiverGranted:
    """A pupil pays less from one month to another, or until further notice (P1-097, P1-098)."""

    waiver_id: Id
    school_id: Id
    student_id: Id
    category: Category
    ratio_bp: Annotated[int, Range(0, 10000)]
    from_month: Month
    to_month: Month | None


@request
class GrantWaiver:
    """``evidence`` is free text; it is kept in the vault, never in an event."""

    student_id: Id
    category: Category
    evidence: Annotated[str, Length(1, 2000)]
    from_month: Month
    to_month: Month | None = None


@request
class ListWaivers(Page):
    school_id: Id


@reply
class Waiver:
    """A waiver in force from one month to another; ``to_month`` None: until further notice."""

    waiver_id: str
    school_id: str
    student_id: str
    category: str
    ratio_bp: int
    from_month: str
    to_month: str | None


@reply
class Waivers:
    """One page of a school's waivers; ``next`` goes into ``after``."""

    items: tuple[Waiver, ...]
    next: str | None


LIST_WAIVERS = query(
    "list_waivers",
    "/schools/{school_id}/waivers",
    "List a school's waivers",
    ListWaivers,
    Waivers,
    roles=("school_office", "school_finance", "bureau"),
    reads=("school_id", "fees"),
)
GRANT_WAIVER = command(
    "grant_waiver",
    "/students/{student_id}/waivers",
    "Grant a pupil a waiver",
    GrantWaiver,
    Waiver,
    roles=("school_finance",),
)
