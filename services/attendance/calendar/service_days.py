"""What calendar, terms and policy together say about a school's days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from registers.policy import Version, Versions
from registers.terms import days_of as terms_of
from services.attendance import errors, scope
from services.attendance.calendar import tables
from services.attendance.calendar.domain.service_day import Day, Verdict, verdict

POLICY = Versions("policies")


def verdict_on(connection: Connection, school_id: str, service_kind: str, day: date) -> Verdict:
    """Return whether a service takes place at a school on ``day``, and when."""
    [(known, parameters)] = days_of(connection, school_id, day, day)
    return verdict(service_kind, known, parameters)


def days_of(
    connection: Connection, school_id: str, first: date, last: date
) -> list[tuple[Day, Mapping[str, Any]]]:
    """Return each day from ``first`` to ``last`` with the policy parameters that hold on it.

    Raises:
        NotReady: the school's or the district's facts have not arrived.
    """
    school = scope.school_facts(connection, school_id)
    district_id = school.district_id
    declared = tables.declared_days(connection, district_id, first, last)
    years = tables.declared_years(connection, district_id)
    terms = terms_of(connection, school_id)
    versions = POLICY.of_district(connection, district_id)
    found = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        parameters = _in_force(versions, day)
        if parameters is None:
            raise errors.NotReady()
        known = Day(
            date=day,
            declared=declared.get(day),
            year_declared=day.year in years,
            in_term=any(begin <= day.isoformat() <= end for begin, end in terms),
            stage=school.stage,
        )
        found.append((known, parameters))
    return found


def _in_force(versions: Sequence[Version], day: date) -> Mapping[str, Any] | None:
    # Newest first: the first that has begun by then.
    begun = (each for each in versions if each.effective_from <= day.isoformat())
    newest = next(begun, None)
    return newest.parameters if newest else None
