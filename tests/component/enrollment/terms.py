"""A school with a term to plan: its people, and the way to an approved plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.call import Principal
from hp3.sample import terms
from services.enrollment.offerings.tables import fitness
from tests.component.enrollment.world import CITY, DEXING, OTHER, SCHOOL, World, at, bureau, office

DISTRICTS = {SCHOOL: CITY}


@dataclass
class Term:
    """A term of one school; ``ask`` insists, ``refused`` returns the code."""

    world: World
    school_id: str
    staff_id: str
    stage: str = "primary"
    profile: str = "urban-district"
    custody: bool = True

    @property
    def here(self) -> dict[str, str]:
        return {"term_id": self.world.term_ids[self.school_id]}

    @property
    def at(self) -> dict[str, str]:
        return {"school_id": self.school_id}

    def person(self, who: str) -> Principal:
        if who == "bureau":
            return bureau(DISTRICTS.get(self.school_id, DEXING))
        if who == "teacher":
            return Principal(
                account_id="teacher",
                role="teacher",
                person_id=self.staff_id,
                school_id=self.school_id,
            )
        return office(self.school_id)

    def handle(
        self,
        who: str,
        operation: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> dict[str, Any]:
        if operation in terms.SAFETY:
            self.vouch_for(self.staff_id)
            return {"status": "ok", "body": {}}
        return self.world.handle(self.person(who), operation, params, body)

    def ask(self, *args: Any, **named: Any) -> dict[str, Any]:
        reply = self.handle(*args, **named)
        assert reply["status"] == "ok", reply
        return dict(reply["body"])

    def refused(self, *args: Any, **named: Any) -> str:
        reply = self.handle(*args, **named)
        assert reply["status"] == "refused", reply
        return str(reply["code"])

    @property
    def place(self) -> terms.Place:
        return terms.Place(
            school_id=self.school_id,
            term_id=self.here["term_id"],
            stage=self.stage,
            profile=self.profile,
            staff_id=self.staff_id,
            held_on="2026-08-20",
            custody=self.custody,
        )

    def approve(self) -> None:
        terms.fit(self.ask, self.place)
        terms.approve(self.ask, self.place)

    def cockpit(self) -> dict[str, Any]:
        return self.ask("office", "get_term_plan", self.here)

    def states(self) -> dict[str, str]:
        return {each["item"]: each["state"] for each in self.cockpit()["checklist"]}

    def propose(self, title: str, **terms_of: Any) -> dict[str, Any]:
        body = {
            "title": title,
            "service_kind": "after_school_custody",
            "teacher_id": self.another_teacher(),
            "venue_id": self.another_room(),
            "capacity": 20,
            "grades": [2, 3],
            **terms_of,
        }
        return self.ask("office", "propose_offering", self.here, body)

    def another_teacher(self) -> str:
        person = {"name": "另一位", "kind": "school_staff"}
        made = self.ask("office", "register_staff", self.at, person)
        self.vouch_for(made["staff_id"])
        other = Term(self.world, self.school_id, made["staff_id"])
        other.ask("teacher", "volunteer_for_duty", self.here)
        return other.staff_id

    def another_room(self) -> str:
        room = {
            "name": "另一间",
            "kind": "classroom",
            "capacity": 40,
            "accountable_id": self.staff_id,
        }
        return str(self.ask("office", "register_venue", self.at, room)["venue_id"])

    def enrol(self, name: str) -> None:
        """Take a pupil from the application to the signed agreement."""
        world = self.world
        pupil = world.pupil(name, self.school_id)
        at_ = {"application_id": world.accepted(pupil)}
        listed = world.publish(self.school_id)
        later = at(f"{listed['confirmable_from']}T08:00:00")
        world.clock.instant = max(world.clock.instant, later)
        self.ask("office", "confirm_list", {"publicity_id": listed["publicity_id"]})
        parent = world.parent_of(pupil)
        version = world.ok(parent, "get_agreement", at_)["agreement_version"]
        world.ok(parent, "sign_agreement", at_, {"agreement_version": version})

    def vouch_for(self, staff_id: str) -> None:
        """Let enrollment have heard from safety that somebody is screened and has signed."""
        with self.world.service.database.write() as connection:
            row = {"staff_id": staff_id, "result": "clear", "valid_until": "2027-08-31"}
            fitness.screenings.put(connection, row)
            signed = {"staff_id": staff_id, **self.here, "statement_version": "2026-1"}
            fitness.statements.put(connection, signed)


def plan_for(world: World, school_id: str = SCHOOL, **about: Any) -> Term:
    """Return a school with a roster and one registered teacher; its plan is not begun."""
    if school_id == SCHOOL:
        world.import_rows()
    teacher = {"name": "吴老师", "kind": "school_staff"}
    made = world.ok(office(school_id), "register_staff", {"school_id": school_id}, teacher)
    return Term(world, school_id, made["staff_id"], **about)


def dexing_term(world: World, *, custody: bool = True) -> Term:
    """Return the term of a primary school under plan 2, with one pupil on its register."""
    rows = ["李雷,男,2017-05-03,,,三年级2班,李芳,母亲,13800000002"]
    world.import_rows(*rows, school_id=OTHER)
    return plan_for(world, OTHER, profile="dexing", custody=custody)
