"""One offering's places: ask for one, give it up, take an offer; and the offers that run out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from chassis.chores import Chore
from chassis.clock import Clock
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork, unit_of_work
from chassis.kernel.call import SYSTEM, Call
from contracts.enrollment import places as said
from services.enrollment.offerings.domain.slots import overlaps
from services.enrollment.offerings.handlers.offerings import of_offering
from services.enrollment.offerings.tables import offerings, places
from services.enrollment.places.domain import errors
from services.enrollment.places.domain.places import (
    PLACES,
    AcceptOffer,
    ChangeCapacity,
    ExpireOffers,
    GiveUpPlace,
    PlacesCommand,
    RequestPlace,
)
from services.enrollment.places.handlers import explaining
from services.enrollment.places.handlers.allocating import check_applied, check_choosable
from services.enrollment.places.handlers.leaving import until
from services.enrollment.policy.tables import policies
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import schools

FAMILY_OR_OFFICE = access.GUARDIAN | access.OFFICE
EXPIRY_SECONDS = 60.0


def request_place(work: UnitOfWork, request: said.OfPupil, call: Call) -> Reply:
    row = _offering(work, request)
    student_id = access.student(work.connection, request.student_id, call)["student_id"]
    check_applied(work.connection, student_id, row["term_id"])
    check_choosable(work.connection, student_id, row["term_id"], (row["offering_id"],))
    _check_free_then(work.connection, student_id, row)
    command = RequestPlace(
        offering_id=row["offering_id"], student_id=student_id, capacity=row["capacity"]
    )
    return _execute(work, row["offering_id"], student_id, command)


def give_up_place(work: UnitOfWork, request: said.OfPupil, call: Call) -> Reply:
    row = _offering(work, request)
    student_id = access.student(work.connection, request.student_id, call)["student_id"]
    command = GiveUpPlace(
        student_id=student_id, capacity=row["capacity"], until=until(work, call.now)
    )
    return _execute(work, row["offering_id"], student_id, command)


def accept_place(work: UnitOfWork, request: said.OfPupil, call: Call) -> Reply:
    row = _offering(work, request)
    student_id = access.student(work.connection, request.student_id, call)["student_id"]
    check_choosable(work.connection, student_id, row["term_id"], (row["offering_id"],))
    _check_free_then(work.connection, student_id, row)
    command = AcceptOffer(student_id=student_id, now=call.now)
    return _execute(work, row["offering_id"], student_id, command)


def change_capacity(work: UnitOfWork, request: said.ChangeCapacity, call: Call) -> Reply:
    row = _offering(work, request)
    venue = offerings.venue(work.connection, row["venue_id"])
    assert venue is not None
    if request.capacity > venue["capacity"]:
        raise errors.MoreThanTheVenue(capacity=venue["capacity"])
    command = ChangeCapacity(
        offering_id=row["offering_id"],
        capacity=request.capacity,
        until=until(work, call.now),
    )
    decision = work.execute(PLACES, f"places-{row['offering_id']}", command)
    body = {"offering_id": row["offering_id"], "capacity": request.capacity}
    return Reply(body, decision.version)


def my_places(reading: Reading, request: said.MyPlaces) -> dict[str, Any]:
    """A pupil's choices and places in a term, and why the allocation gave what it gave."""
    pupil = access.student(reading.connection, request.student_id, reading.call)
    term_id = access.term(reading.connection, request.term_id, pupil["school_id"])["term_id"]
    rows = places.places_of_student(reading.connection, pupil["student_id"])
    chosen = places.choices_of(reading.connection, pupil["student_id"], term_id)
    found = offerings.by_id(reading.connection, [*chosen, *(each["offering_id"] for each in rows)])
    items = [
        {
            **explaining.standing(reading.connection, each),
            "title": found[each["offering_id"]]["title"],
        }
        for each in rows
        if found[each["offering_id"]]["term_id"] == term_id
    ]
    result = places.result_of(reading.connection, term_id, pupil["student_id"])
    return {
        "choices": chosen,
        "items": items,
        "explanation": explaining.allocation(reading.connection, result) if result else None,
    }


def list_places(reading: Reading, request: said.ListPlaces) -> dict[str, Any]:
    of_offering(reading.connection, request, reading.call)
    offering_id = request.offering_id
    rows = places.places_of(reading.connection, offering_id)
    line = [each["student_id"] for each in rows if each["standing"] == "waiting"]
    ahead = {who: number for number, who in enumerate(line)}
    capacity = explaining.capacity_of(reading.connection, offering_id)
    return {
        "capacity": capacity,
        "items": [
            explaining.stands(each, ahead.get(each["student_id"], 0), capacity) for each in rows
        ],
    }


def expiring(log: EventLog, clock: Clock) -> Chore:
    """Return the chore that passes on the offers that have run out."""
    return Chore("enrollment.offers", EXPIRY_SECONDS, lambda: expire_offers(log, clock.now()))


def expire_offers(log: EventLog, now: datetime) -> int:
    """Pass on every offer that has run out; return in how many offerings there was one."""
    with log.database.read() as connection:
        over = offerings.by_id(connection, places.offers_over(connection, now.isoformat()))
    for offering_id, row in over.items():
        with unit_of_work(log, row["school_id"], _by_policy(log, row, now)) as work:
            command = ExpireOffers(now=now, capacity=row["capacity"], until=until(work, now))
            work.execute(PLACES, f"places-{offering_id}", command)
    return len(over)


def _by_policy(log: EventLog, row: dict[str, Any], now: datetime) -> Call:
    with log.database.read() as connection:
        school = schools.school(connection, row["school_id"])
        assert school is not None
        policy = policies.version_of(connection, school["district_id"])
    return Call(principal=SYSTEM, now=now, policy=policy)


def _check_free_then(connection: Connection, student_id: str, wanted: dict[str, Any]) -> None:
    held = [
        each["offering_id"]
        for each in places.places_of_student(connection, student_id)
        if each["standing"] == "held" and each["offering_id"] != wanted["offering_id"]
    ]
    for row in offerings.by_id(connection, held).values():
        same_term = row["term_id"] == wanted["term_id"]
        runs = row["standing"] != "closed"
        if same_term and runs and overlaps(offerings.slot_of(row), offerings.slot_of(wanted)):
            raise errors.DoubleBooked(title=row["title"])


def _offering(work: UnitOfWork, request: Any) -> dict[str, Any]:
    found = offerings.offering(work.connection, request.offering_id)
    assert found is not None
    return found


def _execute(work: UnitOfWork, offering_id: str, student_id: str, command: PlacesCommand) -> Reply:
    decision = work.execute(PLACES, f"places-{offering_id}", command)
    found = [
        each
        for each in places.places_of_student(work.connection, student_id)
        if each["offering_id"] == offering_id
    ]
    nothing = {
        "offering_id": offering_id,
        "student_id": student_id,
        "standing": "none",
        "ahead": 0,
        "until": None,
        "reason": None,
    }
    body = explaining.standing(work.connection, found[0]) if found else nothing
    return Reply(body, decision.version)


HANDLES: Handles = {
    said.REQUEST_PLACE: CommandHandler(request_place, of_offering),
    said.GIVE_UP_PLACE: CommandHandler(give_up_place, of_offering),
    said.ACCEPT_PLACE: CommandHandler(accept_place, of_offering),
    said.CHANGE_CAPACITY: CommandHandler(change_capacity, of_offering),
    said.MY_PLACES: my_places,
    said.LIST_PLACES: list_places,
}
