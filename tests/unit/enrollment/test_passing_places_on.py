"""A place that becomes free goes to the next, also where no allocation said how many there are."""

from datetime import UTC, datetime

from chassis.testing.scenario import Scenario
from services.enrollment.domain.places.events import (
    PlaceExpired,
    PlaceGivenUp,
    PlaceOffered,
    PlacesFilled,
    PlaceTaken,
    PupilWaitlisted,
)
from services.enrollment.domain.places.places import PLACES, ExpireOffers, GiveUpPlace

places = Scenario(PLACES)
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
SOON = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
taken = PlaceTaken(offering_id="of-1", student_id="a")
waits = PupilWaitlisted(offering_id="of-1", student_id="b")
waits_too = PupilWaitlisted(offering_id="of-1", student_id="c")
given_up = PlaceGivenUp(offering_id="of-1", student_id="a")
offered = PlaceOffered(offering_id="of-1", student_id="b", until=SOON)
give_up = GiveUpPlace(student_id="a", until=SOON, capacity=1)


def test_a_place_given_up_before_any_allocation_is_offered_to_the_first_who_waits():
    places.given(taken, waits, waits_too).when(give_up).then(given_up, offered)


def test_giving_up_twice_changes_nothing():
    places.given(taken, waits, given_up, offered).when(give_up).then_nothing()


def test_an_offer_that_ran_out_goes_to_the_next():
    late = ExpireOffers(now=datetime(2026, 9, 4, tzinfo=UTC), until=SOON, capacity=1)
    gone = PlaceExpired(offering_id="of-1", student_id="b")
    following = PlaceOffered(offering_id="of-1", student_id="c", until=SOON)

    places.given(taken, waits, waits_too, given_up, offered).when(late).then(gone, following)


def test_what_an_allocation_said_counts_before_what_the_offering_says():
    filled = PlacesFilled(
        offering_id="of-1", allocation_id="al-1", capacity=2, student_ids=("a",), waiting_ids=()
    )
    third = PlaceTaken(offering_id="of-1", student_id="d")

    places.given(filled, third, waits, waits_too).when(give_up).then(given_up, offered)
