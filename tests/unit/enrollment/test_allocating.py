"""Allocating places: fair, repeatable and explained, whatever the wishes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.places.domain.allocate import (
    Allocation,
    Result,
    Rule,
    Wish,
    allocate,
    digest,
    lot,
)

OFFERINGS = ("ball", "chess", "dance", "paint")


def wish(student_id: str, *choices: str, rank: int = 1, at: str = "09:00") -> Wish:
    return Wish(
        student_id=student_id,
        rank=rank,
        applied_at=f"2026-08-20T{at}:00.000+08:00",
        choices=choices,
    )


def by_arrival(capacities: Mapping[str, int], *wishes: Wish) -> Allocation:
    return allocate(capacities, wishes, seed="s", rule="arrival")


@pytest.mark.clause("P2-012", "P2-013", "P2-014", "P2-015")
def test_priority_comes_before_who_was_earlier():
    early, first = wish("early", "ball"), wish("first", "ball", rank=0, at="17:00")

    found = by_arrival({"ball": 1}, early, first)

    assert found.placed == {"ball": ("first",)}
    assert found.waiting == {"ball": ("early",)}
    assert found.results == (
        Result(student_id="first", turn=1, rank=0, offering_id="ball", choice=1, full=()),
        Result(student_id="early", turn=2, rank=1, offering_id=None, choice=None, full=("ball",)),
    )


def test_who_comes_too_late_for_the_first_choice_gets_the_second():
    found = by_arrival(
        {"ball": 1, "chess": 1},
        wish("a", "ball", "chess", at="09:00"),
        wish("b", "ball", "chess", at="09:01"),
    )

    assert found.placed == {"ball": ("a",), "chess": ("b",)}
    second = found.results[1]
    assert (second.offering_id, second.choice, second.full) == ("chess", 2, ("ball",))
    assert found.waiting == {"ball": (), "chess": ()}


def test_no_places_is_legal_and_everybody_waits_in_turn():
    found = by_arrival({"ball": 0}, wish("b", "ball", at="09:01"), wish("a", "ball"))

    assert (found.placed, found.waiting) == ({"ball": ()}, {"ball": ("a", "b")})


def test_the_lot_is_drawn_again_by_anybody_who_knows_the_seed():
    expected = hashlib.sha256("2026-08-30 雨\np-1".encode()).hexdigest()
    assert lot("2026-08-30 雨", "p-1") == expected

    wishes = [wish(f"p-{n}", "ball") for n in range(50)]
    found = allocate({"ball": 50}, wishes, seed="2026-08-30 雨", rule="lottery")

    drawn = sorted(
        (hashlib.sha256(f"2026-08-30 雨\np-{n}".encode()).hexdigest(), f"p-{n}") for n in range(50)
    )
    assert found.placed["ball"] == tuple(who for _, who in drawn)


def test_the_digest_of_the_input_sees_every_change_of_it():
    capacities, wishes = {"ball": 1, "chess": 2}, [wish("a", "ball", "chess"), wish("b", "chess")]
    others = [
        ({"ball": 2, "chess": 2}, wishes),
        (capacities, wishes[:1]),
        (capacities, [replace(wishes[0], rank=0), wishes[1]]),
        (capacities, [replace(wishes[0], choices=("chess", "ball")), wishes[1]]),
        (capacities, [wish("a", "ball", "chess", at="09:01"), wishes[1]]),
    ]

    digests = {digest(capacities, wishes), *(digest(*each) for each in others)}

    assert len(digests) == 1 + len(others)


capacities_of_all = st.fixed_dictionaries({each: st.integers(0, 4) for each in OFFERINGS})
rules: st.SearchStrategy[Rule] = st.sampled_from(["lottery", "arrival"])
seeds = st.text(min_size=1, max_size=8)
wish_lists = st.lists(
    st.builds(
        Wish,
        student_id=st.integers(1, 40).map("p-{}".format),
        rank=st.sampled_from([0, 1, 2]),
        applied_at=st.integers(0, 3).map("2026-08-20T09:0{}:00.000+08:00".format),
        choices=st.lists(st.sampled_from(OFFERINGS), min_size=1, unique=True).map(tuple),
    ),
    unique_by=lambda each: each.student_id,
    max_size=25,
)
inputs = st.tuples(capacities_of_all, wish_lists, seeds, rules)

Input = tuple[dict[str, int], list[Wish], str, Rule]


def run(given_: Input) -> Allocation:
    capacities, wishes, seed, rule = given_
    return allocate(capacities, wishes, seed=seed, rule=rule)


def got(found: Allocation) -> dict[str, str | None]:
    return {each.student_id: each.offering_id for each in found.results}


def wished_more(wish: Wish, received: str | None) -> Sequence[str]:
    """Return the choices that a pupil listed above what he or she got: all, if nothing."""
    return wish.choices[: wish.choices.index(received)] if received else wish.choices


@given(inputs)
def test_no_offering_is_ever_over_its_places(given_: Input):
    found = run(given_)

    for offering, places in given_[0].items():
        assert len(found.placed[offering]) <= places


@pytest.mark.clause("P2-012", "P2-013", "P2-014", "P2-015")
@given(inputs)
def test_nobody_holds_what_somebody_of_better_rank_wished_for_more(given_: Input):
    """For each holder X of an offering O: no pupil of better rank listed O above what they got."""
    wishes, received = {each.student_id: each for each in given_[1]}, got(run(given_))

    for holder, offering in received.items():
        for other in wishes.values():
            if offering and other.rank < wishes[holder].rank:
                assert offering not in wished_more(other, received[other.student_id])


@given(inputs)
def test_inside_a_rank_nobody_holds_what_somebody_with_an_earlier_turn_wished_for_more(
    given_: Input,
):
    found = run(given_)
    wishes, received = {each.student_id: each for each in given_[1]}, got(found)

    for turn, result in enumerate(found.results):
        for earlier in found.results[:turn]:
            more = wished_more(wishes[earlier.student_id], received[earlier.student_id])
            assert result.offering_id not in more


@given(inputs)
def test_no_place_stays_free_that_somebody_without_one_wished_for(given_: Input):
    found = run(given_)

    for result in found.results:
        if result.offering_id is None:
            assert all(len(found.placed[each]) == given_[0][each] for each in result.full)


@pytest.mark.clause("P2-012")
@given(inputs, st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_result_whatever_its_order(given_: Input, random):
    capacities, wishes, seed, rule = given_
    shuffled, others = list(wishes), list(capacities.items())
    random.shuffle(shuffled)
    random.shuffle(others)

    assert run((dict(others), shuffled, seed, rule)) == run(given_)
    assert digest(dict(others), shuffled) == digest(capacities, wishes)


@given(inputs, seeds)
def test_another_seed_changes_only_the_order_inside_a_rank(given_: Input, seed: str):
    capacities, wishes, _, rule = given_
    one, other = run(given_), run((capacities, wishes, seed, rule))

    assert [each.rank for each in other.results] == [each.rank for each in one.results]
    for rank in {each.rank for each in wishes}:
        turns = [
            {(each.turn, each.student_id) for each in found.results if each.rank == rank}
            for found in (one, other)
        ]
        assert {who for _, who in turns[0]} == {who for _, who in turns[1]}
        assert {turn for turn, _ in turns[0]} == {turn for turn, _ in turns[1]}
    if rule == "arrival":
        assert one == other, "no lot is drawn at all"


@given(inputs)
def test_inside_a_rank_turns_follow_the_rule(given_: Input):
    _, wishes, seed, rule = given_
    known = {each.student_id: each for each in wishes}

    def order(result: Result) -> tuple[int, str]:
        each = known[result.student_id]
        drawn = lot(seed, each.student_id) if rule == "lottery" else each.applied_at
        return each.rank, drawn

    orders = [order(each) for each in run(given_).results]
    assert orders == sorted(orders)


@given(inputs)
def test_everybody_is_explained(given_: Input):
    found, wishes = run(given_), {each.student_id: each for each in given_[1]}

    assert sorted(each.student_id for each in found.results) == sorted(wishes)
    assert [each.turn for each in found.results] == list(range(1, len(wishes) + 1))
    for result in found.results:
        mine = wishes[result.student_id]
        assert result.rank == mine.rank
        assert result.full == tuple(wished_more(mine, result.offering_id))
        if result.offering_id:
            assert result.choice is not None
            assert mine.choices[result.choice - 1] == result.offering_id
        else:
            assert result.choice is None


@given(inputs)
def test_nobody_is_placed_twice_and_who_is_not_placed_waits_for_all_choices(given_: Input):
    found = run(given_)
    placed = [who for pupils in found.placed.values() for who in pupils]
    turns = {each.student_id: each.turn for each in found.results}

    assert len(placed) == len(set(placed))
    assert {who: each for each, pupils in found.placed.items() for who in pupils} == {
        who: each for who, each in got(found).items() if each
    }
    for offering, waiting in found.waiting.items():
        expected = [
            each.student_id
            for each in given_[1]
            if each.student_id not in placed and offering in each.choices
        ]
        assert list(waiting) == sorted(expected, key=lambda who: turns[who])
