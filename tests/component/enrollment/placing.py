"""A school of plan 2 with offerings to choose, and short ways to place its pupils."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call, Principal
from contracts.enrollment.offerings import OfferingOpened, OfferingProposed, VenueRegistered
from tests.component.enrollment.world import OTHER, World, office

NAMES = ("甲一", "乙二", "丙三", "丁四", "戊五", "己六")
ROWS = (
    *(
        f"{name},女,2017-0{n}-01,,,三年级2班,{name[0]}母,母亲,1380000000{n}"
        for n, name in enumerate(NAMES, start=1)
    ),
    "庚小,男,2018-10-02,,,二年级1班,庚母,母亲,13800000009",
)
TITLES = {"ball": "趣味篮球", "chess": "中国象棋", "choir": "童声合唱"}


@dataclass
class Placing:
    """The world with its pupils by name; an offering is called by its id."""

    world: World
    school_id: str = OTHER
    pupils: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def term_id(self) -> str:
        return self.world.term_ids[self.school_id]

    @property
    def office(self) -> Principal:
        return office(self.school_id)

    def parent(self, name: str) -> Principal:
        return self.world.parent_of(self.pupils[name])

    def id_of(self, name: str) -> str:
        return str(self.pupils[name]["student_id"])

    def append(self, stream_id: str, *events: object) -> None:
        """Put events on record, without the way there."""
        by = Call(principal=SYSTEM, now=self.world.clock.now())
        with unit_of_work(self.world.service.log, self.school_id, by) as work:
            work.append(stream_id, events)

    def offer(
        self,
        offering_id: str,
        capacity: int = 1,
        *,
        starts: str = "15:40",
        ends: str = "16:20",
        grades: tuple[int, ...] = (3,),
        is_open: bool = True,
    ) -> None:
        proposed = OfferingProposed(
            offering_id=offering_id,
            school_id=self.school_id,
            term_id=self.term_id,
            title=TITLES.get(offering_id, offering_id),
            service_kind="after_school_custody",
            content_kind="sport",
            subject=None,
            teacher_id=f"teacher-{offering_id}",
            venue_id=f"hall-{offering_id}",
            capacity=capacity,
            grades=grades,
            weekdays=(1, 3),
            starts=starts,
            ends=ends,
            provider_of_record=self.school_id,
            taught_by="school",
        )
        hall = VenueRegistered(
            venue_id=proposed.venue_id,
            school_id=self.school_id,
            name="活动室",
            kind="gym",
            capacity=40,
            equipment=(),
            accountable_id=proposed.teacher_id,
        )
        self.append(f"venue-{proposed.venue_id}", hall)
        opened = [OfferingOpened(offering_id=offering_id)] if is_open else []
        self.append(f"offering-{offering_id}", proposed, *opened)

    def accept(self, *names: str) -> dict[str, str]:
        """Let families apply, a minute apart, and the school accept; return the applications."""
        made = {}
        for name in names:
            self.world.clock.instant += timedelta(minutes=1)
            made[name] = self.world.accepted(self.pupils[name])
        return made

    def choose(self, name: str, *offering_ids: str) -> None:
        body = {"term_id": self.term_id, "offering_ids": list(offering_ids)}
        self.world.ok(self.parent(name), "choose_offerings", self.at(name), body)

    def grant(self, name: str, category: str, **texts: str) -> None:
        body = {"category": category, "evidence": "证件已核", **texts}
        self.world.ok(self.office, "grant_priority", self.at(name), body)

    def allocate(self, seed: str = "2026-08-30", **context: Any) -> dict[str, Any]:
        at = {"term_id": self.term_id}
        return self.world.ok(self.office, "allocate_places", at, {"seed": seed}, **context)

    def at(self, name: str) -> dict[str, str]:
        return {"student_id": self.id_of(name)}

    def send(
        self, operation: str, name: str, offering_id: str, who: Principal | None = None
    ) -> Any:
        """Send a command on one pupil's place of an offering; return the whole reply."""
        params = {"offering_id": offering_id}
        return self.world.handle(who or self.parent(name), operation, params, self.at(name))

    def ask(self, name: str, offering_id: str) -> str:
        """Ask for a place; return how the pupil stands then."""
        reply = self.send("request_place", name, offering_id)
        assert reply["status"] == "ok", reply
        return str(reply["body"]["standing"])

    def mine(self, name: str) -> dict[str, Any]:
        """What the family reads of the term."""
        params = {"term_id": self.term_id, **self.at(name)}
        return self.world.ok(self.parent(name), "my_places", params)

    def standing(self, offering_id: str) -> dict[str, str]:
        """Return everybody at an offering by name; those who wait, in order."""
        listed = self.world.ok(self.office, "list_places", {"offering_id": offering_id})["items"]
        called = {each["student_id"]: name for name, each in self.pupils.items()}
        return {called[each["student_id"]]: each["standing"] for each in listed}

    def change(self, offering_id: str, capacity: int) -> Any:
        params = {"offering_id": offering_id}
        return self.world.handle(self.office, "change_capacity", params, {"capacity": capacity})

    def events(self, *types: str) -> list[dict[str, Any]]:
        found = self.world.events(self.school_id)
        return [each for each in found if not types or each["type"] in types]


def placing(world: World, offering_ids: Iterable[str] = ("ball", "chess")) -> Placing:
    """Return the school with its roster; offerings with one place each."""
    world.import_rows(*ROWS, school_id=OTHER)
    names = [row.split(",")[0] for row in ROWS]
    made = Placing(world, OTHER, {name: world.pupil(name, OTHER) for name in names})
    for number, offering_id in enumerate(offering_ids):
        made.offer(offering_id, starts=f"{15 + number}:40", ends=f"{16 + number}:20")
    return made
