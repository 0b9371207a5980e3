"""One offering's places: asked for, given up, offered, filled; never too many, always in line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chassis.kernel.call import CHINA
from chassis.testing.scenario import Scenario
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
from services.enrollment.places.domain.places import (
    PLACES,
    AcceptOffer,
    ChangeCapacity,
    ExpireOffers,
    FillPlaces,
    GiveUpPlace,
    Places,
    PlacesCommand,
    RequestPlace,
    free,
)

NOW = datetime(2026, 8, 25, 9, 0, tzinfo=CHINA)
UNTIL = NOW + timedelta(hours=48)

places = Scenario(PLACES)


def request(who: str, capacity: int = 1) -> RequestPlace:
    return RequestPlace(offering_id="ball", student_id=who, capacity=capacity)


def give_up(who: str, capacity: int = 1) -> GiveUpPlace:
    return GiveUpPlace(student_id=who, capacity=capacity, until=UNTIL)


def expire(now: datetime, until: datetime = UNTIL) -> ExpireOffers:
    return ExpireOffers(now=now, capacity=1, until=until)


def change(capacity: int) -> ChangeCapacity:
    return ChangeCapacity(offering_id="ball", capacity=capacity, until=UNTIL)


def took(who: str) -> PlaceTaken:
    return PlaceTaken(offering_id="ball", student_id=who)


def waits(who: str) -> PupilWaitlisted:
    return PupilWaitlisted(offering_id="ball", student_id=who)


def left(who: str) -> PlaceGivenUp:
    return PlaceGivenUp(offering_id="ball", student_id=who)


def offered(who: str, until: datetime = UNTIL) -> PlaceOffered:
    return PlaceOffered(offering_id="ball", student_id=who, until=until)


fill = FillPlaces(
    offering_id="ball",
    allocation_id="al-1",
    capacity=1,
    student_ids=("ann",),
    waiting_ids=("bo", "cy"),
)
filled = PlacesFilled(
    offering_id="ball",
    allocation_id="al-1",
    capacity=1,
    student_ids=("ann",),
    waiting_ids=("bo", "cy"),
)


def test_who_asks_while_there_is_a_place_gets_it():
    places.given().when(request("ann")).then(took("ann"))


@pytest.mark.parametrize("capacity", [0, 1])
def test_who_asks_when_all_is_taken_waits(capacity: int):
    history = [took("ann")] * capacity
    places.given(*history).when(request("bo", capacity)).then(waits("bo"))


@pytest.mark.parametrize("history", [[took("ann")], [waits("ann")], [waits("ann"), offered("ann")]])
def test_asking_again_changes_nothing(history: list[PlacesEvent]):
    places.given(*history).when(request("ann")).then_nothing()


def test_nobody_overtakes_who_waits():
    history = (filled, left("ann"), offered("bo"), left("bo"), waits("dee"))
    places.given(*history).when(request("eve")).then(waits("eve"))


def test_a_place_that_becomes_free_is_offered_to_the_first_who_waits():
    places.given(filled).when(give_up("ann")).then(left("ann"), offered("bo"))


def test_that_is_so_before_any_allocation_too():
    history = (took("ann"), waits("bo"))
    places.given(*history).when(give_up("ann")).then(left("ann"), offered("bo"))


def test_an_offer_that_is_declined_goes_to_the_next():
    history = (filled, left("ann"), offered("bo"))
    places.given(*history).when(give_up("bo")).then(left("bo"), offered("cy"))


def test_who_only_waits_leaves_the_line_and_nothing_else_happens():
    places.given(filled).when(give_up("bo")).then(left("bo"))


def test_giving_up_what_one_has_not_changes_nothing():
    places.given(filled).when(give_up("eve")).then_nothing()


@pytest.mark.parametrize("now", [NOW, UNTIL])
def test_an_offer_is_taken_until_its_last_moment(now: datetime):
    accept = AcceptOffer(student_id="bo", now=now)
    places.given(filled, left("ann"), offered("bo")).when(accept).then(took("bo"))


def test_taking_it_again_changes_nothing():
    accept = AcceptOffer(student_id="bo", now=UNTIL + timedelta(days=1))
    places.given(filled, left("ann"), offered("bo"), took("bo")).when(accept).then_nothing()


def test_an_offer_that_ran_out_is_not_taken_even_before_it_is_passed_on():
    late = AcceptOffer(student_id="bo", now=UNTIL + timedelta(seconds=1))
    history = (filled, left("ann"), offered("bo"))
    places.given(*history).when(late).then_refused(errors.OfferExpired)


@pytest.mark.parametrize("who", ["cy", "eve"])
def test_nobody_takes_what_is_not_offered(who: str):
    accept = AcceptOffer(student_id=who, now=NOW)
    places.given(filled).when(accept).then_refused(errors.NoOffer)


def test_an_offer_that_ran_out_is_passed_on_and_who_let_it_waits_no_longer():
    history = (filled, left("ann"), offered("bo"))
    late, next_until = UNTIL + timedelta(seconds=1), UNTIL + timedelta(hours=48)
    ran_out = PlaceExpired(offering_id="ball", student_id="bo")

    places.given(*history).when(expire(late, next_until)).then(ran_out, offered("cy", next_until))
    places.given(*history, ran_out, offered("cy", next_until)).when(expire(late)).then_nothing()
    assert "bo" not in PLACES.fold((*history, ran_out)).waiting


def test_an_offer_that_stands_is_not_passed_on():
    places.given(filled, left("ann"), offered("bo")).when(expire(UNTIL)).then_nothing()


def test_more_places_are_offered_to_those_who_wait_in_order():
    more = CapacityChanged(offering_id="ball", capacity=3)
    places.given(filled).when(change(3)).then(more, offered("bo"), offered("cy"))


def test_the_same_number_changes_nothing():
    places.given(filled).when(change(1)).then_nothing()


@pytest.mark.parametrize("history", [(filled,), (filled, left("ann"), offered("bo"))])
def test_the_number_cannot_fall_below_what_is_held_and_offered(history: tuple[PlacesEvent, ...]):
    places.given(*history).when(change(0)).then_refused(errors.CapacityBelowHolders)


def test_fewer_free_places_are_fine():
    less = CapacityChanged(offering_id="ball", capacity=0)
    places.given(filled, left("ann"), left("bo"), left("cy")).when(change(0)).then(less)


def test_an_allocation_fills_once():
    places.given().when(fill).then(filled)
    places.given(filled).when(fill).then_nothing()


def test_an_allocation_cannot_place_more_than_there_are():
    second = replace(fill, allocation_id="al-2", student_ids=("dee",))
    places.given(filled).when(second).then_refused(errors.CapacityBelowHolders)


def test_an_allocation_leaves_those_who_hold_where_they_are_and_the_line_as_it_was():
    second = FillPlaces(
        offering_id="ball",
        allocation_id="al-2",
        capacity=2,
        student_ids=("dee",),
        waiting_ids=("eve", "cy", "ann"),
    )
    state = PLACES.fold((filled, *PLACES.decide(PLACES.fold((filled,)), second)))

    assert state.holders == {"ann", "dee"}
    assert state.waiting == ("bo", "cy", "eve")


def test_whom_an_allocation_places_waits_no_longer():
    history = (took("ann"), waits("bo"), left("ann"), offered("bo"), waits("cy"))
    second = replace(fill, student_ids=("bo",), waiting_ids=())
    state = PLACES.fold((*history, *PLACES.decide(PLACES.fold(history), second)))

    assert (state.holders, dict(state.offers), state.waiting) == ({"bo"}, {}, ("cy",))


PUPILS = [f"p-{number}" for number in range(12)]
OWN = 3
pupils = st.sampled_from(PUPILS)


class AnyCommands(RuleBasedStateMachine):
    """Whatever is asked, in whatever order: what the office, families and the chore can send."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Places()
        self.now = NOW
        self.allocations = 0

    @property
    def capacity(self) -> int:
        return OWN if self.state.capacity is None else self.state.capacity

    @property
    def until(self) -> datetime:
        return self.now + timedelta(hours=48)

    def send(self, command: PlacesCommand) -> None:
        before = self.state
        for event in PLACES.decide(before, command):
            self.state = PLACES.evolve(self.state, event)
        assert PLACES.decide(self.state, command) == [], "a repeat is quiet"
        self.line_moves_forward(before)

    def line_moves_forward(self, before: Places) -> None:
        """Check that those who still wait stand as before, and newcomers behind them."""
        stayed = [who for who in before.waiting if who in self.state.waiting]
        assert list(self.state.waiting[: len(stayed)]) == stayed
        new = {who for who in self.state.offers if who not in before.offers}
        line = [who for who in before.waiting if who in self.state.waiting or who in new]
        assert set(line[: len(new)]) == new, "offered from the front"

    @rule(who=pupils)
    def ask(self, who: str) -> None:
        self.send(RequestPlace(offering_id="ball", student_id=who, capacity=OWN))

    @rule(who=pupils)
    def leave(self, who: str) -> None:
        self.send(GiveUpPlace(student_id=who, capacity=OWN, until=self.until))

    @rule(who=pupils)
    def accept(self, who: str) -> None:
        may = who in self.state.holders or self.state.offers.get(who, NOW) >= self.now
        command = AcceptOffer(student_id=who, now=self.now)
        if may and (who in self.state.holders or who in self.state.offers):
            self.send(command)
            assert who in self.state.holders
        else:
            with pytest.raises((errors.NoOffer, errors.OfferExpired)):
                PLACES.decide(self.state, command)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def pass_on(self) -> None:
        self.send(ExpireOffers(now=self.now, capacity=OWN, until=self.until))
        assert all(until >= self.now for until in self.state.offers.values())

    @rule(capacity=st.integers(0, 6))
    def change(self, capacity: int) -> None:
        command = ChangeCapacity(offering_id="ball", capacity=capacity, until=self.until)
        if capacity < len(self.state.holders) + len(self.state.offers):
            with pytest.raises(errors.CapacityBelowHolders):
                PLACES.decide(self.state, command)
        else:
            self.send(command)

    @rule(wishing=st.lists(pupils, unique=True))
    def allocate(self, wishing: list[str]) -> None:
        """As the allocation does it: who has nothing here, as many as there is room for."""
        settled = {*self.state.holders, *self.state.offers}
        waiting = [who for who in wishing if who not in settled]
        room = free(self.state, self.capacity)
        self.allocations += 1
        self.send(
            FillPlaces(
                offering_id="ball",
                allocation_id=f"al-{self.allocations}",
                capacity=self.capacity,
                student_ids=tuple(waiting[:room]),
                waiting_ids=tuple(waiting[room:]),
            )
        )

    @precondition(lambda self: free(self.state, self.capacity) == 0)
    @rule(who=pupils)
    def an_allocation_of_too_many(self, who: str) -> None:
        if who not in self.state.holders and who not in self.state.offers:
            command = FillPlaces(
                offering_id="ball",
                allocation_id="too-many",
                capacity=self.capacity,
                student_ids=(who,),
                waiting_ids=(),
            )
            with pytest.raises(errors.CapacityBelowHolders):
                PLACES.decide(self.state, command)

    @invariant()
    def never_more_than_the_places(self) -> None:
        assert len(self.state.holders) + len(self.state.offers) <= self.capacity

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        everybody = [*self.state.holders, *self.state.waiting, *self.state.offers]
        assert len(everybody) == len(set(everybody))

    @invariant()
    def nobody_waits_beside_a_free_place(self) -> None:
        assert not self.state.waiting or free(self.state, self.capacity) == 0


TestAnyCommands = AnyCommands.TestCase
