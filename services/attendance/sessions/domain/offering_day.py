"""Offering day: one day of an offering, as enrollment tells it; may a session of it be opened?

Rules:
    1. The offering is open to families, and the day is one of its own: its weekday, in its term.
    2. The school has approved what is done on that very day (P1-087, P2-045). A substitute, or
       other content, waits for an approval of its own (P1-036).
    3. The class is of one of the offering's grades.
    4. The session keeps to the offering's hours. Another time is an amendment of the offering:
       there it passes the guard on content, lessons and clashes (P1-036).
    5. A day of custody has a static and a dynamic part (P1-033, P1-038).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, TypeAlias

from chassis.kernel.errors import BusinessRuleViolation
from services.attendance.calendar.domain import no_service
from services.attendance.calendar.domain.service_day import NoService, Verdict
from services.attendance.sessions import errors

Review: TypeAlias = Literal["none", "submitted", "approved", "returned"]
Part: TypeAlias = Literal["static", "dynamic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingDay:
    """``teacher_id`` and ``content_kind`` are that day's own once they were submitted."""

    offering_id: str
    date: date
    title: str
    service_kind: str
    standing: str
    in_term: bool
    weekdays: tuple[int, ...]
    grades: tuple[int, ...]
    starts: time
    ends: time
    teacher_id: str
    content_kind: str
    review: Review
    substituted: bool


def refusal(day: OfferingDay, verdict: Verdict) -> BusinessRuleViolation | None:
    """Return why no class can open a session of this day, or None."""
    if isinstance(verdict, NoService):
        return no_service.error(verdict.reason, verdict.date, verdict.parameter)
    if not day.in_term or day.date.isoweekday() not in day.weekdays:
        return errors.NotAnOfferingDay(title=day.title, date=day.date)
    if day.standing != "open":
        return errors.OfferingNotOpen(title=day.title)
    return _unapproved(day)


def check(day: OfferingDay, verdict: Verdict, grade: int | None) -> None:
    """Check that a class of ``grade`` can open a session of this day; None is a grade unknown yet.

    Raises:
        BusinessRuleViolation: a rule above refuses it.
    """
    refused = refusal(day, verdict)
    if refused is not None:
        raise refused
    if grade is not None and grade not in day.grades:
        raise errors.ClassNotOffered(title=day.title)


def hours(
    day: OfferingDay, verdict: Verdict, starts: time | None, ends: time | None
) -> tuple[time, time]:
    """Return when a session of this day takes place: as wished, else as the offering does.

    An offering that is planned to the summer's end of service ends with the season's service.

    Raises:
        OutsideOffering: a wished time is not the offering's.
    """
    if (starts and starts < day.starts) or (ends and ends > day.ends):
        span = f"{day.starts:%H:%M}–{day.ends:%H:%M}"
        raise errors.OutsideOffering(title=day.title, span=span)
    latest = None if isinstance(verdict, NoService) else verdict.ends
    return starts or day.starts, ends or min(day.ends, latest or day.ends)


def lacking(parts: Collection[Part | None]) -> tuple[Part, ...]:
    """Return which parts of a day of custody are not among ``parts``."""
    both: tuple[Part, ...] = ("static", "dynamic")
    return tuple(part for part in both if part not in parts)


def _unapproved(day: OfferingDay) -> errors.ContentNotApproved | None:
    if day.review == "approved":
        return None
    return errors.ContentNotApproved(title=day.title, date=day.date, todo=day.review)
