"""Who has a place of an offering that is amended keeps it: enough places, and no two at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import offerings as said
from services.enrollment.offerings.domain import commands
from services.enrollment.offerings.domain.checks import slot_of
from services.enrollment.offerings.domain.commands import Terms
from services.enrollment.offerings.domain.slots import overlaps
from services.enrollment.offerings.handlers import offerings as planned
from services.enrollment.offerings.tables import offerings, places
from services.enrollment.places.domain import errors
from services.enrollment.places.domain.places import PLACES, ChangeCapacity
from services.enrollment.places.handlers.leaving import until


def check_times(connection: Connection, row: dict[str, Any], terms: Terms) -> None:
    """Check that the new times leave nobody in two places at a time.

    Raises:
        DoubleBooked: they would (P1-086).
    """
    wanted = slot_of(row["offering_id"], terms)
    there = [
        each
        for each in offerings.slots(connection, row["term_id"])
        if each.offering_id != wanted.offering_id and overlaps(each, wanted)
    ]
    both = places.held(connection, [wanted.offering_id]) & places.held(
        connection, [each.offering_id for each in there]
    )
    if both:
        titles = [each.title for each in there]
        raise errors.DoubleBooked("amending", pupils=len(both), titles=titles)


def keep_places(work: UnitOfWork, row: dict[str, Any], terms: Terms, call: Call) -> None:
    """Let the number of places follow the amended offering where somebody has one, or waits.

    Raises:
        CapacityBelowHolders: more places are taken than there would be.
    """
    offering_id = row["offering_id"]
    known = places.capacity_of(work.connection, [offering_id])
    begun = known or places.places_of(work.connection, offering_id)
    if not begun or known.get(offering_id, row["capacity"]) == terms.capacity:
        return
    command = ChangeCapacity(
        offering_id=offering_id, capacity=terms.capacity, until=until(work, call.now)
    )
    # Not ``execute``: the caller's If-Match is about the offering.
    stream_id = f"places-{offering_id}"
    work.append(stream_id, PLACES.decide(work.load(PLACES, stream_id), command))


def amend_offering(work: UnitOfWork, request: said.AmendOffering, call: Call) -> Reply:
    row = planned.own(work, request)
    terms = planned.terms_of(request, row["service_kind"])
    setting = planned.checked_setting(work, terms, row["term_id"], row["taught_by"], call)
    check_times(work.connection, row, terms)
    command = commands.AmendOffering(terms=terms, setting=setting)
    reply = planned.execute(work, row["offering_id"], command)
    keep_places(work, row, terms, call)
    return reply


HANDLES: Handles = {
    said.AMEND_OFFERING: CommandHandler(amend_offering, planned.of_offering),
}
