"""Who still has a place in a term in which the family does not take part any more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, or_, select

from services.enrollment.projections.applications import answers, applications
from services.enrollment.projections.offerings import offerings
from services.enrollment.projections.placements import placements
from services.enrollment.projections.places import places

ENDED = ("declined", "rejected", "lapsed")


def places_of_leavers(connection: Connection, today: date) -> list[tuple[str, str, str]]:
    """Return (school, offering, pupil) of places, waits and offers that nobody can use."""
    whose = and_(
        answers.c.student_id == places.c.student_id, answers.c.term_id == offerings.c.term_id
    )
    left = and_(applications.c.state == "withdrawn", placements.c.withdrawn_on <= today.isoformat())
    query = (
        select(offerings.c.school_id, places.c.offering_id, places.c.student_id)
        .join(offerings, offerings.c.offering_id == places.c.offering_id)
        .outerjoin(answers, whose)
        .outerjoin(applications, applications.c.application_id == answers.c.application_id)
        .outerjoin(placements, placements.c.application_id == applications.c.application_id)
        .where(or_(applications.c.state.is_(None), applications.c.state.in_(ENDED), left))
        .order_by(places.c.offering_id, places.c.position)
    )
    return [(row.school_id, row.offering_id, row.student_id) for row in connection.execute(query)]
