"""Whoever leaves the service leaves its places: they go to those who wait, within a minute.

However a family's part in a term ends (a "no" of its own or of the child, a rejection, a transfer,
a withdrawal once its day has come), the same chore sees it.
"""

from __future__ import annotations

from datetime import datetime

from chassis.chores import Chore
from chassis.clock import Clock
from chassis.eventsourcing.log import EventLog
from chassis.kernel.call import SYSTEM, Call
from services.enrollment.domain.places.places import PLACES, GiveUpPlace
from services.enrollment.handlers.places import until
from services.enrollment.projections import offerings
from services.enrollment.projections.leavers import places_of_leavers

EVERY_SECONDS = 60.0


def leaving(log: EventLog, clock: Clock) -> Chore:
    """Return the chore that passes on the places of those who left."""
    return Chore("enrollment.leavers", EVERY_SECONDS, lambda: pass_on(log, clock.now()))


def pass_on(log: EventLog, now: datetime) -> int:
    """Pass on every place of a pupil who left; return how many there were."""
    call = Call(principal=SYSTEM, now=now)
    with log.database.read() as connection:
        found = places_of_leavers(connection, call.today)
    for school_id, offering_id, student_id in found:
        with log.unit_of_work(school_id, call) as work:
            row = offerings.offering(work.connection, offering_id)
            assert row is not None
            command = GiveUpPlace(
                student_id=student_id, until=until(work, now), capacity=row["capacity"]
            )
            work.execute(PLACES, f"places-{offering_id}", command)
    return len(found)
