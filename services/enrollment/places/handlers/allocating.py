"""Allocating places: priorities, ranked choices, the allocation itself and why each got what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import places as said
from contracts.enrollment.places import PlacesAllocated
from services.enrollment.application.tables import applications
from services.enrollment.offerings.tables import offerings, places
from services.enrollment.places.domain import errors
from services.enrollment.places.domain.allocate import Allocation, Wish, allocate, digest
from services.enrollment.places.domain.places import PLACES, FillPlaces
from services.enrollment.places.domain.wishes import (
    CHOICES,
    PRIORITY,
    ChooseOfferings,
    GrantPriority,
)
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.access import of_term
from services.enrollment.register.tables import people, schools

GRANTERS = access.OFFICE | access.BUREAU
ALLOCATED = ("accepted", "published", "confirmed", "enrolled")
"""Applications that take part in an allocation: those that the school has accepted."""

WAIVERS = {"economic_hardship": "economic_hardship"}
"""Which category of waiver a category of priority points to (P2-015, P2-073)."""


def grant_priority(work: UnitOfWork, request: said.GrantPriority, call: Call) -> Reply:
    student_id = request.student_id
    command = GrantPriority(
        student_id=student_id,
        category=request.category,
        known=tuple(policy_values.value(work.connection, access.here(work), "priority_categories")),
        by_authority=call.principal.role == "bureau",
    )
    decision = work.execute(PRIORITY, f"priority-{student_id}", command)
    subject = names.priority_subject(student_id, request.category)
    if not work.vault.erased([student_id]):
        work.vault.put(subject, evidence=request.evidence, support=request.support)
    body = {"student_id": student_id, "category": request.category}
    return Reply(body, decision.version, created=bool(decision.events))


def choose_offerings(work: UnitOfWork, request: said.ChooseOfferings, call: Call) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    student_id = request.student_id
    check_applied(work.connection, student_id, term["term_id"])
    wanted = tuple(dict.fromkeys(request.offering_ids))
    check_choosable(work.connection, student_id, term["term_id"], wanted)
    command = ChooseOfferings(student_id=student_id, term_id=term["term_id"], offering_ids=wanted)
    stream_id = f"choices-{student_id}-{term['term_id']}"
    decision = work.execute(CHOICES, stream_id, command)
    body = {
        "student_id": student_id,
        "term_id": term["term_id"],
        "offering_ids": list(wanted),
    }
    return Reply(body, decision.version)


def allocate_places(work: UnitOfWork, request: said.AllocatePlaces, _call: Call) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    rule = policy_values.value(work.connection, access.here(work), "tie_break")
    free, totals = _free(work.connection, term["term_id"])
    wishes = _wishes(work.connection, term["term_id"], free)
    if not wishes:
        raise errors.NothingToAllocate()
    seed = request.seed or new_id()
    result = allocate(free, wishes, seed=seed, rule=rule)
    allocation_id = new_id()
    told = PlacesAllocated(
        allocation_id=allocation_id,
        term_id=term["term_id"],
        seed=seed,
        rule=rule,
        input_sha256=digest(free, wishes),
        pupils=len(wishes),
        placed=sum(len(each) for each in result.placed.values()),
    )
    version = work.append(f"allocation-{allocation_id}", [told])
    _fill(work, allocation_id, result, totals)
    places.keep_results(work.connection, _rows(allocation_id, result))
    named = ("allocation_id", "term_id", "seed", "rule", "input_sha256", "pupils", "placed")
    return Reply({name: getattr(told, name) for name in named}, version, created=True)


def list_priorities(reading: Reading, request: said.ListPriorities) -> dict[str, Any]:
    """Why a pupil has priority; a class's staff read in ``support`` what they must know."""
    pupil = access.student(reading.connection, request.student_id, reading.call)
    found = places.categories_of(reading.connection, [pupil["student_id"]])
    categories = found.get(pupil["student_id"], [])
    subjects = {each: names.priority_subject(pupil["student_id"], each) for each in categories}
    held = reading.vault.session(reading.connection).get_many(subjects.values())
    return {
        "items": [
            {
                "student_id": pupil["student_id"],
                "category": each,
                "evidence": held.get(subjects[each], {}).get("evidence"),
                "support": held.get(subjects[each], {}).get("support"),
                "waiver_category": WAIVERS.get(each),
            }
            for each in categories
        ]
    }


def get_allocation(reading: Reading, request: said.GetAllocation) -> dict[str, Any]:
    of_term(reading.connection, request, reading.call)
    found = places.allocation_of(reading.connection, request.term_id)
    if found is None:
        raise errors.AllocationUnknown()
    return found


def check_applied(connection: Connection, student_id: str, term_id: str) -> None:
    """Check that the family has an open application for the term.

    Raises:
        NoApplication: it has none: nobody chooses, or is placed, without one (P1-004).
    """
    answer = applications.answers_of(connection, [student_id]).get((student_id, term_id))
    if answer is None or answer["state"] not in (*ALLOCATED, "submitted"):
        raise errors.NoApplication()


def check_choosable(
    connection: Connection, student_id: str, term_id: str, wanted: tuple[str, ...]
) -> None:
    """Check that a pupil can choose these offerings.

    Raises:
        ChoicesWrong: one is not open in this term, or not for the pupil's grade.
    """
    pupil = people.student(connection, student_id)
    assert pupil is not None
    school_class = schools.school_class(connection, pupil["class_id"])
    assert school_class is not None
    found = offerings.by_id(connection, list(wanted))
    for offering_id in wanted:
        row = found.get(offering_id)
        if row is None or row["term_id"] != term_id or row["standing"] != "open":
            raise errors.ChoicesWrong("not-open")
        if school_class["grade"] not in row["grades"]:
            raise errors.ChoicesWrong("not-for-the-grade", title=row["title"])


def _free(connection: Connection, term_id: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the free places and the number of places of each open offering of a term."""
    rows = [each for each in offerings.of_term(connection, term_id) if each["standing"] == "open"]
    ids = [each["offering_id"] for each in rows]
    counts = places.counts(connection, ids)
    capacities = places.capacity_of(connection, ids)
    totals = {each["offering_id"]: each["capacity"] for each in rows} | capacities
    taken = {
        each: counts.get(each, {}).get("held", 0) + counts.get(each, {}).get("offered", 0)
        for each in ids
    }
    return {each: max(0, totals[each] - taken[each]) for each in ids}, totals


def _wishes(connection: Connection, term_id: str, open_ids: dict[str, int]) -> list[Wish]:
    chosen = places.choices_in(connection, term_id)
    applied = applications.applied_at(connection, term_id, ALLOCATED)
    placed = places.holders(connection, list(open_ids))
    ranked = places.categories_of(connection, sorted(chosen))
    wishes = []
    for student_id, (_, choices) in chosen.items():
        wanted = tuple(each for each in choices if each in open_ids)
        if student_id not in applied or student_id in placed or not wanted:
            continue
        wishes.append(
            Wish(
                student_id=student_id,
                rank=0 if student_id in ranked else 1,
                applied_at=applied[student_id],
                choices=wanted,
            )
        )
    return wishes


def _fill(work: UnitOfWork, allocation_id: str, result: Allocation, totals: dict[str, int]) -> None:
    for offering_id in sorted(totals):
        command = FillPlaces(
            offering_id=offering_id,
            allocation_id=allocation_id,
            capacity=totals[offering_id],
            student_ids=result.placed[offering_id],
            waiting_ids=result.waiting[offering_id],
        )
        work.execute(PLACES, f"places-{offering_id}", command)


def _rows(allocation_id: str, result: Allocation) -> list[dict[str, Any]]:
    return [
        {
            "allocation_id": allocation_id,
            "student_id": each.student_id,
            "turn": each.turn,
            "rank": each.rank,
            "offering_id": each.offering_id,
            "choice": each.choice,
            "full_before": list(each.full),
        }
        for each in result.results
    ]


HANDLES: Handles = {
    said.GRANT_PRIORITY: CommandHandler(grant_priority, access.of_student),
    said.CHOOSE_OFFERINGS: CommandHandler(choose_offerings, access.of_student),
    said.ALLOCATE_PLACES: CommandHandler(allocate_places, of_term),
    said.LIST_PRIORITIES: list_priorities,
    said.GET_ALLOCATION: get_allocation,
}
