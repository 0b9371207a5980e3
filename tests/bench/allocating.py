"""Allocating a big school's places: 5,000 pupils with five choices each, among 40 offerings.

The pure function, and the whole command: read models, lot, events, every place and every reason
written in one transaction. A tenth of the pupils have priority; there are places for four fifths.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from datetime import timedelta

from chassis.kernel.call import SYSTEM, Call
from contracts.enrollment.applications import ApplicationAccepted, ApplicationSubmitted
from contracts.enrollment.places import OfferingsChosen, PriorityGranted
from services.enrollment.domain.places.allocate import Wish, allocate
from tests.component.enrollment.placing import Placing
from tests.component.enrollment.world import OTHER, open_world

PUPILS, CHOICES, OFFERINGS, PLACES = 5_000, 5, 40, 100
NAMES = [f"offering-{number:02}" for number in range(OFFERINGS)]


def pure() -> Mapping[str, float]:
    """Return how long the pure function takes, by lot and by arrival."""
    capacities, wishes = dict.fromkeys(NAMES, PLACES), _wishes()
    figures: dict[str, float] = {"pupils": PUPILS, "choices": CHOICES}
    for rule in ("lottery", "arrival"):
        started = time.perf_counter()
        found = allocate(capacities, wishes, seed="2026-08-30", rule=rule)
        figures[f"{rule}_s"] = round(time.perf_counter() - started, 3)
        figures[f"{rule}_placed"] = sum(len(each) for each in found.placed.values())
    return figures


def command(database_url: str) -> Mapping[str, float]:
    """Return how long the whole command takes."""
    school = Placing(open_world(database_url))
    for offering_id in NAMES:
        school.offer(offering_id, PLACES)
    _choose(school)
    started = time.perf_counter()
    told = school.allocate()
    seconds = time.perf_counter() - started
    school.world.service.database.close()
    assert told["pupils"] == PUPILS
    return {"pupils": PUPILS, "placed": told["placed"], "seconds": round(seconds, 2)}


def _wishes() -> list[Wish]:
    chance = random.Random(5)
    return [
        Wish(
            student_id=f"student-{number:05}",
            rank=0 if number % 10 == 0 else 1,
            applied_at=f"2026-08-20T{9 + number // 3600:02}:{number // 60 % 60:02}:00+08:00",
            choices=tuple(chance.sample(NAMES, CHOICES)),
        )
        for number in range(PUPILS)
    ]


def _choose(school: Placing) -> None:
    """Put what the families sent, and the school granted, on record."""
    by = Call(principal=SYSTEM, now=school.world.clock.now())
    with school.world.service.log.unit_of_work(OTHER, by) as work:
        for number, wish in enumerate(_wishes()):
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
