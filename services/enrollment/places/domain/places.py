"""Places: one offering's holders, its waiting list, and the offers that run out.

Rules:
    1. Holders and standing offers together are never more than the places.
    2. Asking for a place gives one while there is one and nobody waits; else the pupil waits, in
       order. Asking again changes nothing. Until an allocation or the office sets the number of
       places, it is the offering's own, which comes with each command.
    3. A place that becomes free is offered to the first who waits, until an instant; an offer
       that is declined or runs out goes to the next. Who let an offer run out waits no longer.
    4. Places are never taken from holders: the number cannot fall below them.
    5. Nobody is in two of these three: whom an allocation places neither waits nor has an offer,
       and who waits already keeps the place in the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.places import (
    CapacityChanged,
    PlaceExpired,
    PlaceGivenUp,
    PlaceOffered,
    PlacesFilled,
    PlaceTaken,
    PupilWaitlisted,
)
from services.enrollment.places.domain import errors
from services.enrollment.places.domain.events import PlacesEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class FillPlaces:
    """What an allocation gave this offering."""

    offering_id: str
    allocation_id: str
    capacity: int
    student_ids: tuple[str, ...]
    waiting_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPlace:
    """``capacity`` is the offering's own, here and below (rule 2)."""

    offering_id: str
    student_id: str
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpPlace:
    """``until`` is when the offer to the next one runs out."""

    student_id: str
    capacity: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOffer:
    student_id: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireOffers:
    now: datetime
    capacity: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCapacity:
    offering_id: str
    capacity: int
    until: datetime


PlacesCommand: TypeAlias = (
    FillPlaces | RequestPlace | GiveUpPlace | AcceptOffer | ExpireOffers | ChangeCapacity
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """``capacity`` is None until the first event says it."""

    offering_id: str = ""
    capacity: int | None = None
    holders: frozenset[str] = frozenset()
    waiting: tuple[str, ...] = ()
    offers: Mapping[str, datetime] = field(default_factory=dict)
    allocation_id: str | None = None


def decide(state: Places, command: PlacesCommand) -> list[PlacesEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case FillPlaces():
            return _fill(state, command)
        case RequestPlace():
            return _request(state, command)
        case GiveUpPlace():
            return _give_up(state, command)
        case AcceptOffer():
            return _accept(state, command)
        case ExpireOffers():
            return _expire(state, command)
        case ChangeCapacity():
            return _change(state, command)
        case _:
            assert_never(command)


def evolve(state: Places, event: PlacesEvent) -> Places:
    """Return the state after ``event``. Applies facts; never refuses one."""
    state = replace(state, offering_id=event.offering_id)
    if isinstance(event, CapacityChanged):
        return replace(state, capacity=event.capacity)
    if isinstance(event, PlacesFilled):
        return replace(
            state,
            capacity=event.capacity,
            holders=state.holders | set(event.student_ids),
            waiting=tuple(dict.fromkeys((*_without(state.waiting, event), *event.waiting_ids))),
            offers={who: at for who, at in state.offers.items() if who not in event.student_ids},
            allocation_id=event.allocation_id,
        )
    return _moved(state, event)


PLACES: Decider[Places, PlacesCommand, PlacesEvent] = Decider(Places(), decide, evolve)


def _moved(
    state: Places,
    event: PlaceTaken | PupilWaitlisted | PlaceOffered | PlaceExpired | PlaceGivenUp,
) -> Places:
    who = event.student_id
    out = replace(
        state,
        holders=state.holders - {who},
        waiting=tuple(each for each in state.waiting if each != who),
        offers={each: until for each, until in state.offers.items() if each != who},
    )
    match event:
        case PlaceTaken():
            return replace(out, holders=out.holders | {who})
        case PupilWaitlisted():
            return replace(out, waiting=(*out.waiting, who))
        case PlaceOffered(until=until):
            return replace(out, offers={**out.offers, who: until})
        case PlaceExpired() | PlaceGivenUp():
            return out
        case _:
            assert_never(event)


def _without(waiting: tuple[str, ...], event: PlacesFilled) -> tuple[str, ...]:
    placed = set(event.student_ids)
    return tuple(who for who in waiting if who not in placed)


def free(state: Places, capacity: int) -> int:
    """Return how many places are neither held nor offered."""
    return capacity - len(state.holders) - len(state.offers)


def _fill(state: Places, command: FillPlaces) -> list[PlacesEvent]:
    if state.allocation_id == command.allocation_id:
        return []
    placed = tuple(who for who in command.student_ids if who not in state.holders)
    settled = {*state.holders, *state.offers, *placed}
    filled = PlacesFilled(
        offering_id=command.offering_id,
        allocation_id=command.allocation_id,
        capacity=command.capacity,
        student_ids=placed,
        waiting_ids=tuple(who for who in command.waiting_ids if who not in settled),
    )
    taken = len(settled)
    if taken > command.capacity:
        raise _too_few(taken)
    return [filled]


def _request(state: Places, command: RequestPlace) -> list[PlacesEvent]:
    who, offering_id = command.student_id, command.offering_id
    if who in state.holders or who in state.waiting or who in state.offers:
        return []
    if not state.waiting and free(state, _capacity(state, command)) > 0:
        return [PlaceTaken(offering_id=offering_id, student_id=who)]
    return [PupilWaitlisted(offering_id=offering_id, student_id=who)]


def _give_up(state: Places, command: GiveUpPlace) -> list[PlacesEvent]:
    who = command.student_id
    if who not in state.holders and who not in state.waiting and who not in state.offers:
        return []
    left: list[PlacesEvent] = [PlaceGivenUp(offering_id=state.offering_id, student_id=who)]
    capacity = _capacity(state, command)
    return [*left, *_offer_free(_after(state, left), capacity, command.until)]


def _accept(state: Places, command: AcceptOffer) -> list[PlacesEvent]:
    who = command.student_id
    if who in state.holders:
        return []
    if who not in state.offers:
        raise errors.NoOffer()
    if command.now > state.offers[who]:
        raise errors.OfferExpired()
    return [PlaceTaken(offering_id=state.offering_id, student_id=who)]


def _expire(state: Places, command: ExpireOffers) -> list[PlacesEvent]:
    over: list[PlacesEvent] = [
        PlaceExpired(offering_id=state.offering_id, student_id=who)
        for who, until in sorted(state.offers.items())
        if until < command.now
    ]
    if not over:
        return []
    capacity = _capacity(state, command)
    return [*over, *_offer_free(_after(state, over), capacity, command.until)]


def _change(state: Places, command: ChangeCapacity) -> list[PlacesEvent]:
    taken = len(state.holders) + len(state.offers)
    if command.capacity < taken:
        raise _too_few(taken)
    if state.capacity == command.capacity:
        return []
    changed: list[PlacesEvent] = [
        CapacityChanged(offering_id=command.offering_id, capacity=command.capacity)
    ]
    return [*changed, *_offer_free(_after(state, changed), command.capacity, command.until)]


def _too_few(taken: int) -> errors.CapacityBelowHolders:
    return errors.CapacityBelowHolders(taken=taken)


def _capacity(state: Places, command: RequestPlace | GiveUpPlace | ExpireOffers) -> int:
    return command.capacity if state.capacity is None else state.capacity


def _after(state: Places, happened: list[PlacesEvent]) -> Places:
    for event in happened:
        state = evolve(state, event)
    return state


def _offer_free(state: Places, capacity: int, until: datetime) -> list[PlacesEvent]:
    first = state.waiting[: max(0, free(state, capacity))]
    return [
        PlaceOffered(offering_id=state.offering_id, student_id=who, until=until) for who in first
    ]
