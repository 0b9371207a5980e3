"""Priorities, ranked choices, the allocation of places, and each offering's places."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from contracts.enrollment.policy import TwoLanguages
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Range,
    Sha256,
    command,
    event,
    query,
    reply,
    request,
)

PRIORITIES = ("disabled", "left_behind", "migrant_worker_child", "economic_hardship", "other")
"""``other`` is for what a plan leaves open ("and so on"): only the authority grants it."""


@event
class PriorityGranted:
    """The evidence and the notes on support are in the vault."""

    student_id: Id
    category: str


@event
class OfferingsChosen:
    """A family's choices, best first; a later one replaces it."""

    student_id: Id
    term_id: Id
    offering_ids: tuple[str, ...]


@event
class PlacesAllocated:
    """The seed and the hash of the input: anybody can repeat the allocation."""

    allocation_id: Id
    term_id: Id
    seed: str
    rule: Annotated[str, OneOf(("lottery", "arrival"))]
    input_sha256: Sha256
    pupils: int
    placed: int


@event
class PlacesFilled:
    """What an allocation gave one offering, in the order of turns."""

    offering_id: Id
    allocation_id: Id
    capacity: int
    student_ids: tuple[str, ...]
    waiting_ids: tuple[str, ...]


@event
class PlaceTaken:
    """A pupil has a place."""

    offering_id: Id
    student_id: Id


@event
class PupilWaitlisted:
    """No place is free; the pupil waits in the order of these events."""

    offering_id: Id
    student_id: Id


@event
class PlaceOffered:
    """To the first who waits, until an instant."""

    offering_id: Id
    student_id: Id
    until: datetime


@event
class PlaceExpired:
    """Nobody took the offered place in time; it goes to the next."""

    offering_id: Id
    student_id: Id


@event
class PlaceGivenUp:
    """A holder, or somebody who waits or has an offer, leaves."""

    offering_id: Id
    student_id: Id


@event
class CapacityChanged:
    """How many places an offering has now."""

    offering_id: Id
    capacity: int


@request(component="enrollment.GrantPriority")
class GrantPriority:
    """``evidence`` and ``support`` (what the staff must know) are kept in the vault."""

    student_id: Id
    category: Annotated[str, OneOf(PRIORITIES)]
    evidence: Annotated[str, Length(1, 1000)]
    support: Annotated[str, Length(0, 1000)] = ""


@request(component="enrollment.ChooseOfferings")
class ChooseOfferings:
    """Best first; an empty list takes the choices back."""

    student_id: Id
    term_id: Id
    offering_ids: Annotated[tuple[Id, ...], Length(0, 10)]


@request(component="enrollment.AllocatePlaces")
class AllocatePlaces:
    """``seed``: any text; it is published with the result. Without one an id is made."""

    term_id: Id
    seed: Annotated[str, Length(1, 80)] | None = None


@request(component="enrollment.OfPupil")
class OfPupil:
    offering_id: Id
    student_id: Id


@request(component="enrollment.ChangeCapacity")
class ChangeCapacity:
    offering_id: Id
    capacity: Annotated[int, Range(0, 5000)]


@request
class ListPriorities:
    student_id: Id


@request
class ListClassSupport:
    class_id: Id


@request
class GetAllocation:
    term_id: Id


@request
class MyPlaces:
    term_id: Id
    student_id: Id


@request
class ListPlaces:
    offering_id: Id


@reply
class Priority:
    student_id: str
    category: str


@reply
class PriorityLine(Priority):
    """For office and bureau; the staff of the class read the support alone, as ``SupportNote``."""

    evidence: str | None
    support: str | None
    waiver_category: str | None


@reply
class Priorities:
    items: tuple[PriorityLine, ...]


@reply
class SupportNote:
    """What the staff must know to help a pupil; not why the pupil has priority."""

    student_id: str
    support: str


@reply
class ClassSupport:
    items: tuple[SupportNote, ...]


@reply
class Choices:
    student_id: str
    term_id: str
    offering_ids: tuple[str, ...]


@reply
class AllocationState:
    """Seed, rule and input hash: with them anybody repeats the allocation."""

    allocation_id: str
    term_id: str
    seed: str
    rule: str
    input_sha256: str
    pupils: int
    placed: int


@reply
class PlaceState:
    """``standing``: held, waiting, offered (until ``until``) or none. ``reason``: why it waits."""

    offering_id: str
    student_id: str
    standing: str
    ahead: int
    until: str | None
    reason: TwoLanguages | None


@reply
class PlaceLine(PlaceState):
    title: str


@reply
class Explanation:
    """Why a pupil got what in the term's allocation."""

    turn: int
    pupils: int
    rank: int
    rule: str
    offering_id: str | None
    choice: int | None
    text: TwoLanguages


@reply
class PlacesOfStudent:
    choices: tuple[str, ...]
    items: tuple[PlaceLine, ...]
    explanation: Explanation | None


@reply
class PlacesOfOffering:
    capacity: int
    items: tuple[PlaceState, ...]


@reply
class Capacity:
    offering_id: str
    capacity: int


LIST_PRIORITIES = query(
    "list_priorities",
    "/students/{student_id}/priorities",
    "List a pupil's categories of priority",
    ListPriorities,
    Priorities,
    roles=("school_office", "bureau"),
    reads=("student_id", "priority"),
)
LIST_CLASS_SUPPORT = query(
    "list_class_support",
    "/classes/{class_id}/support",
    "List what a class's staff must know to help its pupils",
    ListClassSupport,
    ClassSupport,
    roles=("teacher", "school_office"),
    reads=("class_id", "roll"),
)
GRANT_PRIORITY = command(
    "grant_priority",
    "/students/{student_id}/priorities",
    "Grant a pupil priority",
    GrantPriority,
    Priority,
    roles=("school_office", "bureau"),
)
CHOOSE_OFFERINGS = command(
    "choose_offerings",
    "/students/{student_id}/choices",
    "Choose offerings in order, best first",
    ChooseOfferings,
    Choices,
    roles=("guardian",),
)
GET_ALLOCATION = query(
    "get_allocation",
    "/terms/{term_id}/allocation",
    "Show a term's newest allocation: seed, rule and hash of the input",
    GetAllocation,
    AllocationState,
    roles=("guardian", "school_office", "bureau"),
)
ALLOCATE_PLACES = command(
    "allocate_places",
    "/terms/{term_id}/allocation",
    "Allocate the free places by priority, choice and seed",
    AllocatePlaces,
    AllocationState,
    roles=("school_office",),
)
MY_PLACES = query(
    "my_places",
    "/terms/{term_id}/students/{student_id}/places",
    "Show a pupil's choices and places, and why",
    MyPlaces,
    PlacesOfStudent,
    roles=("guardian", "school_office"),
    reads=("student_id", "places"),
)
LIST_PLACES = query(
    "list_places",
    "/offerings/{offering_id}/places",
    "List who holds a place, has an offer or waits",
    ListPlaces,
    PlacesOfOffering,
    roles=("school_office", "bureau"),
    reads=("offering_id", "places"),
)
REQUEST_PLACE = command(
    "request_place",
    "/offerings/{offering_id}/places",
    "Ask for a place: get it, or wait in line",
    OfPupil,
    PlaceState,
    roles=("guardian",),
)
GIVE_UP_PLACE = command(
    "give_up_place",
    "/offerings/{offering_id}/places:give-up",
    "Give a place up, or stop waiting",
    OfPupil,
    PlaceState,
    roles=("guardian", "school_office"),
)
ACCEPT_PLACE = command(
    "accept_place",
    "/offerings/{offering_id}/places:accept",
    "Take the place that is offered",
    OfPupil,
    PlaceState,
    roles=("guardian",),
)
CHANGE_CAPACITY = command(
    "change_capacity",
    "/offerings/{offering_id}/capacity",
    "Change the number of places",
    ChangeCapacity,
    Capacity,
    roles=("school_office",),
)
