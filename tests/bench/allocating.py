"""Allocating a big school's places: say 5,000 pupils with five choices each, among 40 offerings.

The pure function, and the whole command: read models, lot, events, every place and every reason
written in one transaction. A tenth of the pupils have priority; there are places for four fifths.
"""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import TypedDict, get_args

from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call
from contracts.enrollment.applications import ApplicationAccepted, ApplicationSubmitted
from contracts.enrollment.places import OfferingsChosen, PriorityGranted
from services.enrollment.places.domain.allocate import Rule, Wish, allocate
from tests.bench.place import Kind, Place
from tests.bench.units import Count, Seconds
from tests.component.enrollment.placing import Placing
from tests.component.enrollment.world import OTHER, open_world

CHOICES, OFFERINGS = 5, 40
NAMES = [f"offering-{number:02}" for number in range(OFFERINGS)]


class Pure(TypedDict):
    pupils: Count
    lottery_seconds: Seconds
    lottery_placed: Count
    arrival_seconds: Seconds
    arrival_placed: Count


class Command(TypedDict):
    pupils: Count
    placed: Count
    seconds: Seconds


def pure(place: Place, pupils: int) -> Pure:
    """Return how long the pure function takes, by lot and by arrival."""
    by_lot, by_arrival = (_allocated(pupils, rule) for rule in get_args(Rule))
    return {
        "pupils": pupils,
        "lottery_seconds": by_lot[0],
        "lottery_placed": by_lot[1],
        "arrival_seconds": by_arrival[0],
        "arrival_placed": by_arrival[1],
    }


def command(place: Place, pupils: int, *, database: Kind) -> Command:
    """Return how long the whole command takes."""
    school = Placing(open_world(place.database(database)))
    for offering_id in NAMES:
        school.offer(offering_id, _capacity(pupils))
    _choose(school, pupils)
    started = time.perf_counter()
    told = school.allocate()
    seconds = time.perf_counter() - started
    school.world.service.database.close()
    assert told["pupils"] == pupils, told
    return {"pupils": pupils, "placed": told["placed"], "seconds": round(seconds, 3)}


def _allocated(pupils: int, rule: Rule) -> tuple[float, int]:
    """Return the seconds, and how many were placed."""
    capacities, wishes = dict.fromkeys(NAMES, _capacity(pupils)), _wishes(pupils)
    started = time.perf_counter()
    found = allocate(capacities, wishes, seed="2026-08-30", rule=rule)
    seconds = time.perf_counter() - started
    return round(seconds, 4), sum(len(each) for each in found.placed.values())


def _capacity(pupils: int) -> int:
    return max(1, pupils * 4 // 5 // OFFERINGS)


def _wishes(pupils: int) -> list[Wish]:
    chance = random.Random(5)
    return [
        Wish(
            student_id=f"student-{number:05}",
            rank=0 if number % 10 == 0 else 1,
            applied_at=f"2026-08-20T{9 + number // 3600:02}:{number // 60 % 60:02}:00+08:00",
            choices=tuple(chance.sample(NAMES, CHOICES)),
        )
        for number in range(pupils)
    ]


def _choose(school: Placing, pupils: int) -> None:
    """Put what the families sent, and the school granted, on record."""
    by = Call(principal=SYSTEM, now=school.world.clock.now())
    with unit_of_work(school.world.service.log, OTHER, by) as work:
        for number, wish in enumerate(_wishes(pupils)):
            who = wish.student_id
            at = by.now + timedelta(seconds=number)
            asked = {
                "application_id": f"application-{number:05}",
                "student_id": who,
                "term_id": school.term_id,
            }
            submitted = ApplicationSubmitted(
                **asked,
                school_id=OTHER,
                guardian_id=f"guardian-{number:05}",
                service_kinds=("after_school_custody",),
            )
            stream_id = f"application-{who}-{school.term_id}"
            work.append(stream_id, [submitted, ApplicationAccepted(**asked)], occurred_at=at)
            chosen = OfferingsChosen(
                student_id=who, term_id=school.term_id, offering_ids=wish.choices
            )
            work.append(f"choices-{who}-{school.term_id}", [chosen])
            if wish.rank == 0:
                granted = PriorityGranted(student_id=who, category="left_behind")
                work.append(f"priority-{who}", [granted])
