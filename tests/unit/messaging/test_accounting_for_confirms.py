"""A position moves only over events that are confirmed without a hole."""

from chassis.messaging.confirms import Confirms


def published(*events: tuple[str, int], at: dict[str, int] | None = None) -> Confirms:
    confirms = Confirms(at or {})
    for number, (partition, seq) in enumerate(events):
        confirms.published(partition, seq, at=float(number))
    return confirms


def test_a_confirm_moves_the_position():
    confirms = published(("a", 1), ("a", 2))

    confirms.settled(1, multiple=False, confirmed=True)

    assert confirms.moved() == {"a": 1}
    assert confirms.outstanding == 1


def test_a_later_confirm_waits_for_the_earlier_one():
    confirms = published(("a", 1), ("a", 2), ("a", 3))

    confirms.settled(3, multiple=False, confirmed=True)
    confirms.settled(2, multiple=False, confirmed=True)
    assert confirms.moved() == {}

    confirms.settled(1, multiple=False, confirmed=True)
    assert confirms.moved() == {"a": 3}


def test_one_confirm_settles_all_before_it():
    confirms = published(("a", 1), ("b", 1), ("a", 2), ("b", 2))

    confirms.settled(3, multiple=True, confirmed=True)

    assert confirms.moved() == {"a": 2, "b": 1}
    assert confirms.outstanding == 1


def test_all_before_leaves_out_what_was_settled_by_itself():
    confirms = published(("a", 1), ("a", 2), ("a", 3))

    confirms.settled(2, multiple=False, confirmed=True)
    confirms.settled(3, multiple=True, confirmed=True)

    assert confirms.moved() == {"a": 3}


def test_a_refusal_sends_the_partition_again_from_the_lowest_unconfirmed():
    confirms = published(("a", 6), ("a", 7), ("b", 1), ("a", 8), at={"a": 5})
    confirms.settled(1, multiple=False, confirmed=True)

    assert confirms.settled(2, multiple=False, confirmed=False) == {"a"}

    assert confirms.sent("a") == 6
    assert confirms.sent("b") == 1


def test_what_was_refused_once_holds_the_position_until_it_is_confirmed():
    confirms = published(("a", 1), ("a", 2))
    confirms.settled(1, multiple=False, confirmed=False)
    confirms.settled(2, multiple=False, confirmed=True)
    assert confirms.moved() == {}

    confirms.published("a", 1, at=9.0)
    confirms.settled(3, multiple=False, confirmed=True)

    assert confirms.moved() == {"a": 2}


def test_the_refusal_of_a_copy_of_something_confirmed_is_nothing():
    confirms = published(("a", 1), ("a", 1))
    confirms.settled(1, multiple=False, confirmed=True)

    assert confirms.settled(2, multiple=False, confirmed=False) == set()


def test_a_move_is_told_once():
    confirms = published(("a", 1))
    confirms.settled(1, multiple=False, confirmed=True)

    assert confirms.moved() == {"a": 1}
    assert confirms.moved() == {}


def test_the_oldest_that_waits_is_known():
    confirms = published(("a", 1), ("a", 2))
    assert confirms.oldest() == 0.0

    confirms.settled(1, multiple=False, confirmed=True)
    assert confirms.oldest() == 1.0

    confirms.settled(2, multiple=False, confirmed=True)
    assert confirms.oldest() is None
