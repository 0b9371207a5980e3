"""200 families and two clerks at once on one offering: never too many, nothing lost, all told."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from chassis.kernel.call import Principal
from chassis.testing.world import fresh_sqlite
from services.enrollment import migrations
from tests.component.enrollment.placing import Placing
from tests.component.enrollment.world import OTHER, guardian, open_world

FAMILIES, PLACES, AT_ONCE = 200, 30, 16
CLERKS = [Principal(account_id=f"clerk-{n}", role="school_office", school_id=OTHER) for n in (1, 2)]
BALL = {"offering_id": "ball"}
CAPACITIES = (30, 25, 28)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path / "enrollment.sqlite", migrations)
    made: str = request.getfixturevalue("migrated_database")("enrollment")
    return made


@dataclass
class Race:
    """The school, its families, and what every command was answered."""

    school: Placing
    families: list[tuple[str, Principal]]
    answers: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def send(
        self,
        who: Principal,
        operation: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Mapping[str, Any]:
        context = {"idempotency_key": key} if key else {}
        reply = self.school.world.handle(who, operation, params, body or {}, **context)
        self.answers.append((operation, reply))
        return reply

    def take_part(self, number: int) -> None:
        """Apply, choose and ask for a place; some press twice, some change their mind."""
        student_id, who = self.families[number]
        pupil, term = {"student_id": student_id}, {"term_id": self.school.term_id}
        form = {**pupil, **term, "service_kinds": ["after_school_custody"], "pupil_assents": True}
        sent = [
            self.send(who, "submit_application", {}, form, key="apply")
            for _ in range(1 + (number % 5 == 0))
        ]
        assert all(each == sent[0] for each in sent), "a repeat gets the first answer"
        if number % 3 == 0:
            self.send(who, "choose_offerings", pupil, {**term, "offering_ids": ["ball"]})
        self.send(who, "request_place", BALL, pupil)
        if number % 7 == 0:
            self.send(who, "give_up_place", BALL, pupil)
            self.send(who, "request_place", BALL, pupil)
        self.accept_if_offered(number)

    def accept_if_offered(self, number: int) -> None:
        if self.standing(number)["standing"] == "offered":
            student_id, who = self.families[number]
            self.send(who, "accept_place", BALL, {"student_id": student_id})

    def standing(self, number: int) -> dict[str, Any]:
        student_id, who = self.families[number]
        params = {"term_id": self.school.term_id, "student_id": student_id}
        mine = self.school.world.ok(who, "my_places", params)
        [place] = mine["items"]
        return {**place, "explanation": mine["explanation"]}

    def do_office_work(self, clerk: Principal, over: threading.Event) -> None:
        """Accept who has applied, change the number of places, allocate: until it is over."""
        here, term = {"school_id": OTHER}, {"term_id": self.school.term_id}
        for capacity in itertools.cycle(CAPACITIES):
            body = {"state": "submitted", "limit": 20}
            listed = self.school.world.ok(clerk, "list_applications", here, body)["items"]
            for each in listed:
                application = {"application_id": each["application_id"]}
                self.send(clerk, "accept_application", application)
            self.send(clerk, "change_capacity", BALL, {"capacity": capacity})
            self.send(clerk, "allocate_places", term, {})
            if over.is_set() and not listed:
                return

    def run(self) -> None:
        over = threading.Event()
        with ThreadPoolExecutor(AT_ONCE + len(CLERKS)) as pool:
            clerks = [pool.submit(self.do_office_work, clerk, over) for clerk in CLERKS]
            try:
                with ThreadPoolExecutor(AT_ONCE) as crowd:
                    list(crowd.map(self.take_part, range(FAMILIES)))
            finally:
                over.set()
            for clerk in clerks:
                clerk.result()


@pytest.fixture
def race(url: str) -> Iterator[Race]:
    world = open_world(url)
    rows = [
        f"学生{n},女,2017-09-01,,,三年级{n // 40 + 1}班,家长{n},母亲,138{n:08}"
        for n in range(FAMILIES)
    ]
    world.import_rows(*rows, school_id=OTHER)
    linked = [e["data"] for e in world.events(OTHER) if e["type"] == "GuardianLinked"]
    families = [(each["student_id"], guardian(each["guardian_id"])) for each in linked]
    assert len(families) == FAMILIES
    school = Placing(world)
    school.offer("ball", PLACES)
    yield Race(school, families)
    world.service.database.close()


def every_prefix(events: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield (taken, capacity) of the offering after every event of its places."""
    capacity, taken = PLACES, set[str]()
    for event in events:
        data = event["data"]
        if data.get("offering_id") != "ball":
            continue
        match event["type"]:
            case "CapacityChanged":
                capacity = data["capacity"]
            case "PlacesFilled":
                capacity = data["capacity"]
                taken |= set(data["student_ids"])
            case "PlaceTaken" | "PlaceOffered":
                taken.add(data["student_id"])
            case "PlaceGivenUp" | "PlaceExpired":
                taken.discard(data["student_id"])
        yield len(taken), capacity


def all_events(race: Race) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = race.school.world.service.log.read(OTHER, 0, 100_000)
    return found


@pytest.mark.clause("P2-012")
def test_places_are_never_too_many_and_everybody_is_answered(race: Race):
    race.run()

    events = all_events(race)
    assert all(taken <= capacity <= PLACES for taken, capacity in every_prefix(events))
    assert [each["seq"] for each in events] == list(range(1, len(events) + 1))
    told = [reply for operation, reply in race.answers if operation == "submit_application"]
    answered = {reply["body"]["application_id"] for reply in told if reply["status"] == "ok"}
    stored = Counter(
        each["data"]["application_id"] for each in events if each["type"] == "ApplicationSubmitted"
    )
    assert set(stored) == answered
    assert (len(answered), set(stored.values())) == (FAMILIES, {1})
    for operation, reply in race.answers:
        if reply["status"] == "refused":
            assert reply["code"].startswith("enrollment."), (operation, reply)
            assert reply["detail"]["zh"], (operation, reply)
            assert reply["detail"]["en"], (operation, reply)
    refusals = {reply["code"] for _, reply in race.answers if reply["status"] == "refused"}
    assert refusals <= {
        "enrollment.capacity-below-holders",
        "enrollment.nothing-to-allocate",
        "enrollment.no-offer",
    }


def test_at_the_end_every_family_holds_a_place_or_waits_and_knows_why(race: Race):
    race.run()
    assert race.school.change("ball", PLACES)["status"] == "ok"
    for number in range(FAMILIES):
        race.accept_if_offered(number)

    ends = [race.standing(number) for number in range(FAMILIES)]

    waiting = [each for each in ends if each["standing"] == "waiting"]
    assert Counter(each["standing"] for each in ends) == {
        "held": PLACES,
        "waiting": FAMILIES - PLACES,
    }
    assert sorted(each["ahead"] for each in waiting) == list(range(FAMILIES - PLACES))
    assert all(f"{PLACES} 个名额已满" in each["reason"]["zh"] for each in waiting)
    listed = race.school.world.ok(race.school.office, "list_places", BALL)
    assert listed["capacity"] == PLACES, "they wait because all places are held"
    taken, capacity = list(every_prefix(all_events(race)))[-1]
    assert (taken, capacity) == (PLACES, PLACES)
