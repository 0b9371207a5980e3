"""Who leaves the service gives the places up; and until when a place is offered to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chassis.eventsourcing.unit_of_work import Follow, UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment.applications import (
    ApplicationRejected,
    ParticipationDeclined,
    PupilAssentRecorded,
)
from contracts.enrollment.placement import StudentTransferredOut, StudentWithdrawn
from services.enrollment.offerings.tables import offerings, places
from services.enrollment.places.domain.places import PLACES, GiveUpPlace
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import schools

TermAnswer: TypeAlias = (
    ParticipationDeclined | ApplicationRejected | PupilAssentRecorded | StudentWithdrawn
)


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


def leave_term(work: UnitOfWork, event: TermAnswer) -> None:
    """Give up the places of a term that a pupil does not, or no longer, take part in."""
    if not (isinstance(event, PupilAssentRecorded) and event.assents):
        leave_all(work, event.student_id, work.call, event.term_id)


def leave_school(work: UnitOfWork, event: StudentTransferredOut) -> None:
    """Give up the places of a pupil who leaves the school."""
    leave_all(work, event.student_id, work.call)


FOLLOWS: Mapping[type, Follow] = {
    ParticipationDeclined: leave_term,
    ApplicationRejected: leave_term,
    PupilAssentRecorded: leave_term,
    StudentWithdrawn: leave_term,
    StudentTransferredOut: leave_school,
}
