"""Who leaves the service gives the places up; and until when a place is offered to the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from services.enrollment.domain.places.places import PLACES, GiveUpPlace
from services.enrollment.handlers import access, policy_values
from services.enrollment.projections import offerings, places, schools


def leave_all(work: UnitOfWork, student_id: str, call: Call, term_id: str | None = None) -> None:
    """Give up what places and waits a pupil has, in one term or in every term that is not over."""
    for row in _offerings(work.connection, student_id):
        if row["term_id"] != (term_id or row["term_id"]) or _over(
            work.connection, row["term_id"], call
        ):
            continue
        command = GiveUpPlace(
            student_id=student_id, capacity=row["capacity"], until=until(work, call.now)
        )
        # Not ``execute``: the caller's If-Match is about the application or the pupil.
        stream_id = f"places-{row['offering_id']}"
        work.append(stream_id, PLACES.decide(work.load(PLACES, stream_id), command))


def until(work: UnitOfWork, now: datetime) -> datetime:
    """Return when an offer made now runs out."""
    school = access.here(work)
    hours = policy_values.value(work.connection, school, "place_offer_hours")
    return now + timedelta(hours=hours)


def _offerings(connection: Connection, student_id: str) -> list[dict[str, Any]]:
    standing = places.places_of_student(connection, student_id)
    found = offerings.by_id(connection, sorted(each["offering_id"] for each in standing))
    return [row for _, row in sorted(found.items())]


def _over(connection: Connection, term_id: str, call: Call) -> bool:
    term = schools.term(connection, term_id)
    return term is None or str(term["last_day"]) < call.today.isoformat()
