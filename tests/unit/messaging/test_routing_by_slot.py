"""Slots are stored in bindings and messages for ever, so they must never change."""

from collections import Counter

from chassis.messaging.topology import SLOTS, queues_of, routing_key, slot_of


def test_slots_are_the_same_in_every_process_and_release():
    assert [slot_of(name) for name in ("school-1", "school-2", "三点半")] == [13, 55, 17]


def test_slots_spread_evenly():
    slots = Counter(slot_of(f"school-{n}") for n in range(6400))

    assert set(slots) == set(range(SLOTS))
    assert max(slots.values()) < 200


def test_the_routing_key_carries_slot_and_type():
    assert routing_key("school-1", "StudentEnrolled") == "13.StudentEnrolled"


def test_more_queues_keep_the_names_of_fewer():
    assert queues_of("audit", 1) == ["audit.events.v1.1"]
    assert queues_of("audit", 2)[:1] == queues_of("audit", 1)
